"""What every provision of a draft rests on, row by row."""

from http import HTTPStatus

from flask import Response

from reviewflow.basis_rows import Draft
from reviewflow.model.basis import Basis as BasisRow
from reviewflow.queries.bases import bases_page, latest_draft, shown
from reviewflow.queries.basis_tables import find_table
from reviewflow.usecases.bases import (
    add_basis,
    change_basis,
    confirm_basis,
    follow_texts,
    remove_basis,
)
from reviewflow.usecases.basis_sheets import import_bases
from reviewflow.usecases.basis_tables import file_bases
from reviewflow.work import Work
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import BasisPath, CasePath
from web.api.shapes.bases import (
    Bases,
    Basis,
    BasisEntry,
    BasisLines,
    Imported,
    bases_shape,
    basis_shape,
)
from web.basis_tables import store_table

bp = noun("bases")
PLACE = f"/cases/{CasePath.RULE}/bases"
ROW = f"{PLACE}/{BasisPath.RULE}"


@bp.get(PLACE, responses={200: Bases})
def show(path: CasePath) -> Response:
    """Show the provisions of the draft with their rows."""
    with tokens.begin_reading() as work:
        return tokens.show(_table(work, path.case_id))


@bp.post(PLACE, responses={201: Basis})
def add(path: CasePath, body: BasisEntry) -> Response:
    """Enter a row."""
    draft = _draft(path.case_id)
    with tokens.begin_work() as work:
        row = add_basis(work, path.case_id, body.typed(), draft)
        work.settle()
        return tokens.reply(work, _shape(row, draft), HTTPStatus.CREATED)


@bp.post(ROW, responses={200: Basis})
def change(path: BasisPath, body: BasisEntry) -> Response:
    """Put another row in the place of one."""
    draft = _draft(path.case_id)
    with tokens.begin_work() as work:
        row = change_basis(work, path.case_id, path.basis_id, body.typed(), draft)
        work.settle()
        return tokens.reply(work, _shape(row, draft))


@bp.post(f"{ROW}/removal", responses={200: Bases})
def remove(path: BasisPath) -> Response:
    """Take a row out."""
    with tokens.begin_work() as work:
        remove_basis(work, path.case_id, path.basis_id)
        work.settle()
        return tokens.reply(work, _table(work, path.case_id))


@bp.post(f"{ROW}/confirmation", responses={200: Basis})
def confirm(path: BasisPath) -> Response:
    """Say that a row still holds."""
    draft = _draft(path.case_id)
    with tokens.begin_work() as work:
        row = confirm_basis(work, path.case_id, path.basis_id, draft)
        work.settle()
        return tokens.reply(work, _shape(row, draft))


@bp.post(f"{PLACE}/moves", responses={200: Bases})
def follow(path: CasePath) -> Response:
    """Let rows follow their provisions to other numbers."""
    draft = _draft(path.case_id)
    with tokens.begin_work() as work:
        follow_texts(work, path.case_id, draft)
        work.settle()
        return tokens.reply(work, _table(work, path.case_id))


@bp.post(f"{PLACE}/import", responses={200: Imported})
def take(path: CasePath, body: BasisLines) -> Response:
    """Import rows: all of them, or none."""
    draft = _draft(path.case_id)
    with tokens.begin_work() as work:
        found = import_bases(work, path.case_id, body.lines, draft)
        return tokens.reply(work, Imported.model_validate(found))


@bp.post(f"{PLACE}/table", responses={200: Bases})
def lay(path: CasePath) -> Response:
    """Put the table into the dossier."""
    with tokens.begin_reading() as work:
        table = find_table(work, path.case_id)
    upload = store_table(table)
    with tokens.begin_work() as work:
        file_bases(work, path.case_id, upload, table.stamp, table.draft)
        work.settle()
        return tokens.reply(work, _table(work, path.case_id))


def _draft(case_id: int) -> Draft | None:
    """Return the latest draft, read before anything is written."""
    with tokens.begin_reading() as work:
        return latest_draft(work, case_id)


def _table(work: Work, case_id: int) -> Bases:
    return bases_shape(bases_page(work, case_id))


def _shape(row: BasisRow, draft: Draft | None) -> Basis:
    return basis_shape(shown(row, draft))

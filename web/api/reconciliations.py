"""Lists of issued documents: what was never filed is found and settled."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.model.reconciliation import Reconciliation as ReconciliationList
from reviewflow.model.reconciliation import ReconciliationRow
from reviewflow.queries.reconciliation_rows import lines_of, list_rows
from reviewflow.queries.reconciliations import counts_of, overview
from reviewflow.usecases.reconciliation_rows import (
    confirm_match,
    exclude_row,
    record_omission,
    reject_match,
    reopen_row,
)
from reviewflow.usecases.reconciliations import import_list, send_list
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import ReconciliationPath, ReconciliationRowPath
from web.api.shapes.reconciliations import (
    Exclusion,
    ImportedList,
    Omission,
    ReconciliationLine,
    ReconciliationLines,
    ReconciliationQuery,
    Reconciliations,
    SameOrNot,
    SentList,
    desk_shape,
    line_shape,
    list_shape,
)

bp = noun("reconciliations")
ROW = f"/reconciliations/rows/{ReconciliationRowPath.RULE}"


@bp.get("/reconciliations", responses={200: Reconciliations})
def find() -> Response:
    """List the latest lists, and whose may be sent."""
    with tokens.begin_reading() as work:
        page = overview(work)
        items = [list_shape(row, counts) for row, counts in page.rows]
        desks = [desk_shape(desk) for desk in page.desks]
        return tokens.show(
            Reconciliations(items=items, total=len(items), next=None, desks=desks)
        )


@bp.post("/reconciliations", responses={201: ImportedList})
def send(body: SentList) -> Response:
    """Import a list, all or nothing, and have it matched."""
    with tokens.begin_work() as work:
        row = send_list(work, body.whose, body.source, body.name, body.cells)
        found = import_list(work, row.id, body.columns)
        kept = row.id if found.added else None
        shape = ImportedList(id=kept, added=found.added, known=found.known)
        if kept is None:
            return tokens.reply(work, shape, HTTPStatus.CREATED)
        place = flask.url_for("api.reconciliations.show", reconciliation_id=kept)
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)


@bp.get(
    f"/reconciliations/{ReconciliationPath.RULE}", responses={200: ReconciliationLines}
)
def show(path: ReconciliationPath, query: ReconciliationQuery) -> Response:
    """Show the rows of a list, those to be settled first."""
    with tokens.begin_reading() as work:
        row = work.get(ReconciliationList, path.reconciliation_id)
        counts = counts_of(work, [row.id])[row.id]
        total = counts[query.state] if query.state else sum(counts.values())
        lines = list_rows(work, row.id, query.state, pages.window(query))
        return tokens.show(
            ReconciliationLines(
                reconciliation=list_shape(row, counts),
                items=[line_shape(line) for line in lines],
                total=total,
                next=pages.next_part(query, total),
            )
        )


@bp.post(f"{ROW}/match", responses={200: ReconciliationLine})
def settle(path: ReconciliationRowPath, body: SameOrNot) -> Response:
    """Say that a row is the known document it seems to be, or is not."""
    with tokens.begin_work() as work:
        act = confirm_match if body.is_same else reject_match
        return _reply(work, act(work, path.row_id))


@bp.post(f"{ROW}/exclusion", responses={200: ReconciliationLine})
def exclude(path: ReconciliationRowPath, body: Exclusion) -> Response:
    """Say that a document need not be filed."""
    with tokens.begin_work() as work:
        return _reply(work, exclude_row(work, path.row_id, body.answers))


@bp.post(f"{ROW}/reopening", responses={200: ReconciliationLine})
def reopen(path: ReconciliationRowPath) -> Response:
    """Take back that a document need not be filed."""
    with tokens.begin_work() as work:
        return _reply(work, reopen_row(work, path.row_id))


@bp.post(f"{ROW}/omission", responses={200: ReconciliationLine})
def omit(path: ReconciliationRowPath, body: Omission) -> Response:
    """Register a document that should have been filed and was not."""
    with tokens.begin_work() as work:
        record_omission(work, path.row_id, body.typed())
        return _reply(work, work.get(ReconciliationRow, path.row_id))


def _reply(work: Work, row: ReconciliationRow) -> Response:
    work.settle()
    return tokens.reply(work, line_shape(lines_of(work, [row])[0]))

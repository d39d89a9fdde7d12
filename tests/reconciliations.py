"""Lists of issued documents: short ways to send, import and match them."""

import csv
import io
from datetime import datetime

import sqlalchemy as sa

from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.model.reconciliation import ReconciliationRow
from reviewflow.usecases.reconciliations import (
    Imported,
    import_list,
    read_list,
    send_list,
)
from reviewflow.work import Runtime
from tests.conftest import NOON_MONDAY, As

HEADINGS = ("标题", "文号", "印发日期")
COLUMNS = {"title": "标题", "doc_number": "文号", "issued_on": "印发日期"}
FOUR = dict.fromkeys(("administrative", "external", "binding", "repeated"), "yes")


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    """Return a list as a csv file."""
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    return text.getvalue().encode("gb18030")


def send(
    as_: As, who: int, whose: str, content: bytes, at: datetime = NOON_MONDAY
) -> int:
    """Send a list; return its id."""
    lines = read_list("发文登记簿.csv", io.BytesIO(content))
    with as_(who, at) as work:
        return send_list(work, whose, "REGISTER", "发文登记簿.csv", lines).id


def bring_in(
    as_: As,
    who: int,
    whose: str,
    *rows: tuple[str, ...],
    at: datetime = NOON_MONDAY,
) -> tuple[int, Imported]:
    """Send and import a list; return its id and what came of it."""
    list_id = send(as_, who, whose, table(*rows), at)
    with as_(who, at) as work:
        return list_id, import_list(work, list_id, COLUMNS)


def rows_of(as_: As, list_id: int) -> list[ReconciliationRow]:
    """Return the rows of a list in their order."""
    with as_(None) as work:
        found = sa.select(ReconciliationRow).where(
            ReconciliationRow.reconciliation_id == list_id
        )
        rows = list(work.session.scalars(found.order_by(ReconciliationRow.id)))
        work.session.expunge_all()
        return rows


def matched(
    runtime: Runtime,
    as_: As,
    who: int,
    whose: str,
    *rows: tuple[str, ...],
    at: datetime = NOON_MONDAY,
) -> list[ReconciliationRow]:
    """Import a list and have it matched; return its rows."""
    list_id, _imported = bring_in(as_, who, whose, *rows, at=at)
    run_waiting_jobs(runtime, at)
    return rows_of(as_, list_id)

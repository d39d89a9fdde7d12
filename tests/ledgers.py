"""Ledgers of the past as sheets: the example's 16 filings, and rows like them."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from reviewflow import ledger_columns as of
from reviewflow.demo.roster import read_data
from reviewflow.model.filing import FilingObligation
from reviewflow.model.publication import Publication
from reviewflow.queries.people import user_named
from reviewflow.usecases.ledger_checks import Checked
from reviewflow.usecases.ledgers import Book, import_ledger, read_ledger
from reviewflow.work import Runtime
from tests.broken_files import Row, file_of, sheet
from tests.conftest import AS_OF
from tests.duties import at
from tests.queries.oracle import FILINGS, Filing, day, the_day

NOW = at(AS_OF)
HEADINGS = tuple(column.heading for column in of.COLUMNS)
GOVERNMENT, DEPARTMENT, RULE = "政府规范性文件", "部门规范性文件", "政府规章"


def example_rows() -> list[Row]:
    """Return the 16 filings of the example as rows of a ledger."""
    return [_row(filing) for filing in FILINGS]


def _row(filing: Filing) -> Row:
    told = {row["days"]["doc_number"]: row for row in read_data("documents.yaml")}
    units = read_data("units.yaml")
    document = told[filing.number]
    published_on = the_day(filing.published)
    return {
        of.TITLE: document["title"],
        of.NUMBER: filing.number,
        of.KIND: GOVERNMENT if document["code"] == "ZFGFXWJ" else DEPARTMENT,
        of.MAKER: units[document["maker"]][0],
        of.DRAFTING: units[document["unit"]][1],
        of.PUBLISHED: published_on,
        of.EFFECTIVE: document["days"]["effective_on"],
        of.SENT: day(filing.sent),
        of.RETURNED: day(filing.returned),
        of.SENT_AGAIN: day(filing.sent_again),
        of.ASKED: day(filing.notice),
        of.CORRECTED: day(filing.corrected),
        of.REGISTERED: filing.registered_on,
        of.REGISTER_NUMBER: f"旧登{filing.id}" if filing.registered_on else None,
    }


def plain_row(number: int = 1, **cells: object) -> Row:
    """Return a row of the city's housing bureau that is right."""
    return {
        of.TITLE: f"第{number}号文件",
        of.NUMBER: f"六住建规〔2024〕{number}号",
        of.KIND: DEPARTMENT,
        of.MAKER: "六安市住房和城乡建设局",
        of.PUBLISHED: date(2024, 3, 11),
        of.EFFECTIVE: date(2024, 5, 1),
        of.SENT: date(2024, 3, 20),
        of.REGISTERED: date(2024, 3, 22),
        **cells,
    }


def rule_row(**cells: object) -> Row:
    """Return the rule R01 of the example, sent to four organs, to one too late."""
    return {
        of.TITLE: "六安市城市节约用水管理办法",
        of.NUMBER: "六安市人民政府令第11号",
        of.KIND: RULE,
        of.MAKER: "六安市人民政府",
        of.DRAFTING: "市水利局",
        of.PUBLISHED: date(2026, 3, 16),
        of.EFFECTIVE: date(2026, 5, 1),
        of.NATION.sent: date(2026, 4, 9),
        of.NATION.registered: date(2026, 4, 20),
        of.PROVINCE.sent: date(2026, 4, 9),
        of.ABOVE.sent: date(2026, 4, 10),
        of.TO_CONGRESS: date(2026, 4, 17),
        of.BY_CONGRESS: date(2026, 4, 22),
        **cells,
    }


def bring_in(
    runtime: Runtime,
    rows: Sequence[Row],
    by: str = "guan.li",
    headings: Sequence[str] = HEADINGS,
) -> Checked:
    """Import a ledger of these rows."""
    lines = read_ledger("台账.xlsx", file_of(sheet(rows, headings)))
    with runtime.read(None) as work:
        actor = user_named(work, by).id
    with runtime.begin(actor, NOW) as work:
        return import_ledger(work, Book("台账.xlsx", "0" * 64, lines))


def duty_of(runtime: Runtime, number: int) -> int:
    """Return the duty to file of a plain row's document."""
    with runtime.read(None) as work:
        found = work.session.scalars(
            sa.select(FilingObligation.id)
            .join(FilingObligation.publication)
            .where(Publication.doc_number == f"六住建规〔2024〕{number}号")
        )
        return found.one()

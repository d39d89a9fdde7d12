"""That a yearly report was sent: written down, put right, proved, counted."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.access import AuditRecord
from reviewflow.model.people import Level, Unit, UnitSort
from reviewflow.model.report import ReportSending
from reviewflow.queries.item_counts import Counting
from reviewflow.queries.item_states import State
from reviewflow.queries.items import item_page, read_period
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.report_sendings import (
    SendingPage,
    printed_report,
    sending_page,
)
from reviewflow.queries.reports import wanted_report
from reviewflow.report_sendings import NO_PAPER, UNSIGNED
from reviewflow.usecases.people import add_unit
from reviewflow.usecases.report_sendings import Paper, record_sending
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import As
from tests.steps import NOON_MONDAY

SENT = {"receiver": "六安市人民政府", "sent_on": "2026-02-26", "way": "EXCHANGE"}
APRIL = datetime(2026, 4, 10, 4, tzinfo=UTC)
LATER = datetime(2026, 4, 20, 4, tzinfo=UTC)


def paper_of(work: Work, typed: dict[str, str], year: int = 2025) -> Paper:
    printed = printed_report(work, wanted_report(work, year, typed))
    stored = work.files.put(BytesIO(printed.content))
    return Paper(printed.as_of, printed.rule_version, stored)


def record(
    as_: As, cast: Cast, who: int, at: datetime = NOON_MONDAY, **said: str
) -> int:
    """Write it down with a paper of any bytes; return the id of the record."""
    place = {"report": "review", "organ": str(cast.units["city"]), "read": "0"}
    with as_(who, at) as work:
        stored = work.files.put(BytesIO(b"paper"))
        paper = Paper(date(2026, 1, 30), "1", stored) if "reason" not in said else None
        typed, year = {**place, **SENT, **said}, int(said.get("year", "2025"))
        row = record_sending(work, year, typed, outlines().reports, (paper, None))
        return row.id


def shown(as_: As, who: int) -> SendingPage:
    with as_(who) as work:
        return sending_page(work, wanted_report(work, 2025, {"report": "review"}))


def counted(
    as_: As, at: datetime, as_of: str, who: int | None = None
) -> tuple[State, dict[str, str]]:
    """Return how the measure stands as of a day, and what each government lacks."""
    with as_(who, at) as work:
        page = item_page(work, read_period({"as_of": as_of}, work.today), 15, 100)
        actual = page.parts[2].actual
        counting: Counting = actual.counting
        assert actual.measure.id == "15-3"
        assert counting.proofs is not None
        return actual.state, {one.name: one.lack for one in counting.proofs}


def test_what_is_put_right_stands_and_the_first_record_stays(
    as_: As, cast: Cast
) -> None:
    typed = {"report": "review", "organ": str(cast.units["city"]), "read": "0", **SENT}
    with as_(cast.handler) as work:
        paper = paper_of(work, typed)
        given = (paper, None)
        first = record_sending(work, 2025, typed, outlines().reports, given).id
    day, read = "2026-02-27", str(first)
    second = record(
        as_, cast, cast.signer, sent_on=day, read=read, reason="送达日期有误"
    )

    found = shown(as_, cast.auditor)
    assert [(str(one.row.sent_on), one.row.reason) for one in found.lines] == [
        ("2026-02-27", "送达日期有误"),
        ("2026-02-26", ""),
    ]
    assert {one.row.paper_sha256 for one in found.lines} == {paper.stored.sha256}
    assert [list(one.flaws) for one in found.lines] == [[], []]
    record(as_, cast, cast.signer, read=str(second), reason="没有送出", sent="no")
    assert shown(as_, cast.signer).sent is None
    with as_(None) as work:
        kinds = work.session.scalars(
            sa.select(AuditRecord.kind).where(AuditRecord.kind.startswith("report."))
        ).all()
        assert kinds == ["report.sent", *2 * ["report.sending_corrected"]]


def test_a_record_never_changes(as_: As, cast: Cast) -> None:
    first = record(as_, cast, cast.signer)
    with (
        pytest.raises(sa.exc.IntegrityError, match="is history"),
        as_(None) as work,
    ):
        work.get(ReportSending, first).sent_on = date(2026, 1, 5)


def test_who_has_not_read_the_last_record_writes_none(as_: As, cast: Cast) -> None:
    first = record(as_, cast, cast.handler)
    with pytest.raises(Conflict, match="赵敏已经登记过"):
        record(as_, cast, cast.signer)
    why, read = "没有送出", str(first)
    second = record(as_, cast, cast.signer, read=read, reason=why, sent="no")
    with pytest.raises(Conflict, match="已经登记为没有报送"):
        record(as_, cast, cast.signer, read=str(second), reason=why, sent="no")
    assert record(as_, cast, cast.signer, read=str(second), reason="次日送出") > second


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"sent_on": "2026-03-03"}, "sent_on"),  # tomorrow
        ({"sent_on": "2025-12-31"}, "sent_on"),  # the year is not over
        ({"sent_on": ""}, "sent_on"),
        ({"sent_on": "昨天"}, "sent_on"),
        ({"sent_on": "2026-01-29"}, "as_of"),  # figures of the day after
        ({"way": "PIGEON"}, "way"),
        ({"receiver": " "}, "receiver"),
        ({"number": "长" * 201}, "number"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    as_: As, cast: Cast, said: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        record(as_, cast, cast.signer, NOON_MONDAY, **said)
    assert caught.value.errors.keys() == {field}
    assert record(as_, cast, cast.signer, sent_on="2026-01-30")


def test_a_correction_needs_its_reason(as_: As, cast: Cast) -> None:
    first = record(as_, cast, cast.signer)
    for sent in ("yes", "no"):
        with pytest.raises(Invalid) as caught:
            record(as_, cast, cast.signer, read=str(first), reason=" ", sent=sent)
        assert caught.value.errors.keys() == {"reason"}


def test_only_who_writes_the_report_writes_that_down(as_: As, cast: Cast) -> None:
    for reader in (cast.auditor, cast.city_filing_reviewer):
        with pytest.raises(Refused):
            record(as_, cast, reader)
        with as_(reader) as work, pytest.raises(Refused):
            paper_of(work, {"report": "review"})
    for stranger in (cast.drafter, cast.filing_reviewer, cast.admin):
        with pytest.raises(Missing):
            record(as_, cast, stranger)
    record(as_, cast, cast.city_filing_reviewer, report="filing")
    with pytest.raises(Conflict, match="还没有结束"):
        record(as_, cast, cast.signer, year="2026")
    with as_(cast.signer) as work, pytest.raises(Conflict, match="还没有结束"):
        paper_of(work, {"report": "review"}, 2026)


def test_whoever_alters_a_record_or_its_paper_is_found_out(
    as_: As, cast: Cast, runtime: Runtime
) -> None:
    record(as_, cast, cast.signer)
    (line,) = shown(as_, cast.auditor).lines
    path = runtime.files.root / line.row.paper_sha256[:2] / line.row.paper_sha256
    path.write_bytes(b"paper of another day")
    with runtime.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER keep_report_sending_update")
        connection.exec_driver_sql("UPDATE report_sending SET sent_on = '2026-02-01'")
    (line,) = shown(as_, cast.auditor).lines
    assert list(line.flaws) == [UNSIGNED, NO_PAPER]


def test_the_board_knows_on_a_day_what_was_written_down_by_then(
    as_: As, cast: Cast
) -> None:
    city, county = "六安市人民政府", "某县人民政府"
    with as_(None) as work:
        named = {"name": county, "short_name": county, "level": Level.COUNTY}
        of = {"sort": UnitSort.GOVERNMENT, "government_id": cast.units["city"]}
        add_unit(work, Unit(**named, **of))
    state, lacks = counted(as_, NOON_MONDAY, "2026-03-02")
    assert (state, lacks) == (State.NO_DATA, {})  # not owed yet, and nobody has

    early = record(as_, cast, cast.signer)
    assert counted(as_, LATER, "2026-03-01")[1] == {}
    assert counted(as_, LATER, "2026-03-02") == (State.REACHED, {city: ""})
    owed = (State.MISSED, {city: "", county: "unsent"})
    assert counted(as_, LATER, "2026-04-01") == owed
    assert counted(as_, LATER, "2026-04-01", cast.drafter) == owed

    late = {"reason": "四月才送出", "sent_on": "2026-04-01", "read": str(early)}
    again = record(as_, cast, cast.signer, APRIL, **late)
    assert counted(as_, LATER, "2026-04-09")[1][city] == ""
    assert counted(as_, LATER, "2026-04-10")[1][city] == "late"
    gone = {"reason": "没有送出", "sent": "no", "read": str(again)}
    record(as_, cast, cast.signer, LATER, **gone)
    assert counted(as_, LATER, "2026-04-19")[1][city] == "late"
    assert counted(as_, LATER, "2026-04-20")[1][city] == "unsent"
    assert counted(as_, LATER, "2026-03-31")[1] == {city: ""}

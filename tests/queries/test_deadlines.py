from datetime import date

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.law.lawbook import load_law
from reviewflow.model.deadline import CaseDeadline, Pause
from reviewflow.model.filing import FilingObligation
from reviewflow.queries.deadlines import (
    Explanation,
    Use,
    deadline,
    get_explanation,
    plain,
)
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS

LAW = load_law()


@pytest.mark.parametrize(
    ("start", "days", "unit", "due_on"),
    [
        ("2026-02-03", "15", "日", "2026-02-24"),
        ("2026-11-23", "15", "工作日", "2026-12-14"),
        ("2026-02-10", " 5 ", "工作日", "2026-02-24"),
    ],
)
def test_a_period_ends_and_says_why(
    start: str, days: str, unit: str, due_on: str
) -> None:
    found = plain(deadline(LAW, start, days, unit))

    assert (found["due_on"], found["provisional"]) == (due_on, False)
    assert found["steps"][0]["day"] == start
    assert found["steps"][-1]["day"] == due_on


def test_a_period_into_a_year_without_a_notice_is_provisional() -> None:
    assert plain(deadline(LAW, "2026-12-20", "15", "工作日"))["provisional"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("2026-2-30", "15", "日"), "start"),
        (("1999-01-01", "15", "日"), "start"),  # no holidays are known
        (("2026-02-03", "-1", "日"), "days"),
        (("2026-02-03", "0", "日"), "days"),
        (("2026-02-03", "²", "日"), "days"),
        (("2026-02-03", "99999", "日"), "days"),
        (("2026-02-03", "15", "月"), "unit"),
        (("2026-02-03", "15", "days"), "unit"),
    ],
)
def test_words_that_make_no_period_are_refused(
    words: tuple[str, str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        deadline(LAW, *words)

    assert list(refusal.value.errors) == [field]


def running(as_: As, cast: Cast, limit_id: str, started: str, due: str) -> int:
    """Enter a clock in the case of the first filing of the example."""
    with as_(None) as work:
        obligation = work.get(FilingObligation, Ledger(work, cast).enter(FILINGS[0]))
        row = CaseDeadline(
            case_id=obligation.case_id,
            limit_id=limit_id,
            title="",
            started_on=date.fromisoformat(started),
            due_on=date.fromisoformat(due),
            is_provisional=False,
            law_version=work.law.version,
        )
        work.session.add(row)
        work.session.flush()
        return row.id


def explained(runtime: Runtime, actor_id: int, row_id: int) -> Explanation:
    with runtime.read(actor_id) as work:
        return get_explanation(work, row_id)


def uses(found: Explanation) -> dict[str, Use]:
    return {f"{one.day:%m-%d}": one.use for one in found.strip}


def test_a_filing_clock_says_that_a_holiday_puts_it_off(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    row_id = running(as_, cast, "TL-13", "2026-02-03", "2026-02-24")

    found = explained(runtime, cast.auditor, row_id)

    days = uses(found)
    assert (days["02-03"], days["02-04"], days["02-17"]) == (
        Use.START,
        Use.COUNTED,
        Use.COUNTED,
    )
    assert (days["02-18"], days["02-23"], days["02-24"]) == (
        Use.COUNTED,  # the fifteenth day itself, a day off
        Use.PUT_OFF,
        Use.DUE,
    )
    assert found.limit.id == "TL-13"
    assert not found.was_moved


def test_a_paused_clock_shows_the_days_that_do_not_count(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    row_id = running(as_, cast, "TL-08", "2026-03-09", "2026-04-07")
    with as_(None) as work:
        pause = Pause(
            from_on=date(2026, 3, 11),
            until_on=date(2026, 3, 18),
            reason="请补充测算依据。",
        )
        row = work.get(CaseDeadline, row_id)
        row.pauses.append(pause)

    found = explained(runtime, cast.auditor, row_id)

    days = uses(found)
    assert (days["03-11"], days["03-12"], days["03-18"], days["03-19"]) == (
        Use.COUNTED,
        Use.PAUSED,
        Use.PAUSED,
        Use.COUNTED,
    )
    assert days["04-04"] is Use.OFF
    assert found.deadline.due_on == date(2026, 4, 7)
    assert any("补正通知" in step.text for step in found.deadline.steps)


def test_a_day_that_the_law_would_not_give_now_is_said_to_have_moved(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    row_id = running(as_, cast, "TL-13", "2026-02-03", "2026-02-18")

    found = explained(runtime, cast.auditor, row_id)

    assert found.was_moved
    assert found.deadline.due_on == date(2026, 2, 24)
    assert found.row.due_on == date(2026, 2, 18)


def test_a_stranger_finds_no_clock(runtime: Runtime, as_: As, cast: Cast) -> None:
    row_id = running(as_, cast, "TL-13", "2026-02-03", "2026-02-24")

    with pytest.raises(Missing):
        explained(runtime, cast.other_drafter, row_id)

"""Other units are asked; silence has its day, disagreement its end."""

from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.event import Event
from reviewflow.model.unit_opinion import UnitOpinion
from reviewflow.queries.unit_opinions import unit_opinions_page
from reviewflow.usecases.unit_opinions import (
    ask_units,
    record_stance,
    settle_dispute,
)
from tests.cast import Cast
from tests.conftest import As
from tests.steps import NOON_MONDAY, bring_to, days, do_next, new_case, open_steps

DUE = "2026-03-16"
NO = {
    "stance": "DISAGREE",
    "text": "由谁施划泊位应当明确。",
    "answered_on": "2026-03-02",
}


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case that is being drafted."""
    return new_case(as_, cast)


def asked(as_: As, cast: Cast, case_id: int, *units: str) -> list[int]:
    """Ask units; return the ids of what they are to say."""
    with as_(cast.drafter) as work:
        ids = [cast.units[unit] for unit in units]
        rows = ask_units(work, case_id, ids, DUE)
        work.session.flush()
        return [row.id for row in sorted(rows, key=lambda row: ids.index(row.unit_id))]


def say(as_: As, cast: Cast, case_id: int, row: int, **typed: str) -> None:
    with as_(cast.drafter) as work:
        record_stance(work, case_id, row, {**NO, **typed})


def test_units_are_asked_once(as_: As, cast: Cast, case_id: int) -> None:
    assert len(asked(as_, cast, case_id, "streets", "market")) == 2
    assert len(asked(as_, cast, case_id, "streets", "justice")) == 1
    with as_(cast.drafter) as work:
        page = unit_opinions_page(work, case_id)
        names = [row.opinion.unit.short_name for row in page.rows]
    assert names == ["市司法局", "市市场监管局", "市城管局"]  # official order
    assert cast.units["streets"] not in [unit.id for unit in page.offered]


@pytest.mark.parametrize(
    ("units", "due_on", "field"),
    [
        ([], DUE, "unit_ids"),
        (["housing"], DUE, "unit_ids"),  # the drafting unit itself
        (["streets"], "2026-03-02", "due_on"),  # today
        (["streets"], "下周", "due_on"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    as_: As, cast: Cast, units: list[str], due_on: str, field: str
) -> None:
    case_id = new_case(as_, cast)
    ids = [cast.units[unit] for unit in units]
    with pytest.raises(Invalid) as refused, as_(cast.drafter) as work:
        ask_units(work, case_id, ids, due_on)
    assert list(refused.value.errors) == [field]


@pytest.mark.parametrize("unit_id", [10**6, 2**70, -1])
def test_a_unit_that_is_not_there_is_refused(
    as_: As, cast: Cast, case_id: int, unit_id: int
) -> None:
    with pytest.raises(Invalid), as_(cast.drafter) as work:
        ask_units(work, case_id, [cast.units["streets"], unit_id], DUE)


def test_silence_counts_from_the_day_after_the_last(
    as_: As, cast: Cast, case_id: int
) -> None:
    silent, late = asked(as_, cast, case_id, "streets", "market")
    counts = {}
    for name, day in {"last day": days(14), "after": days(15)}.items():
        with as_(cast.drafter, NOON_MONDAY + day) as work:
            page = unit_opinions_page(work, case_id)
            counts[name] = (page.waiting, page.silent)
    assert counts == {"last day": (2, 0), "after": (0, 2)}

    with as_(cast.drafter, NOON_MONDAY + days(16)) as work:
        said = {"stance": "AGREE", "answered_on": "2026-03-18"}
        record_stance(work, case_id, late, said)
        assert unit_opinions_page(work, case_id).silent == 1
    assert silent != late


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"stance": ""}, "stance"),
        ({"stance": "MAYBE"}, "stance"),
        ({"text": " "}, "text"),
        ({"stance": "AGREE_WITH_REMARKS", "text": ""}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"answered_on": "2026-03-03"}, "answered_on"),  # tomorrow
        ({"answered_on": "2026-03-01"}, "answered_on"),  # before it was asked
        ({"answered_on": ""}, "answered_on"),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused(
    as_: As, cast: Cast, case_id: int, changed: dict[str, str], field: str
) -> None:
    (row,) = asked(as_, cast, case_id, "streets")
    with pytest.raises(Invalid) as refused:
        say(as_, cast, case_id, row, **changed)
    assert list(refused.value.errors) == [field]


def test_only_disagreement_is_settled_and_with_reasons(
    as_: As, cast: Cast, case_id: int
) -> None:
    (row,) = asked(as_, cast, case_id, "streets")
    with pytest.raises(Conflict), as_(cast.drafter) as work:
        settle_dispute(work, case_id, row, "SETTLED", "已面谈。")
    say(as_, cast, case_id, row)
    for settlement, note in (
        ("", "已面谈。"),
        ("SETTLED", " "),
        ("SETTLED", "长" * 2001),
    ):
        with pytest.raises(Invalid), as_(cast.drafter) as work:
            settle_dispute(work, case_id, row, settlement, note)
    with as_(cast.drafter) as work:
        settle_dispute(work, case_id, row, "SETTLED", "已面谈，修改第八条。")

    say(as_, cast, case_id, row, text="仍不同意。")  # another answer opens it again

    with as_(None) as work:
        opinion = work.session.scalars(sa.select(UnitOpinion)).one()
        assert (opinion.is_open_dispute, opinion.settlement_note) == (True, "")


def test_only_the_drafting_unit_keeps_this(as_: As, cast: Cast, case_id: int) -> None:
    (row,) = asked(as_, cast, case_id, "streets")
    acts: tuple[Any, ...] = (
        lambda work: ask_units(work, case_id, [cast.units["market"]], DUE),
        lambda work: record_stance(work, case_id, row, NO),
        lambda work: settle_dispute(work, case_id, row, "SETTLED", "已面谈。"),
    )
    other_case = new_case(as_, cast)
    for act in acts:
        with pytest.raises(Missing), as_(cast.other_drafter) as work:
            act(work)
        with pytest.raises(Refused), as_(cast.auditor) as work:
            act(work)
    with pytest.raises(Missing), as_(cast.drafter) as work:
        record_stance(work, other_case, row, NO)


def test_no_meeting_while_a_unit_disagrees_and_nothing_came_of_it(
    as_: As, cast: Cast, case_id: int
) -> None:
    streets, market = asked(as_, cast, case_id, "streets", "market")
    for row in (streets, market):
        say(as_, cast, case_id, row)
    bring_to(as_, cast, case_id, "request_agenda")
    with pytest.raises(Invalid, match="市市场监管局不同意见的协商结果、市城管局"):
        do_next(as_, cast, case_id, "request_agenda")
    with as_(cast.drafter) as work:
        settle_dispute(work, case_id, streets, "CARRIED", "两次协商未能一致。")
        settle_dispute(work, case_id, market, "SETTLED", "已修改第九条。")

    do_next(as_, cast, case_id, "request_agenda")

    assert "request_agenda" not in open_steps(as_, case_id)
    with as_(None) as work:
        requested = sa.select(Event).where(Event.kind == "meeting.requested")
        event = work.session.scalars(requested).one()
        assert event.payload is not None
        assert event.payload["carried"] == ["市城管局"]

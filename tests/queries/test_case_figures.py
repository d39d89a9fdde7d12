"""Figures from the histories of cases: what counts, from when, and what does not."""

from datetime import date
from typing import Any

import pytest

from reviewflow.law.lawbook import load_law
from reviewflow.model.opinion import Adoption
from reviewflow.queries.case_counts import (
    CaseHistory,
    Happened,
    decided_facts,
    finding_facts,
    reserve_facts,
    reviewed_facts,
)

SIGNED = "opinion.signed"
CALENDAR = load_law().calendar


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def case(*happened: tuple[str, str, dict[str, Any]], **facts: object) -> CaseHistory:
    """Return a case with that history; days are months and days of 2026."""
    lines = [Happened(kind, day(on), payload) for kind, on, payload in happened]
    return CaseHistory(1, 2, "ZDJC", facts, lines)


def met(on: str, decision: str = "PASSED") -> tuple[str, str, dict[str, Any]]:
    return "meeting.recorded", on, {"decision": decision, "held_on": f"2026-{on}"}


def signed(on: str, conclusion: str) -> tuple[str, str, dict[str, Any]]:
    return SIGNED, on, {"conclusion": conclusion}


def heard(on: str) -> tuple[str, str, dict[str, Any]]:
    return "hearing.recorded", on, {"held_on": f"2026-{on}"}


@pytest.mark.parametrize(
    ("conclusion", "name"),
    [
        ("LEGAL", "matters_reviewed"),
        ("REVISE", "matters_reviewed"),
        ("RISK_FLAGGED", "matters_reviewed"),
        ("ILLEGAL", "matters_unreviewed"),
    ],
)
def test_a_matter_is_reviewed_if_the_opinion_let_it_meet(
    conclusion: str, name: str
) -> None:
    (fact,) = decided_facts(case(signed("04-16", conclusion), met("04-24")))
    assert fact.names == ("matters", name)
    assert fact.counted_on == day("04-24")


def test_an_opinion_after_the_meeting_comes_too_late() -> None:
    (fact,) = decided_facts(case(met("04-24"), signed("04-25", "LEGAL")))
    assert fact.names == ("matters", "matters_unreviewed")


@pytest.mark.parametrize("decision", ["DEFERRED", "AGAIN", "REJECTED"])
def test_what_a_meeting_has_not_decided_is_no_matter(decision: str) -> None:
    assert list(decided_facts(case(met("04-24", decision)))) == []


def test_the_last_deciding_meeting_counts() -> None:
    (fact,) = decided_facts(case(met("04-24", "AMENDED"), met("05-08")))
    assert fact.counted_on == day("05-08")


@pytest.mark.parametrize(
    ("history", "name"),
    [
        ((heard("03-13"), met("04-24")), "hearings_held"),
        ((met("04-24"), heard("04-25")), "hearings_missing"),
        ((heard("04-24"), met("04-24")), "hearings_missing"),
        ((met("04-24"),), "hearings_missing"),
    ],
)
def test_a_hearing_counts_if_it_was_before_the_meeting(
    history: tuple[Any, ...], name: str
) -> None:
    (fact,) = decided_facts(case(*history, touches_vital_interests=True))
    assert fact.names[2:] == ("hearings_due", name)


def test_where_nobody_asks_for_a_hearing_none_is_due() -> None:
    (fact,) = decided_facts(case(heard("03-13"), met("04-24")))
    assert "hearings_due" not in fact.names


def test_counsel_counts_if_it_advised_before_the_signing() -> None:
    advised: tuple[str, str, dict[str, Any]] = ("counsel.advised", "04-10", {})
    opinion = signed("04-16", "LEGAL")
    (with_counsel,) = reviewed_facts(case(advised, opinion))
    (too_late,) = reviewed_facts(case(opinion, advised))
    assert with_counsel.names == ("reviewed", "reviewed_advised")
    assert too_late.names == ("reviewed", "reviewed_alone")
    assert list(reviewed_facts(case(advised))) == []


def test_findings_count_from_the_day_they_are_answered() -> None:
    answered = ("opinion.answered", "07-06", {"opinion": 7})
    rows = [
        (7, day("07-01"), Adoption.FULL),
        (7, day("07-01"), Adoption.PARTIAL),
        (7, day("07-01"), Adoption.NONE),
        (8, day("07-20"), None),
    ]

    facts = list(finding_facts(case(answered), rows))

    assert [fact.names for fact in facts] == [
        ("findings", "findings_adopted", "findings_full"),
        ("findings", "findings_adopted", "findings_less"),
        ("findings", "findings_refused", "findings_less"),
        ("findings_waiting",),
    ]
    assert [fact.counted_on for fact in facts] == [day("07-06")] * 3 + [day("07-20")]
    assert [f.names for f in finding_facts(case(), rows[:1])] == [("findings_waiting",)]


@pytest.mark.parametrize(
    ("accepted", "requested", "left", "name"),
    [
        ("04-07", "04-17", 8, "reserves_enough"),  # D01 of the worked example
        ("03-02", "03-06", 4, "reserves_short"),  # D03
        ("10-09", "10-19", 7, "reserves_enough"),  # D06, a make-up Saturday counts
        ("07-06", "07-15", 7, "reserves_enough"),  # D07
        ("09-14", "09-22", 7, "reserves_enough"),  # D08, another one
    ],
)
def test_working_days_left_for_the_review(
    accepted: str, requested: str, left: int, name: str
) -> None:
    sent = [(day(accepted), day(requested))]
    (fact,) = reserve_facts(case(), day(accepted), sent, 7, CALENDAR)
    assert fact.values == (day(requested), left)
    assert fact.names == ("reserves", name)


def test_the_request_that_came_with_the_complete_packet_counts() -> None:
    sent = [
        (day("08-10"), day("08-20")),
        (day("08-17"), day("08-27")),
        (day("09-30"), day("10-30")),
    ]
    (fact,) = reserve_facts(case(), day("08-17"), sent, 7, CALENDAR)
    assert fact.values == (day("08-27"), 8)


def test_an_emergency_and_a_sender_without_a_wish_are_not_counted() -> None:
    sent = [(day("08-10"), day("08-12"))]
    urgent = case(is_emergency=True)
    assert list(reserve_facts(urgent, day("08-10"), sent, 7, CALENDAR)) == []
    assert list(reserve_facts(case(), day("08-10"), [], 7, CALENDAR)) == []

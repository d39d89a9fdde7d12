"""What happened in the world of the figures: units, terms, cases, documents."""

from dataclasses import dataclass, field, replace
from typing import Any

from tests.queries.oracle import FILINGS

OF_THE_CAST = ("city", "justice", "market", "housing", "streets")
UNITS = {
    # name: level, sort, government
    "u-county": ("COUNTY", "GOVERNMENT", "u-city"),
    "u-gone": ("COUNTY", "GOVERNMENT", "u-city"),
    "u-farm": ("COUNTY", "DEPARTMENT", "u-county"),
    "u-bureau": ("COUNTY", "OFFICE", "u-county"),
    "u-town": ("TOWN", "GOVERNMENT", "u-county"),
    "u-street": ("TOWN", "DISPATCHED", "u-county"),
    "u-tobacco": ("CITY", "VERTICAL", "u-city"),
    "u-council": ("COUNTY", "CONGRESS", "u-county"),
}
TERMS = {
    # unit/which: sort, first day, last day
    "u-gone/1": ("IN_FORCE", "2020-01-01", "2026-06-30"),
    "u-city/1": ("REVIEW_BODY", "2025-01-01"),
    "u-county/1": ("REVIEW_BODY", "2025-01-01"),
    "u-gone/2": ("REVIEW_BODY", "2025-01-01"),
    "u-town/1": ("REVIEW_BODY", "2026-09-01"),
    "u-housing/1": ("ADVISER", "2026-01-01", "2026-12-31"),
    "u-county/2": ("ADVISER", "2025-01-01", "2026-11-22"),
    "u-town/2": ("ADVISER", "2026-11-24"),
    "u-council/1": ("ADVISER", "2025-01-01"),
    "u-market/1": ("ENFORCEMENT", "2025-01-01"),
    "u-streets/1": ("ENFORCEMENT", "2025-01-01"),
    "u-farm/1": ("ENFORCEMENT", "2026-10-01"),
    "u-town/3": ("ENFORCEMENT", "2025-01-01"),
    "u-market/2": ("PUBLIC_LAWYER", "2025-01-01"),
    "u-streets/2": ("PUBLIC_LAWYER", "2025-01-01", "2026-10-31"),
    "u-housing/2": ("PUBLIC_LAWYER", "2025-01-01"),
}
COUNSEL = {
    "sort": "ADVISER",
    "fields": "行政法",
    "licence": "1",
    "firm": "所",
    "term_from": "2026-07-01",
    "term_to": "",
}
CATALOGUES = (
    ("u-city", "DECISIONS", "2026-01-16"),
    ("u-county", "DECISIONS", "2026-11-24"),
    ("u-county", "RULES", "2026-01-16"),
)
FILED = {
    "N-first": FILINGS[0],
    "N-late": FILINGS[2],
    "N-waiting": FILINGS[0],
    "N-unfiled": replace(FILINGS[0], sent=""),
    "N-returned": replace(FILINGS[0], returned="01-28"),
}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Story:
    """A case: what happened, what it asked the public, what was answered."""

    happened: tuple[tuple[str, str, dict[str, Any]], ...] = ()
    asked: tuple[Row, ...] = ()
    comments: tuple[tuple[str, str, tuple[int, str] | None], ...] = ()
    answered: tuple[tuple[str, str, dict[str, Any]], ...] = ()
    maker: str = "u-city"
    facts: dict[str, Any] = field(default_factory=dict)
    kind: str = "normative_document"


@dataclass(frozen=True)
class Document:
    """A document of the library, and what its journal tells."""

    until: str
    story: Story = Story()
    ended: str = ""
    announced: bool = False


def signed(day: str) -> tuple[str, str, dict[str, Any]]:
    return day, "opinion.signed", {"conclusion": "LEGAL"}


def met(day: str) -> tuple[str, str, dict[str, Any]]:
    return day, "meeting.recorded", {"decision": "PASSED", "held_on": day}


def opened(day: str) -> tuple[str, str, dict[str, Any]]:
    return day, "consultation.opened", {}


def closed(day: str) -> tuple[str, str, dict[str, Any]]:
    return day, "consultation.closed", {}


def published(day: str) -> tuple[str, str, dict[str, Any]]:
    return day, "document.published", {}


def verdict(day: str, step: str, said: str) -> tuple[str, str, dict[str, Any]]:
    return day, step, {"competition_verdict": said}


LONG = ("2026-02-02", "2026-03-04", "2026-03-04", "2026-03-04", "", 3, 2)
SHORT = ("2026-06-01", "2026-07-01", "2026-06-11", "2026-06-11", "", 0, 0)
HASTY = ("2026-08-01", "2026-08-31", "2026-08-11", "2026-08-11", "防汛", 0, 0)
RUNNING = ("2026-11-01", "2026-12-01", "2026-12-01", "2026-11-25", "", 9, 9)
BUSINESS = {"involves_business": True}
CASES = {
    # asked long enough, competition reviewed, met, published
    "a": Story(
        (
            *(opened("2026-02-02"), closed("2026-03-04"), signed("2026-04-01")),
            *(met("2026-04-10"), published("2026-04-20")),
        ),
        asked=(LONG,),
        answered=(
            verdict("2026-03-09", "review_competition", "BREACH"),
            verdict("2026-03-10", "review_competition", "PASS"),
        ),
        facts=BUSINESS,
    ),
    # asked too short, in breach, not reviewed, by a department of the county
    "b": Story(
        (opened("2026-06-01"), closed("2026-06-11"), met("2026-08-10")),
        asked=(SHORT,),
        comments=(
            ("PUBLIC", "2026-06-03", (1, "PARTIAL")),
            ("ENTERPRISE", "2026-06-04", (1, "PARTIAL")),
            ("PUBLIC", "2026-06-05", (2, "NONE")),
            ("DEPARTMENT", "2026-06-05", (3, "FULL")),
        ),
        answered=(
            verdict("2026-07-01", "conclude_competition", "PASS"),
            verdict("2026-07-02", "conclude_competition", "BREACH"),
        ),
        maker="u-farm",
        facts=BUSINESS,
    ),
    # excused from asking
    "c": Story(
        (
            ("2026-04-02", "consultation.excused", {}),
            *(signed("2026-05-01"), met("2026-05-08")),
        )
    ),
    # short with a reason; found to involve business, reviewed after the meeting
    "d": Story(
        (
            *(opened("2026-08-01"), closed("2026-08-11")),
            *(signed("2026-09-01"), met("2026-09-10")),
        ),
        asked=(HASTY,),
        answered=(
            verdict("2026-08-12", "state_no_business", "INVOLVED"),
            verdict("2026-09-11", "conclude_competition", "PASS"),
        ),
    ),
    # not asked at all
    "e": Story((signed("2026-10-01"), met("2026-10-12"))),
    # published without a meeting
    "f": Story((signed("2026-10-02"), published("2026-10-20"))),
    # made outside the system
    "g": Story((published("2026-02-01"),), kind="published_document"),
    # still asking on the day; closed two days later
    "h": Story(
        (opened("2026-11-01"), closed("2026-11-25")),
        asked=(RUNNING,),
        comments=(
            ("PUBLIC", "2026-11-05", (1, "FULL")),
            ("ASSOCIATION", "2026-11-06", None),
            ("DEPARTMENT", "2026-11-07", None),
            ("PUBLIC", "2026-11-24", None),
        ),
    ),
}


def ending(day: str, until: str) -> tuple[str, str, dict[str, Any]]:
    return day, "validity.ending", {"due_on": until}


DOCUMENTS = {
    "L-forgotten": Document("2026-03-31"),
    "L-extended": Document(
        "2030-05-31",
        Story((("2026-05-20", "validity.extended", {"before": "2026-05-31"}),)),
    ),
    "L-announced": Document(
        "2026-06-30",
        Story(
            answered=(
                ("2026-07-10", "announce_expiry", {"announced_on": "2026-07-10"}),
            )
        ),
        announced=True,
    ),
    "L-repealed": Document(
        "2026-08-31", Story((ending("2026-03-02", "2026-08-31"),)), ended="2026-07-15"
    ),
    "L-replaced": Document("2026-02-28", ended="2025-06-01"),
    "L-near": Document("2027-02-28", Story((ending("2026-08-28", "2027-02-28"),))),
    "L-far": Document("2029-02-28"),
    "L-old": Document("2024-12-31"),
    "L-late": Document(
        "2030-06-15",
        Story((("2026-07-20", "validity.extended", {"before": "2026-06-15"}),)),
    ),
}
ASSESSMENTS = (
    # document, year, due, done
    ("L-far", 2026, "2026-12-20", "2026-10-30"),
    ("L-near", 2026, "2026-12-20", ""),
    ("L-far", 2025, "2025-12-20", "2025-12-01"),
)

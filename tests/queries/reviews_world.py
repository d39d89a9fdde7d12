"""A small world of reviews: two units, ten opinions, one case taken back.

What is expected of it stands in the tests, counted by hand; the days of 2026 asked
for are without holidays.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from reviewflow import clock, journal
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.deadline import CaseDeadline, Pause
from reviewflow.model.opinion import Adoption, Conclusion, Finding, Nature, Opinion
from reviewflow.work import Runtime, Work
from tests.cast import Cast

LIMIT = "TL-08"


class Review(NamedTuple):
    """One review: whose, from when to when, what it came to."""

    unit: str
    accepted: str
    signed: str = ""
    conclusion: str = "LEGAL"
    problems: tuple[str, ...] = ()
    paused: tuple[str, str] | None = None
    title: str = ""


REVIEWS = (
    Review("housing", "03-02", "03-04", title="=1+1"),  # 2 working days
    Review("housing", "03-02", "03-05", "REVISE", ("权限", "文字")),  # 3
    Review("housing", "03-02", "03-06"),  # 4
    Review("housing", "03-02", "03-09", "ILLEGAL", ("权限",)),  # 5
    Review("housing", "03-02", "03-10"),  # 6
    Review("housing", "03-02", "04-01"),  # 22, seven too many
    Review("streets", "05-11", "05-13"),  # 2
    Review("streets", "05-11", "05-14"),  # 3
    Review("streets", "05-11", "05-15"),  # 4
    # 14, of which five are in the pause
    Review("streets", "05-11", "05-29", "REVISE", ("程序",), ("05-13", "05-20")),
)


def day(text: str) -> date:
    """Return a day of 2026."""
    return date.fromisoformat(f"2026-{text}")


def at(text: str) -> datetime:
    """Return ten o'clock in Beijing on a day of 2026."""
    return datetime.combine(day(text), time(10), clock.BEIJING)


@dataclass
class Reviews:
    """Enters reviews into an installation, one after another."""

    runtime: Runtime
    cast: Cast
    ids: list[int] = field(default_factory=list)

    def enter(self, review: Review) -> int:
        """Enter one review as it was accepted, judged and signed."""
        with self.runtime.begin(None, at(review.accepted)) as work:
            case = self._case(work, review)
            journal.record(work, case, "case.accepted", reviewers=[])
            due_on = work.law.deadline(LIMIT, day(review.accepted)).due_on
            own = {
                "case_id": case.id,
                "limit_id": LIMIT,
                "title": "审查",
                "due_on": due_on,
            }
            row = CaseDeadline(
                **own,
                started_on=day(review.accepted),
                is_provisional=False,
                law_version=work.law.version,
            )
            row.met_on = day(review.signed) if review.signed else None
            if review.paused:
                first, last = map(day, review.paused)
                row.pauses.append(Pause(from_on=first, until_on=last, reason="补正"))
            work.session.add(row)
            case_id = case.id
        if review.signed:
            with self.runtime.begin(None, at(review.signed)) as work:
                work.session.add(self._opinion(case_id, review))
        self.ids.append(case_id)
        return case_id

    def take_back(self, unit: str, on: str) -> None:
        """Enter a case that its drafting unit took back."""
        with self.runtime.begin(None, at(on)) as work:
            case = self._case(work, Review(unit, on))
            case.status, case.finished_at = CaseStatus.WITHDRAWN, work.now

    def _case(self, work: Work, review: Review) -> Case:
        process = work.processes.latest(work.session, "normative_document")
        count = work.session.query(Case).count() + 1
        unit_id = self.cast.units[review.unit]
        case = Case(
            number=f"审登〔2026〕{count}号",
            kind="normative_document",
            kind_code="BMGFXWJ",
            process_version_id=process.version_id,
            title=review.title or f"第{count}件办法",
            unit_id=unit_id,
            issuing_organ_id=unit_id,
            drafter_id=self.cast.drafter,
            status=CaseStatus.RUNNING,
            phase="审查",
            facts={},
            state="",
            started_at=work.now,
        )
        work.session.add(case)
        work.session.flush()
        return case

    def _opinion(self, case_id: int, review: Review) -> Opinion:
        opinion = Opinion(
            case_id=case_id,
            round=1,
            conclusion=Conclusion(review.conclusion),
            reasons="理由",
            grounds=[],
            written_at=at(review.signed),
            written_by_id=self.cast.handler,
            signed_at=at(review.signed),
            signed_by_id=self.cast.signer,
            doc_number=f"六司审〔2026〕{case_id}号",
        )
        opinion.findings = [
            Finding(
                position=place,
                clause=f"第{place}条",
                quote="",
                problem=problem,
                basis="依据",
                suggestion="删去",
                nature=Nature.MUST,
                adoption=Adoption.FULL if place == 1 else None,
            )
            for place, problem in enumerate(review.problems, start=1)
        ]
        return opinion


def enter_reviews(runtime: Runtime, cast: Cast) -> Reviews:
    """Enter the ten reviews, and the case that was taken back."""
    world = Reviews(runtime, cast)
    for review in REVIEWS:
        world.enter(review)
    world.take_back("streets", "05-18")
    return world

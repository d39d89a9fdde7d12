"""A small world with one case for each turn a definition takes, by names.

What is expected of it is written down in `test_figures_of_the_world.py`, by hand,
from the definitions; the day asked for is 23 November 2026.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from reviewflow import clock, journal
from reviewflow.model.case import Case, CaseStatus, TaskAnswers
from reviewflow.model.catalogue import Catalogue, CatalogueSort
from reviewflow.model.consultation import (
    Channel,
    Comment,
    CommentGroup,
    Consultation,
    Sender,
)
from reviewflow.model.library import DocumentState, LibraryDocument
from reviewflow.model.opinion import Adoption
from reviewflow.model.people import Level, Unit, UnitSort
from reviewflow.model.post_assessment import PostAssessment
from reviewflow.model.publication import Publication
from reviewflow.usecases.counsels import enter_counsel
from reviewflow.usecases.people import add_unit
from reviewflow.usecases.unit_terms import enter_unit_term
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.queries import stories
from tests.queries.judged import judge
from tests.queries.ledger import Ledger

THEN = date(2025, 1, 2)


def at(day: str | date) -> datetime:
    """Return ten o'clock in Beijing on a day."""
    one = day if isinstance(day, date) else date.fromisoformat(day)
    return clock.beijing_instant(one, 10)


@dataclass
class World:
    """Ids by the names of units, cases, documents and filings."""

    runtime: Runtime
    cast: Cast
    ids: dict[str, int] = field(default_factory=dict)

    def names(self, ids: list[int], among: str) -> str:
        """Return the names of ids; `among` are the letters they begin with."""
        found = {number: name for name, number in self.ids.items() if name[0] in among}
        return " ".join(found[number] for number in ids)


def make_world(runtime: Runtime, cast: Cast) -> World:
    """Enter units and terms, cases and what happened to them, documents, filings."""
    world = World(runtime, cast)
    with runtime.begin(None, at(THEN)) as work:
        _settle(work, world)
        for name, row in stories.TERMS.items():
            _term(work, world, name.partition("/")[0], *row)
        enter_counsel(work, cast.counsel, stories.COUNSEL)
        _filings(work, world)
    for name, story in stories.CASES.items():
        _play(world, name, story)
    for name, document in stories.DOCUMENTS.items():
        _shelve(world, name, document)
    with runtime.begin(None, at(THEN)) as work:
        for name, year, due, done in stories.ASSESSMENTS:
            work.session.add(_assessment(world, name, year, due, done))
        for organ, sort, published_on in stories.CATALOGUES:
            own = {"organ_id": world.ids[organ], "sort": CatalogueSort(sort)}
            on = date.fromisoformat(published_on)
            work.session.add(Catalogue(**own, year=2026, published_on=on))
    return world


def _settle(work: Work, world: World) -> None:
    for name in stories.OF_THE_CAST:
        world.ids[f"u-{name}"] = world.cast.units[name]
    for name, (level, sort, government) in stories.UNITS.items():
        unit = Unit(
            name=name,
            short_name=name,
            level=Level(level),
            sort=UnitSort(sort),
            area="金安区",
            position=len(world.ids),
            government_id=world.ids[government],
        )
        world.ids[name] = add_unit(work, unit).id


def _term(
    work: Work, world: World, unit: str, sort: str, first: str, last: str = ""
) -> None:
    typed = {"sort": sort, "holder": "依据", "valid_from": first, "valid_to": last}
    enter_unit_term(work, world.ids[unit], typed)


def _filings(work: Work, world: World) -> None:
    ledger = Ledger(work, world.cast)
    for copy, (name, filing) in enumerate(stories.FILED.items()):
        world.ids[name] = ledger.enter(filing, copy)
    judge(work, world.ids)
    for name in ("N-waiting", "N-returned"):
        ledger.unregister(world.ids[name])


def _case(work: Work, world: World, name: str, story: stories.Story) -> Case:
    process = work.processes.latest(work.session, "normative_document")
    case = Case(
        number=name,
        kind=story.kind,
        kind_code="ZFGFXWJ",
        process_version_id=process.version_id,
        title=name,
        unit_id=world.cast.units["housing"],
        issuing_organ_id=world.ids[story.maker],
        drafter_id=world.cast.drafter,
        status=CaseStatus.RUNNING,
        phase="审查",
        facts=dict(story.facts),
        state="",
        started_at=work.now,
    )
    work.session.add(case)
    work.session.flush()
    world.ids.setdefault(name, case.id)
    return case


def _play(world: World, name: str, story: stories.Story) -> int:
    with world.runtime.begin(None, at(THEN)) as work:
        case = _case(work, world, name, story)
        case_id = case.id
        for asked in story.asked:
            work.session.add(_consultation(case_id, *asked))
        work.session.flush()
        for sender, came, adoption in story.comments:
            _comment(work, case_id, sender, came, adoption)
    for day, kind, payload in story.happened:
        with world.runtime.begin(None, at(day)) as work:
            row = work.get(Case, case_id, lock=True)
            journal.record(work, row, kind, **payload)
    for day, step, answers in story.answered:
        with world.runtime.begin(None, at(day)) as work:
            told: dict[str, Any] = {"case_id": case_id, "step": step}
            told |= {"answers": answers, "at": work.now, "by_id": world.cast.drafter}
            work.session.add(TaskAnswers(**told))
    return case_id


def _consultation(case_id: int, *row: Any) -> Consultation:
    starts, due, ends, closed, reason, comments, adopted = row
    return Consultation(
        case_id=case_id,
        starts_on=date.fromisoformat(starts),
        due_on=date.fromisoformat(due),
        ends_on=date.fromisoformat(ends),
        closed_on=date.fromisoformat(closed) if closed else None,
        shortened_reason=reason,
        channel="网站",
        comments=comments,
        adopted=adopted,
    )


def _comment(
    work: Work, case_id: int, sender: str, came: str, adoption: tuple[int, str] | None
) -> None:
    asked = work.session.query(Consultation).filter_by(case_id=case_id).one()
    count = work.session.query(Comment).filter_by(case_id=case_id).count()
    row = Comment(
        case_id=case_id,
        consultation_id=asked.id,
        number=count + 1,
        receipt=f"R{case_id}-{count}",
        channel=Channel.WEB,
        sender=Sender(sender),
        text="意见",
        received_on=date.fromisoformat(came),
        recorded_at=work.now,
    )
    if adoption is not None:
        row.group = _group(work, asked, *adoption)
    work.session.add(row)
    work.session.flush()


def _group(work: Work, asked: Consultation, number: int, adoption: str) -> CommentGroup:
    own = {"consultation_id": asked.id, "number": number}
    found = work.session.query(CommentGroup).filter_by(**own).one_or_none()
    return found or CommentGroup(
        case_id=asked.case_id,
        **own,
        clause="",
        text="意见",
        adoption=Adoption(adoption),
        reason="理由",
        answered_at=work.now,
    )


def _shelve(world: World, name: str, document: stories.Document) -> None:
    case_id = _play(world, f"k{name}", document.story)
    with world.runtime.begin(None, at(THEN)) as work:
        published = Publication(
            case_id=case_id,
            kind_code="ZFGFXWJ",
            title=name,
            doc_number=name,
            register_number="",
            maker_id=world.ids["u-city"],
            recorded_at=work.now,
        )
        row = LibraryDocument(
            publication=published,
            case_id=case_id,
            unit_id=world.cast.units["housing"],
            valid_until=date.fromisoformat(document.until),
            entered_on=THEN,
        )
        if document.ended:
            row.ended_on = date.fromisoformat(document.ended)
            row.ended_as = DocumentState.REPEALED
        row.validity_case_id = case_id if document.announced else None
        work.session.add(row)
        work.session.flush()
        world.ids[name] = row.id


def _assessment(
    world: World, name: str, year: int, due: str, done: str
) -> PostAssessment:
    return PostAssessment(
        organ_id=world.ids["u-city"],
        year=year,
        document_id=world.ids[name],
        unit_id=world.cast.units["housing"],
        reason="理由",
        due_on=date.fromisoformat(due),
        done_on=date.fromisoformat(done) if done else None,
        planned_at=at(THEN),
        planned_by_id=world.cast.drafter,
    )

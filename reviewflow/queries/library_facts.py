"""Documents of the library as the figures need them, in few statements."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.model.case import TaskAnswers
from reviewflow.model.event import Event
from reviewflow.model.library import LibraryDocument
from reviewflow.model.post_assessment import PostAssessment
from reviewflow.model.publication import Publication
from reviewflow.queries.library_counts import LibraryFact, Validity, validity_facts
from reviewflow.queries.question import Question
from reviewflow.work import Work

ENDING, EXTENDED = "validity.ending", "validity.extended"
ANNOUNCE_STEP, ANNOUNCED_ON = "announce_expiry", "announced_on"


class Story(NamedTuple):
    """What the journals tell of last days, by the case of the document.

    `extended` are (old last day, day of the extension); `later` is until when a
    document was valid before an extension not known yet; `begun` when a last day
    began to be dealt with.
    """

    extended: defaultdict[int, list[tuple[date, date]]]
    later: dict[int, date]
    begun: dict[tuple[int, date], date]


def library_facts(work: Work, question: Question) -> Iterator[LibraryFact]:
    """Give what ended, ends soon or was assessed in the period.

    The library is for all: days are read of cases the actor may not see, too.
    """
    with work.beyond_sight():
        validities = list(_validities(work, question))
        assessments = list(_assessments(work, question))
    for document in validities:
        for fact in validity_facts(document, question.as_of):
            is_over = "expired" in fact.names
            if (question.covers if is_over else question.awaits)(fact.counted_on):
                yield fact
    yield from assessments


def _validities(work: Work, question: Question) -> Iterator[Validity]:
    """Give the documents with a last day that came while they were in the library."""
    day = question.as_of
    story, announced = _story(work, day), _announced(work, day)
    select = (
        sa.select(
            LibraryDocument.id,
            LibraryDocument.case_id,
            LibraryDocument.validity_case_id,
            LibraryDocument.valid_until,
            LibraryDocument.ended_on,
            Publication.maker_id,
            Publication.kind_code,
        )
        .join(LibraryDocument.publication)
        .where(
            LibraryDocument.valid_until >= LibraryDocument.entered_on,
            LibraryDocument.entered_on <= day,
        )
        .order_by(LibraryDocument.id)
    )
    for row in work.session.execute(select):
        until = story.later.get(row.case_id, row.valid_until)
        yield Validity(
            *(row.id, row.maker_id, row.kind_code),
            extended=story.extended[row.case_id],
            until=until,
            ended_on=row.ended_on,
            handled_from=story.begun.get((row.case_id, until)),
            announced_on=announced.get(row.validity_case_id or 0),
        )


def _story(work: Work, day: date) -> Story:
    """Return what was known on the day of the last days of documents."""
    rows = work.session.execute(
        sa.select(Event.case_id, Event.kind, Event.at, Event.payload)
        .where(
            Event.kind.in_((ENDING, EXTENDED)),
            Event.case_id.in_(sa.select(LibraryDocument.case_id)),
        )
        .order_by(Event.case_id, Event.seq)
    )
    story = Story(defaultdict(list), {}, {})
    for case_id, kind, at, payload in rows:
        if not payload:
            continue  # erased by law
        on, is_known = clock.beijing_date(at), at < clock.end_of_day(day)
        if kind == EXTENDED:
            before = date.fromisoformat(payload["before"])
            if is_known:
                story.extended[case_id].append((before, on))
            else:
                story.later.setdefault(case_id, before)
        elif is_known:
            until = date.fromisoformat(payload["due_on"])
            story.begun.setdefault((case_id, until), on)
    return story


def _announced(work: Work, day: date) -> Mapping[int, date]:
    """Return when it was announced that a validity is over, by the case of it."""
    select = sa.select(TaskAnswers.case_id, TaskAnswers.answers).where(
        TaskAnswers.step == ANNOUNCE_STEP, TaskAnswers.at < clock.end_of_day(day)
    )
    rows = work.session.execute(select)
    return {
        case_id: date.fromisoformat(answers[ANNOUNCED_ON])
        for case_id, answers in rows
        if answers.get(ANNOUNCED_ON)
    }


def _assessments(work: Work, question: Question) -> Iterator[LibraryFact]:
    """Give the post-assessments finished in the period, and those planned in it."""
    select = (
        sa.select(
            PostAssessment.document_id,
            PostAssessment.organ_id,
            Publication.kind_code,
            PostAssessment.year,
            PostAssessment.due_on,
            PostAssessment.done_on,
        )
        .join(LibraryDocument, LibraryDocument.id == PostAssessment.document_id)
        .join(Publication, Publication.id == LibraryDocument.publication_id)
        .where(PostAssessment.planned_at < clock.end_of_day(question.as_of))
        .order_by(PostAssessment.id)
    )
    for number, organ_id, kind_code, year, due_on, done_on in work.session.execute(
        select
    ):
        whose = (number, organ_id, kind_code)
        if done_on is not None and done_on <= question.as_of:
            if question.covers(done_on):
                names, values = ("assessments_done",), (year, "yes")
                yield LibraryFact(*whose, done_on, names, values)
        elif question.awaits(due_on):
            yield LibraryFact(*whose, due_on, ("assessments_waiting",), (year, "no"))

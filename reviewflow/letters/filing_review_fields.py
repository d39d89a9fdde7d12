"""What an objection to a filed document may say (备案审查意见书)."""

from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.answered import last_answers
from reviewflow.letters.due_fields import due_fields
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.filing_review import FilingReview, FilingVerdict
from reviewflow.work import Work

REVIEW_STEP, OBJECTED = "review_filing", "filing_review.objected"
COLUMNS = ("clause", "quote", "problem")


def filing_review_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a letter: something was found."""
    row = objected_review(work, case)
    if row is None or row.decided_on is None:
        return
    yield Occasion(
        SORTS["filing_objection"],
        place=1,
        since=row.decided_on,
        is_final=True,
        fields=partial(objection_fields, work, case, row),
        settled=partial(instant_of, work, case, OBJECTED),
    )


def objected_review(work: Work, case: Case) -> FilingReview | None:
    """Return the review a case works off, if something was found."""
    return work.session.scalar(
        sa.select(FilingReview).where(
            FilingReview.case_id == case.id,
            FilingReview.verdict == FilingVerdict.PROBLEM,
        )
    )


def objection_fields(work: Work, case: Case, row: FilingReview) -> Fields:
    """Return what the objection may say, finding by finding."""
    said, duty = last_answers(work, case, REVIEW_STEP), row.obligation
    return {
        "authority_name": duty.authority.name,
        "maker_name": duty.maker.name,
        "title": chinese.line(duty.publication.title),
        "doc_number": duty.publication.doc_number,
        "letter_number": "",
        "findings": [
            {
                "number": chinese.count(place),
                **{name: chinese.line(str(found.get(name) or "")) for name in COLUMNS},
                "basis": chinese.end_of_sentence(found.get("basis")),
                "suggestion": chinese.end_of_sentence(found.get("suggestion")),
                "nature": str(found.get("nature") or ""),
            }
            for place, found in enumerate(said.get("findings") or [], start=1)
        ],
        "reason": str(said.get("reason") or ""),
        "correct_by": chinese.day(row.correct_by),
        "due_derivation": _reckoned(work, case, row)["due_derivation"],
        "signed_on": chinese.day(row.decided_on),
    }


def _reckoned(work: Work, case: Case, row: FilingReview) -> Fields:
    """Return how the day comes about by which the maker mends and reports."""
    started_on = row.decided_on or row.begun_on
    return due_fields(work, case, started_on, row.correct_by)

"""What the report on a document that was objected to may say (整改情况报告)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from reviewflow import chinese, clock
from reviewflow.answered import all_answers
from reviewflow.letters.filing_review_fields import objected_review, objection_fields
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, waiting_since
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.filing_review import FilingReview
from reviewflow.work import Work

CORRECT_STEP = "correct_document"
WAITING, NOT_REPORTED = "WAITING", "（未报告）"


def correction_report_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a report: each one that was made, and one that waits."""
    review = objected_review(work, case)
    if review is None:
        return
    sort, rows = SORTS["correction_report"], all_answers(work, case, CORRECT_STEP)
    for place, row in enumerate(rows, start=1):
        yield Occasion(
            sort,
            place,
            clock.beijing_date(row.at),
            is_final=True,
            fields=partial(report_fields, work, case, review, row),
            settled=partial(getattr, row, "at"),
        )
    since = waiting_since(work, case, CORRECT_STEP)
    if since is not None:
        fields = partial(report_fields, work, case, review, None)
        yield Occasion(sort, len(rows) + 1, since, is_final=False, fields=fields)


def report_fields(
    work: Work, case: Case, review: FilingReview, row: TaskAnswers | None
) -> Fields:
    """Return what the report may say.

    Source: 《法规规章备案审查条例》第二十一条 (the maker reports what it did).
    """
    said = row.answers if row else {"decision": WAITING}
    published_on = said.get("published_on")
    return {
        **objection_fields(work, case, review),
        "objected_on": chinese.day(review.decided_on),
        "handling": str(said.get("decision") or ""),
        "handled": chinese.end_of_sentence(said.get("note")),
        "published_on": chinese.day(
            date.fromisoformat(published_on) if published_on else None
        ),
        "channel": chinese.end_of_sentence(said.get("channel")),
        "others_checked": chinese.end_of_sentence(said.get("others_checked")),
        "signed_on": chinese.day(clock.beijing_date(row.at)) if row else NOT_REPORTED,
    }

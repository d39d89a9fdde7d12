"""How post-assessments look, and what may be sent about them."""

from datetime import date
from typing import Any

from pydantic import Field

from reviewflow.model.post_assessment import AssessmentConclusion
from reviewflow.model.post_assessment import PostAssessment as PostAssessmentRow
from reviewflow.queries.post_assessments import AssessmentYear
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Text, Word


class PostAssessment(Answer):
    """One document planned to be assessed, and what came of it."""

    id: int
    year: int
    organ: Organ
    unit: Organ
    library_id: int
    title: str
    doc_number: str
    reason: str
    due_on: Day
    is_late: bool
    done_on: Day | None
    conclusion: AssessmentConclusion | None
    summary: str
    next_steps: str
    report_name: str


class PostAssessments(Answer):
    """The plan of a year, and which organs are behind it."""

    year: int
    due_on: Day
    without_plan: list[Organ]
    unfinished: list[Organ]
    items: list[PostAssessment]
    total: int
    next: str | None


class NewPostAssessment(Body):
    """Which document, in the plan of which year, why, and by when."""

    year: int
    number: Word
    reason: Text
    due_on: Day


class PostAssessmentResult(Body):
    """What it came to, with the report."""

    conclusion: AssessmentConclusion = Field(strict=False)
    summary: Text
    next_steps: Text
    done_on: Day
    report: Any = Field(json_schema_extra={"type": "string", "format": "binary"})


def assessments_shape(page: AssessmentYear, today: date) -> PostAssessments:
    """Return the post-assessments of a year."""
    return PostAssessments(
        year=page.year,
        due_on=page.due_on,
        without_plan=[Organ.model_validate(unit) for unit in page.missing],
        unfinished=[Organ.model_validate(unit) for unit in page.unfinished],
        items=[assessment_shape(row, today) for row in page.rows],
        total=len(page.rows),
        next=None,
    )


def assessment_shape(row: PostAssessmentRow, today: date) -> PostAssessment:
    """Return one post-assessment."""
    published = row.document.publication
    return PostAssessment(
        id=row.id,
        year=row.year,
        organ=Organ.model_validate(row.organ),
        unit=Organ.model_validate(row.unit),
        library_id=row.document_id,
        title=published.title,
        doc_number=published.doc_number,
        reason=row.reason,
        due_on=row.due_on,
        is_late=row.done_on is None and row.due_on < today,
        done_on=row.done_on,
        conclusion=row.conclusion,
        summary=row.summary,
        next_steps=row.next_steps,
        report_name=row.report_name,
    )

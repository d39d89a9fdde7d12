"""Post-assessments of a year: what is planned, done, and who has none (后评估)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import clerks
from reviewflow.errors import Missing
from reviewflow.law.limits import TimeLimit
from reviewflow.model.library import HOLDING, LibraryDocument, state_column
from reviewflow.model.people import Role, Unit
from reviewflow.model.post_assessment import PostAssessment
from reviewflow.model.publication import Publication
from reviewflow.work import Work

AT_LEAST_ONE = "TL-31"
ASSESSING = (Role.DRAFTER, Role.UNIT_LEGAL, Role.UNIT_HEAD)


@dataclass(frozen=True, slots=True)
class AssessmentYear:
    """All that the page of a year shows."""

    year: int
    rows: Sequence[PostAssessment]
    missing: Sequence[Unit]
    """Organs with documents in force and nothing planned."""
    unfinished: Sequence[Unit]
    """Organs that planned, and have finished nothing."""
    own_units: frozenset[int]
    may_plan: bool
    limit: TimeLimit
    due_on: date

    def is_late(self, row: PostAssessment, today: date) -> bool:
        """It is not finished, and should be."""
        return row.done_on is None and row.due_on < today


def assessment_year(work: Work, year: int) -> AssessmentYear:
    """Return the post-assessments of a year, by organ."""
    rows = (
        work.session.scalars(
            sa.select(PostAssessment)
            .join(Unit, Unit.id == PostAssessment.organ_id)
            .where(PostAssessment.year == year)
            .order_by(Unit.position, Unit.id, PostAssessment.id)
        )
        .unique()
        .all()
    )
    makers = _makers(work)
    planned = {row.organ_id for row in rows}
    done = {row.organ_id for row in rows if row.done_on is not None}
    first = date(year, 1, 1)
    return AssessmentYear(
        year=year,
        rows=rows,
        missing=[unit for unit in makers if unit.id not in planned],
        unfinished=[unit for unit in makers if unit.id in planned - done],
        own_units=frozenset(u for role, u in work.actor.posts if role in ASSESSING),
        may_plan=bool(clerks.organs_reviewed_by(work)),
        limit=work.law.limit(AT_LEAST_ONE, first),
        due_on=work.law.deadline(AT_LEAST_ONE, first).due_on,
    )


def report_of(work: Work, assessment_id: int) -> PostAssessment:
    """Return a post-assessment that has its report.

    Raises:
        Missing: There is none, or it is not finished.
    """
    row = work.get(PostAssessment, assessment_id)
    if not row.report_sha256:
        raise Missing
    return row


def _makers(work: Work) -> Sequence[Unit]:
    makers = (
        sa.select(Publication.maker_id)
        .select_from(LibraryDocument)
        .join(LibraryDocument.publication)
        .where(
            state_column(work.today).in_(HOLDING),
            Publication.kind_code.in_(work.law.limit(AT_LEAST_ONE, work.today).applies),
        )
    )
    return work.session.scalars(
        sa.select(Unit).where(Unit.id.in_(makers)).order_by(Unit.position, Unit.id)
    ).all()

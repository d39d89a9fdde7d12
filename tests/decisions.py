"""Major decisions to begin with, and what their journal tells."""

import sqlalchemy as sa

from reviewflow.model.event import Event
from reviewflow.usecases.cases import submit_case
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to

DECISION = {
    "is_confidential": "no",
    "kind_code": "ZDJC",
    "category": "PLAN",
    "proposed_by": "UNIT",
    **dict.fromkeys(
        (
            *("is_normative", "touches_vital_interests", "statutory_hearing"),
            *("is_technical", "has_social_risk", "involves_business"),
            "is_exploratory_reform",
        ),
        "no",
    ),
}


def decision(as_: As, cast: Cast, **fields: str) -> int:
    """Register a decision as the drafter; return its id."""
    with as_(cast.drafter) as work:
        title, unit_id = "六安市城区学校布局规划", cast.units["housing"]
        sent = {**DECISION, **fields}
        return submit_case(work, "major_decision", title, unit_id, sent).id


def assessed_decision(as_: As, cast: Cast) -> int:
    """Return a decision on which experts were heard, risks and competition assessed."""
    asked = dict.fromkeys(
        ("is_technical", "has_social_risk", "involves_business"), "yes"
    )
    case_id = decision(as_, cast, **asked)
    bring_to(as_, cast, case_id, "finalise_draft")
    return case_id


def told(as_: As, case_id: int) -> list[str]:
    """Return the kinds of events in a case's journal."""
    with as_(None) as work:
        return list(
            work.session.scalars(
                sa.select(Event.kind)
                .where(Event.case_id == case_id)
                .order_by(Event.seq)
            )
        )

"""Expert evaluation and risk assessment of a case, as they were recorded."""

from dataclasses import dataclass

from reviewflow.model.document import Document
from reviewflow.queries.answers import Answered, answered_forms, answers_of
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.queries.documents import documents_of
from reviewflow.work import Work

EXPERTS = ("decide_experts", "appoint_experts", "hold_appraisal", "weigh_experts")
RISKS = ("decide_risk", "assess_risk", "adjust_draft")


@dataclass(frozen=True, slots=True)
class Assessment:
    """One of the two: what was recorded, oldest first, and the paper itself."""

    title: str
    forms: list[Answered]
    document: Document | None
    is_waiting: bool
    """A step of it is still to be done."""


@dataclass(frozen=True, slots=True)
class AssessmentsPage:
    """All that the page shows."""

    head: CaseHead
    parts: list[Assessment]


def assessments_page(work: Work, case_id: int) -> AssessmentsPage:
    """Return what experts held and what risks were found.

    Raises:
        Missing: There is no such case for the actor.
    """
    head = case_head(work, case_id)
    steps = {*EXPERTS, *RISKS}
    rows = [row for row in answers_of(work, head.case) if row.step in steps]
    forms = answered_forms(work, head.case, rows[::-1])
    documents = documents_of(work, case_id)
    waiting = {task.step for task in head.waiting}

    def part(title: str, of: tuple[str, ...], role: str) -> Assessment:
        own = [form for form in forms if form.step in of]
        return Assessment(title, own, documents.get(role), bool(waiting & set(of)))

    return AssessmentsPage(
        head,
        [
            part("专家论证", EXPERTS, "expert_opinion"),
            part("风险评估", RISKS, "risk_report"),
        ],
    )

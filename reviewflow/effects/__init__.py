"""What service tasks do, by name; and how they are bound to a case."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from reviewflow.effects import (
    cases,
    consultations,
    counsels,
    deadlines,
    emergencies,
    expert_evaluations,
    filing_reviews,
    filings,
    hearings,
    library,
    meetings,
    obligations,
    opinions,
    publications,
    risk_assessments,
    validities,
)
from reviewflow.model.case import Case
from reviewflow.work import Answers, Services, Work

EFFECTS: Mapping[str, Callable[[Work, Case, Answers], None]] = {
    "case.accept": cases.accept_case,
    "case.archive": cases.archive_case,
    "case.lapse": cases.lapse_case,
    "case.new_round": cases.new_round,
    "case.resume": cases.resume_case,
    "case.return": cases.return_case,
    "case.route": cases.route_case,
    "case.supplement": cases.supplement_case,
    "case.terminate": cases.terminate_case,
    "consultation.close": consultations.close_consultation,
    "consultation.open": consultations.open_consultation,
    "counsel.advise": counsels.take_advice,
    "counsel.appoint": counsels.appoint_counsel,
    "counsel.waive": counsels.waive_counsel,
    "counsel.weigh": counsels.weigh_advice,
    "deadline.ask_extension": deadlines.ask_extension,
    "deadline.extend": deadlines.extend_review,
    "document.number": publications.number_document,
    "document.publish": library.publish,
    "document.register": library.register,
    "emergency.approve": emergencies.approve_emergency,
    "emergency.refuse": emergencies.refuse_emergency,
    "expert_evaluation.appoint": expert_evaluations.appoint_experts,
    "expert_evaluation.record": expert_evaluations.record_appraisal,
    "expert_evaluation.waive": expert_evaluations.waive_experts,
    "filing.correct": filings.correct_filing,
    "filing.lapse": filings.lapse_filing,
    "filing.oblige": obligations.oblige_to_file,
    "filing.register": filings.register_filing,
    "filing.request_correction": filings.request_correction,
    "filing.return": filings.return_filing,
    "filing.submit": filings.submit_filing,
    "filing_review.finish": filing_reviews.finish_review,
    "filing_review.object": filing_reviews.object_document,
    "filing_review.refer": filing_reviews.refer_document,
    "filing_review.report": filing_reviews.report_correction,
    "filing_review.rule": filing_reviews.rule_document,
    "filing_review.settle": filing_reviews.settle_review,
    "hearing.announce": hearings.announce_hearing,
    "hearing.deliver": hearings.deliver_materials,
    "hearing.hold": hearings.hold_hearing,
    "hearing.record": hearings.record_hearing,
    "hearing.select": hearings.select_participants,
    "hearing.waive": hearings.waive_hearing,
    "meeting.record": meetings.record_meeting,
    "meeting.request": meetings.request_meeting,
    "opinion.answer": opinions.answer_opinion,
    "opinion.check": opinions.check_opinion,
    "opinion.sign": opinions.sign_opinion,
    "opinion.write": opinions.write_opinion,
    "risk_assessment.record": risk_assessments.record_risk,
    "risk_assessment.waive": risk_assessments.waive_risk,
    "validity.expire": validities.expire_document,
    "validity.extend": validities.extend_validity,
    "validity.remind": validities.remind_unit,
    "validity.repeal": validities.repeal_document,
}


def bind(work: Work, case: Case, answers: Answers) -> Services:
    """Return every effect bound to one case and the answers just given.

    An effect gets what steers the process where it stands, and over it the
    answers of the form, texts included.
    """
    return {
        name: partial(_apply, effect, work, case, answers)
        for name, effect in EFFECTS.items()
    }


def _apply(
    effect: Callable[[Work, Case, Answers], None],
    work: Work,
    case: Case,
    answers: Answers,
    steering: Mapping[str, Any],
) -> None:
    effect(work, case, {**steering, **answers})

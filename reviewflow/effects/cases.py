"""Effects on the case as a whole: routing, acceptance, return, ending."""

import sqlalchemy as sa

from reviewflow import clocks, journal, notices, organs, permissions, progress
from reviewflow.errors import Invalid
from reviewflow.model.case import (
    Case,
    CaseParty,
    CasePerson,
    CaseStatus,
    Part,
    Task,
)
from reviewflow.model.opinion import Conclusion
from reviewflow.model.people import Role, UnitDuty
from reviewflow.work import Answers, Work

REVIEW_STEP = "draft_opinion"
CHOSEN = {
    "handler_id": Role.REVIEW_HANDLER,
    "checker_id": Role.REVIEW_CHECKER,
    "signer_id": Role.REVIEW_SIGNER,
}
TITLES = {"handler_id": "承办人", "checker_id": "复核人", "signer_id": "签发人"}
OWN_BODY, NEAREST_BODY = "OWN", "NEAREST"


def review_limit(work: Work, case: Case) -> str:
    """Return the limit under which the opinion is due: that of its drafting."""
    return work.process(case).kind.limit_of(REVIEW_STEP, case.kind_code, case.facts)


def route_case(work: Work, case: Case, decided: Answers) -> None:
    """Settle which units take part, as the decision table says who reviews.

    What a department reviews itself goes through its own office, and so does what
    a town or street office has reviewed by the nearest body: its own, or the county's.

    Source: 国办发〔2018〕115号（四）; 《安徽省行政规范性文件管理办法》第二条.
    """
    organ = case.issuing_organ
    government, body = organs.government_of(organ), organs.working_body(work, organ)
    by = decided["review_body"]
    if by == OWN_BODY:
        office, review = organ, organ
    elif by == NEAREST_BODY:
        office, review = body, organs.unit_with(work, organ, UnitDuty.REVIEW)
    else:
        office = organs.unit_with(work, government, UnitDuty.OFFICE)
        review = organs.unit_with(work, government, UnitDuty.REVIEW)
    progress.add_party(work, case, Part.OFFICE, office)
    progress.add_party(work, case, Part.REVIEW_OFFICE, review)
    for part, duty in (
        (Part.COMPETITION_AUTHORITY, UnitDuty.COMPETITION),
        (Part.COUNSEL_POOL, UnitDuty.COUNSEL),
    ):
        progress.add_party(work, case, part, organs.unit_with(work, government, duty))
    progress.add_party(work, case, Part.ISSUING_ORGAN, body)
    journal.record(work, case, "case.routed", review_body=by)


def accept_case(work: Work, case: Case, answers: Answers) -> None:
    """Accept the packet: the review clock starts, the reviewers are named.

    A kind that draws no lane for a checker names none; whoever is named is
    another person each time.

    Raises:
        Invalid: Somebody is named twice, or may not hold the post.

    Source: the product's rule on 国办发〔2018〕115号（五）: the period runs from
    complete receipt.
    """
    drawn = {post.role for post in work.process(case).kind.lanes.values()}
    people = {f: int(answers[f]) for f, role in CHOSEN.items() if role in drawn}
    if len(set(people.values())) < len(people):
        names = "、".join(TITLES[field] for field in people)
        twice = "checker_id" if "checker_id" in people else "signer_id"
        raise Invalid({twice: f"{names}不能由同一人担任，请另选人员。"})
    for field, user_id in people.items():
        choose_person(work, case, CHOSEN[field], user_id, field)
    clocks.start_clock(work, case, review_limit(work, case))
    journal.record(work, case, "case.accepted", reviewers=list(people.values()))


def choose_person(work: Work, case: Case, role: Role, user_id: int, field: str) -> None:
    """Let somebody hold a post in this case from now on.

    Raises:
        Invalid: The person does not hold such a post, or may not because of what
            they did in this case before; the sentence stands at the field.
    """
    if not _can_be_chosen(work, case, role, user_id):
        raise Invalid({field: "该人员不在这一岗位，请从列表中选择。"})
    acted = work.session.scalars(
        sa.select(Task.role).where(Task.case_id == case.id, Task.done_by_id == user_id)
    )
    if permissions.conflicting(role, acted):
        raise Invalid({field: "该人员办理过本事项的其他环节，应当回避，请另选人员。"})
    row = work.session.scalar(
        sa.select(CasePerson).where(
            CasePerson.case_id == case.id, CasePerson.role == role
        )
    )
    if row is None:
        row = CasePerson(case_id=case.id, role=role)
        work.session.add(row)
    row.user_id = user_id
    work.session.flush()


def _can_be_chosen(work: Work, case: Case, role: Role, user_id: int) -> bool:
    """The person holds the post in a unit that takes part in the case."""
    parties = sa.select(CaseParty.unit_id).where(CaseParty.case_id == case.id)
    units = work.session.scalars(parties)
    return any(user_id in notices.holders(work, role, unit_id) for unit_id in units)


def supplement_case(work: Work, case: Case, answers: Answers) -> None:
    """Ask the drafting unit for missing materials; a running clock pauses.

    Source: 补正 by local example, default on (domain rule 7.5).
    """
    reason = str(answers.get("reason") or "")
    clocks.pause_clock(work, case, review_limit(work, case), reason)
    case.phase = "补正"
    journal.record(work, case, "case.supplement_requested", reason=reason)
    _tell_drafters(work, case, "supplement_requested", reason)


def resume_case(work: Work, case: Case, _answers: Answers) -> None:
    """Note that the materials are there; the clock runs on from tomorrow."""
    clocks.resume_clock(work, case, review_limit(work, case))
    journal.record(work, case, "case.supplemented")


def return_case(work: Work, case: Case, answers: Answers) -> None:
    """Give the case back to its drafting unit; the review clock ends."""
    reason = str(answers.get("reason") or "")
    clocks.meet_clock(work, case, review_limit(work, case))
    journal.record(work, case, "case.returned", reason=reason)
    _tell_drafters(work, case, "task_returned", reason)


def lapse_case(work: Work, case: Case, _answers: Answers) -> None:
    """Treat a case that was not supplemented in time as withdrawn."""
    case.status, case.conclusion = CaseStatus.WITHDRAWN, CaseStatus.WITHDRAWN.value
    case.phase = "撤回"
    journal.record(work, case, "case.lapsed")
    _tell_drafters(work, case, "case_withdrawn", "逾期未补正，视为撤回送审")


def new_round(work: Work, case: Case, _answers: Answers) -> None:
    """Count another round of review, with a clock of its own."""
    case.round += 1
    clocks.start_clock(work, case, review_limit(work, case))
    journal.record(work, case, "case.round_begun", round=case.round)


def terminate_case(work: Work, case: Case, _answers: Answers) -> None:
    """End the case because its opinion does not let it be deliberated."""
    case.status = CaseStatus.TERMINATED
    case.phase = "终止"
    journal.record(work, case, "case.terminated", conclusion=Conclusion.ILLEGAL)


def archive_case(work: Work, case: Case, _answers: Answers) -> None:
    """Note that the complete file is in the archive."""
    case.phase = "归档"
    journal.record(work, case, "case.archived")


def _tell_drafters(work: Work, case: Case, template: str, reason: str) -> None:
    heads = notices.holders(work, Role.UNIT_HEAD, case.unit_id)
    notices.notify(work, case, [case.drafter_id, *heads], template, reason=reason)

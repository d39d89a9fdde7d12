"""At the hearing: who speaks when, who came, who signed, what was said."""

from reviewflow import chinese, hearing_rows, journal
from reviewflow.errors import Invalid, Missing
from reviewflow.model.case import Case
from reviewflow.model.hearing_list import (
    HearingOpinion,
    HearingParticipant,
    Signature,
)
from reviewflow.model.opinion import Adoption
from reviewflow.usecases.hearing_forms import Typed, answers_to, row_answers_to
from reviewflow.usecases.hearing_steps import (
    DELIVERING,
    HOLDING,
    REPORTING,
    find_participant,
    require_step,
)
from reviewflow.work import Work


def set_turns(work: Work, case_id: int, typed: Typed) -> None:
    """Say in which order the participants speak; who has no number, comes last.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Invalid: A number is none, or given twice.
    """
    case = require_step(work, case_id, DELIVERING, HOLDING)
    people = hearing_rows.participants(work, case.id)
    turns = {person: _turn(typed, person) for person in people}
    given = [turn for turn in turns.values() if turn is not None]
    if len(given) != len(set(given)):
        raise Invalid(message="发言顺序有重复的序号，请每人填写一个不同的序号。")
    for person, turn in turns.items():
        person.turn = turn
    journal.record(work, case, "hearing.turns_set", speakers=len(given))


def mark_presence(work: Work, case_id: int, typed: Typed) -> int:
    """Note who came, and who signed the record or refused to.

    Returns:
        How many came.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Invalid: The day has not come, nobody is marked, a refusal is not explained,
            or somebody absent has signed.

    Source: 《重大行政决策程序暂行条例》第十七条.
    """
    case = require_step(work, case_id, HOLDING)
    _require_day(work, case)
    people = hearing_rows.participants(work, case.id)
    if not any(typed.get(f"came-{person.id}") for person in people):
        raise Invalid(message="请先为每位参加人选择到会或者缺席，再保存。")
    for person in people:
        _mark(person, typed)
    came = sum(bool(person.attended) for person in people)
    journal.record(
        work,
        case,
        "hearing.presence_marked",
        present=came,
        out_of=len(people),
        refused=sum(p.signature is Signature.REFUSED for p in people),
    )
    return came


def add_opinion(work: Work, case_id: int, typed: Typed) -> HearingOpinion:
    """Write down one point a participant made.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Missing: There is nobody of that id on the lists.
        Invalid: Nothing was said.
    """
    case = require_step(work, case_id, HOLDING, REPORTING)
    answers = answers_to("opinion", typed)
    row = HearingOpinion(
        case_id=case.id,
        participant=find_participant(work, case, answers["speaker_id"]),
        text=answers["text"],
        clause=answers["clause"] or "",
    )
    work.session.add(row)
    work.session.flush()
    journal.record(work, case, "hearing.opinion_added", clause=row.clause)
    return row


def answer_opinion(work: Work, case_id: int, typed: Typed) -> HearingOpinion:
    """Say what becomes of an opinion; what is not adopted needs a reason.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Missing: There is no such opinion.
        Invalid: No choice was made, or no reason given.
    """
    case = require_step(work, case_id, REPORTING)
    answers = answers_to("adoption", typed)
    row = work.get(HearingOpinion, answers["opinion_id"])
    if row.case_id != case.id:
        raise Missing
    row.adoption = Adoption(answers["adoption"])
    row.reason = answers["reason"] or ""
    journal.record(work, case, "hearing.opinion_answered", adoption=row.adoption)
    return row


def _require_day(work: Work, case: Case) -> None:
    day = hearing_rows.plan_of(work, case.id).planned_on
    if day is not None and work.today < day:
        sentence = f"听证会定于{chinese.day(day)}举行，请在会上或者会后登记到会和签名。"
        raise Invalid(message=sentence)


def _turn(typed: Typed, person: HearingParticipant) -> int | None:
    turn: int | None = row_answers_to("turn", typed, person.id, f"{person.name}的")[
        "turn"
    ]
    return turn


def _mark(person: HearingParticipant, typed: Typed) -> None:
    """Mark one participant as typed.

    Raises:
        Invalid: Somebody absent has signed, or a refusal is not explained.
    """
    said = row_answers_to("mark", typed, person.id, f"{person.name}的")
    signature = Signature(said["signed"]) if said["signed"] else None
    if signature and not said["came"]:
        sentence = f"{person.name}没有到会，不能登记签名情况。"
        raise Invalid({f"signed-{person.id}": sentence})
    if signature is Signature.REFUSED and not said["note"]:
        sentence = f"{person.name}拒绝签名的，请注明情况。"
        raise Invalid({f"note-{person.id}": sentence})
    person.attended, person.signature = said["came"], signature
    person.note = said["note"] or ""

"""The list of those who enrolled is published, then its places are drawn."""

from collections.abc import Sequence

from reviewflow import draw, hearing_rows, journal
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.case import Case
from reviewflow.model.hearing import HearingGroup
from reviewflow.model.hearing_list import (
    HearingApplicant,
    HearingDraw,
    HearingParticipant,
    Standing,
)
from reviewflow.usecases.hearing_forms import Typed, answers_to
from reviewflow.usecases.hearing_steps import SELECTING, require_step
from reviewflow.work import Work


def publish_lists(work: Work, case_id: int, typed: Typed) -> list[HearingDraw]:
    """Publish the numbered lists with their digests, and say what will decide.

    From now on nobody enrols and nobody leaves the list; the figure that decides
    is named before it exists.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Conflict: They are published already, no group is drawn, or people may
            still enrol.
        Invalid: It is not said which figure decides.
    """
    case = require_step(work, case_id, SELECTING)
    wanted = [group for group in hearing_rows.groups(work, case.id) if group.is_drawn]
    plan = hearing_rows.plan_of(work, case.id)
    if hearing_rows.draws(work, case.id) or not wanted:
        raise Conflict("没有需要公布的报名名册，或者名册已经公布。")
    if plan.enrol_until and work.today <= plan.enrol_until:
        raise Conflict("报名还没有截止，截止后才能公布报名名册。")
    plan.seed_source = answers_to("publish", typed)["seed_source"]
    enrolled = hearing_rows.applicants(work, case.id)
    rows = [_publish(work, case, group, enrolled) for group in wanted]
    journal.record(
        work,
        case,
        "hearing.list_published",
        digests=[row.list_digest for row in rows],
        seed_source=plan.seed_source,
    )
    return rows


def draw_lists(work: Work, case_id: int, typed: Typed) -> list[HearingDraw]:
    """Draw the places of every group by the public figure.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Conflict: The lists are not published, or drawn already.
        Invalid: The figure is lacking though somebody has to be left out.
    """
    case = require_step(work, case_id, SELECTING)
    rows = list(hearing_rows.draws(work, case.id).values())
    if not rows or any(row.drawn_at for row in rows):
        raise Conflict("报名名册还没有公布，或者已经抽取。")
    enrolled = hearing_rows.applicants(work, case.id)
    by_group = {
        row.group_id: [one for one in enrolled if one.group_id == row.group_id]
        for row in rows
    }
    is_needed = seed_is_needed([row.group for row in rows], enrolled)
    seed: str = answers_to("draw", typed)["seed"] if is_needed else ""
    for row in rows:
        _draw(work, row, by_group[row.group_id], seed)
    journal.record(
        work,
        case,
        "hearing.drawn",
        seed=seed,
        results=[row.result for row in rows],
    )
    return rows


def seed_is_needed(
    groups: Sequence[HearingGroup], enrolled: Sequence[HearingApplicant]
) -> bool:
    """Somebody has to be left out, so that a figure has to decide."""
    return any(
        sum(one.group_id == group.id for one in enrolled) > group.quota
        for group in groups
        if group.is_drawn
    )


def _publish(
    work: Work, case: Case, group: HearingGroup, enrolled: Sequence[HearingApplicant]
) -> HearingDraw:
    rows = [one for one in enrolled if one.group_id == group.id]
    for number, one in enumerate(rows, start=1):
        one.number = number
    text = draw.list_text((one.name, one.code) for one in rows)
    row = HearingDraw(
        case_id=case.id,
        group_id=group.id,
        list_text=text,
        list_digest=draw.list_digest(text),
        published_at=work.now,
        published_by_id=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _draw(
    work: Work, row: HearingDraw, enrolled: Sequence[HearingApplicant], seed: str
) -> None:
    if draw.list_digest(row.list_text) != row.list_digest:
        raise Invalid(message="报名名册与公布的摘要不一致，不能抽取，请联系管理员。")
    numbers = list(range(1, len(enrolled) + 1))
    if seed:
        numbers = draw.order(len(enrolled), row.list_digest, seed)
    enrolled = sorted(enrolled, key=lambda one: one.number or 0)
    row.seed, row.drawn_at, row.drawn_by_id = seed, work.now, work.actor.id
    row.result = ",".join(map(str, numbers))
    for place, number in enumerate(numbers, start=1):
        _list(work, row, enrolled[number - 1], place)
    work.session.flush()


def _list(work: Work, row: HearingDraw, one: HearingApplicant, place: int) -> None:
    has_place = place <= row.group.quota
    work.session.add(
        HearingParticipant(
            case_id=row.case_id,
            group_id=row.group_id,
            applicant_id=one.id,
            name=one.name,
            contact=one.contact,
            represents=one.represents,
            place=place,
            standing=Standing.CHOSEN if has_place else Standing.SUBSTITUTE,
        )
    )

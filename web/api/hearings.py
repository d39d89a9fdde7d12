"""The hearing of a case: plan, groups, enrolments, draw, delivery, postponement."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Response

from reviewflow.errors import Invalid
from reviewflow.queries.hearings import hearing_page
from reviewflow.usecases import draws, enrolments, hearings, participants
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import CasePath, HearingGroupPath, ParticipantPath
from web.api.shapes.hearing_acts import (
    Delivery,
    Enrolment,
    Excuse,
    HearingPostponement,
    NamedParticipant,
    NewHearingGroup,
    NewHearingPlan,
    Seed,
    SeedSource,
)
from web.api.shapes.hearings import (
    Hearing,
    HearingApplicant,
    HearingApplicants,
    hearing_shape,
)
from web.api.wire import Window

bp = noun("hearings")
PLACE = f"/cases/{CasePath.RULE}/hearing"
DONE: dict[str, Any] = {"responses": {200: Hearing}}


@bp.get(PLACE, **DONE)
def show(path: CasePath) -> Response:
    """Show the hearing."""
    with tokens.begin_reading() as work:
        return tokens.show(hearing_shape(hearing_page(work, path.case_id)))


@bp.get(f"{PLACE}/applicants", responses={200: HearingApplicants})
def applicants(path: CasePath, query: Window) -> Response:
    """List those who enrolled, group by group."""
    with tokens.begin_reading() as work:
        page = hearing_page(work, path.case_id)
        rows = [one for row in page.rows for one in row.enrolled]
        part = rows[query.offset : query.offset + query.limit]
        return tokens.show(
            HearingApplicants(
                items=[HearingApplicant.model_validate(one) for one in part],
                total=len(rows),
                next=pages.next_part(query, len(rows)),
            )
        )


@bp.post(f"{PLACE}/plan", **DONE)
def plan(path: CasePath, body: NewHearingPlan) -> Response:
    """Say when and where it is to be."""
    with tokens.begin_work() as work:
        hearings.plan_hearing(work, path.case_id, body.typed())
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/groups", responses={201: Hearing})
def add_group(path: CasePath, body: NewHearingGroup) -> Response:
    """Add a group."""
    with tokens.begin_work() as work:
        hearings.add_group(work, path.case_id, body.typed())
        return hearing_now(work, path.case_id, HTTPStatus.CREATED)


@bp.post(f"{PLACE}/groups/{HearingGroupPath.RULE}/removal", **DONE)
def remove_group(path: HearingGroupPath) -> Response:
    """Take a group away again."""
    with tokens.begin_work() as work:
        hearings.remove_group(work, path.case_id, {"group_id": str(path.group_id)})
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/postponement", **DONE)
def postpone(path: CasePath, body: HearingPostponement) -> Response:
    """Put it off to a later day."""
    with tokens.begin_work() as work:
        hearings.reschedule(work, path.case_id, body.typed())
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/applicants", responses={201: HearingApplicant})
def enrol(path: CasePath, body: Enrolment) -> Response:
    """Enter an enrolment that came on paper or by telephone."""
    with tokens.begin_work() as work:
        row = enrolments.enter_applicant(work, path.case_id, body.typed())
        work.settle()
        shape = HearingApplicant.model_validate(row)
        return tokens.reply(work, shape, HTTPStatus.CREATED)


@bp.post(f"{PLACE}/lists", **DONE)
def publish(path: CasePath, body: SeedSource) -> Response:
    """Publish the numbered lists with their digests."""
    with tokens.begin_work() as work:
        draws.publish_lists(work, path.case_id, body.typed())
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/draw", **DONE)
def draw(path: CasePath, body: Seed) -> Response:
    """Draw the places by the public figure, once."""
    with tokens.begin_work() as work:
        draws.draw_lists(work, path.case_id, body.typed())
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/participants", responses={201: Hearing})
def name(path: CasePath, body: NamedParticipant) -> Response:
    """Put somebody on the list who is invited or recommended."""
    with tokens.begin_work() as work:
        participants.name_participant(work, path.case_id, body.typed())
        return hearing_now(work, path.case_id, HTTPStatus.CREATED)


@bp.post(f"{PLACE}/participants/{ParticipantPath.RULE}/excuse", **DONE)
def excuse(path: ParticipantPath, body: Excuse) -> Response:
    """Take somebody off who cannot come; a substitute follows."""
    typed = {"participant_id": str(path.participant_id), **body.typed()}
    with tokens.begin_work() as work:
        participants.excuse_participant(work, path.case_id, typed)
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/deliveries", **DONE)
def deliver(path: CasePath, body: Delivery) -> Response:
    """Note that the documents reached participants, and what proves it."""
    ticked = dict.fromkeys(
        (f"{participants.TICKED}{one}" for one in body.participant_ids), "yes"
    )
    with tokens.begin_work() as work:
        participants.mark_delivered(work, path.case_id, {**body.typed(), **ticked})
        require_listed(work, path.case_id, body.participant_ids)
        return hearing_now(work, path.case_id)


def require_listed(work: Work, case_id: int, ids: Iterable[int]) -> None:
    """Insist that whoever is named has a place; a page offers nobody else.

    Raises:
        Invalid: Somebody has none.
    """
    people = {one.id for one in hearing_page(work, case_id).people}
    for one in ids:
        if one not in people:
            sentence = f"编号为 {one} 的人不在参加人名单中，请核对。"
            raise Invalid({"participant_id": sentence})


def hearing_now(
    work: Work, case_id: int, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    """Return the hearing as it stands after what was just done."""
    work.settle()
    return tokens.reply(work, hearing_shape(hearing_page(work, case_id)), status)

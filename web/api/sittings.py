"""At a hearing: who speaks when, who came and signed, what was said of what."""

from http import HTTPStatus

from flask import Response

from reviewflow.usecases import sittings
from web.api import tokens
from web.api.blueprints import noun
from web.api.hearings import DONE, PLACE, hearing_now, require_listed
from web.api.paths import CasePath, OpinionPath
from web.api.shapes.hearing_acts import Marks, NewHearingOpinion, OpinionAdoption, Turns
from web.api.shapes.hearings import Hearing

bp = noun("sittings")


@bp.post(f"{PLACE}/turns", **DONE)
def order(path: CasePath, body: Turns) -> Response:
    """Say in which order they speak."""
    typed = {
        f"turn-{one.participant_id}": "" if one.turn is None else str(one.turn)
        for one in body.turns
    }
    with tokens.begin_work() as work:
        sittings.set_turns(work, path.case_id, typed)
        named = [one.participant_id for one in body.turns]
        require_listed(work, path.case_id, named)
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/presence", **DONE)
def attend(path: CasePath, body: Marks) -> Response:
    """Note who came, and who signed the record or refused to."""
    typed = {
        f"{name}-{one.participant_id}": said
        for one in body.marks
        for name, said in one.typed().items()
    }
    with tokens.begin_work() as work:
        sittings.mark_presence(work, path.case_id, typed)
        named = [one.participant_id for one in body.marks]
        require_listed(work, path.case_id, named)
        return hearing_now(work, path.case_id)


@bp.post(f"{PLACE}/opinions", responses={201: Hearing})
def speak(path: CasePath, body: NewHearingOpinion) -> Response:
    """Write down one point a participant made."""
    with tokens.begin_work() as work:
        sittings.add_opinion(work, path.case_id, body.typed())
        return hearing_now(work, path.case_id, HTTPStatus.CREATED)


@bp.post(f"{PLACE}/opinions/{OpinionPath.RULE}/adoption", **DONE)
def answer(path: OpinionPath, body: OpinionAdoption) -> Response:
    """Say what becomes of a point."""
    typed = {"opinion_id": str(path.opinion_id), **body.typed()}
    with tokens.begin_work() as work:
        sittings.answer_opinion(work, path.case_id, typed)
        return hearing_now(work, path.case_id)

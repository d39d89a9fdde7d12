"""What happens to sample matters beside their steps, by the name it has in the data."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from reviewflow.demo import bases, consultations, hearings
from reviewflow.demo.player import Player
from reviewflow.model.meeting import Meeting
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.meetings import plan_meeting, put_on_agenda

Doing = Callable[[Player, int, Any, datetime], None]


def _withdraw(player: Player, case_id: int, reason: str, at: datetime) -> None:
    """Let the drafter take the matter back."""
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        withdraw_case(work, case_id, reason)


def _list(player: Player, case_id: int, said: Mapping[str, Any], at: datetime) -> None:
    """Put the matter on the agenda of a meeting, planned if it is not yet."""
    organ_id = player.roster.units[said["organ"]]
    secretary = player.roster.people[said["secretary"]]
    with player.runtime.begin(secretary, at) as work:
        meeting = work.session.scalar(
            sa.select(Meeting).where(
                Meeting.organ_id == organ_id, Meeting.name == said["meeting"]["name"]
            )
        )
        if meeting is None:
            typed = {**said["meeting"], "organ_id": str(organ_id)}
            meeting = plan_meeting(work, typed)
        put_on_agenda(work, meeting.id, {"case_id": str(case_id)})


DOINGS: Mapping[str, Doing] = {
    "enter_bases": bases.enter,
    "ask_units": consultations.ask,
    "units_answer": consultations.hear,
    "public_comments": consultations.comment,
    "letter_comes": consultations.write,
    "group_comments": consultations.group,
    "answer_groups": consultations.answer,
    "plan_hearing": hearings.plan,
    "people_enrol": hearings.take_names,
    "invite_people": hearings.invite,
    "publish_lists": hearings.publish,
    "draw_lists": hearings.draw,
    "put_on_agenda": _list,
    "withdraw": _withdraw,
}

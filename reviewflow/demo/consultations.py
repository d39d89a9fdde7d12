"""The sample city asked for its opinion: other units, the public, the answers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from reviewflow.demo.player import Player
from reviewflow.model.consultation import CommentGroup, Consultation
from reviewflow.model.unit_opinion import UnitOpinion
from reviewflow.usecases.comment_groups import group_comments
from reviewflow.usecases.comments import enter_comment, receive_comment
from reviewflow.usecases.consultations import Answer, answer_groups
from reviewflow.usecases.unit_opinions import ask_units, record_stance

COMMENT = ("name", "clause", "text")
STANCE = ("stance", "text")


def ask(player: Player, case_id: int, said: Mapping[str, Any], at: datetime) -> None:
    """Ask other units, who have some days to answer."""
    unit_ids = [player.roster.units[key] for key in said["units"]]
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        due_on = work.today + timedelta(said["days"])
        ask_units(work, case_id, unit_ids, due_on.isoformat())


def hear(player: Player, case_id: int, said: Mapping[str, Any], at: datetime) -> None:
    """Keep what the units answered."""
    for key, stance in said.items():
        with player.runtime.begin(player.drafter_of(case_id), at) as work:
            row = work.session.scalars(
                sa.select(UnitOpinion).where(
                    UnitOpinion.case_id == case_id,
                    UnitOpinion.unit_id == player.roster.units[key],
                )
            ).one()
            typed = dict(zip(STANCE, stance, strict=True))
            typed["answered_on"] = work.today.isoformat()
            record_stance(work, case_id, row.id, typed)


def comment(player: Player, case_id: int, rows: list[Any], at: datetime) -> None:
    """Let people comment on the public page."""
    for place, row in enumerate(rows):
        with player.runtime.begin(None, at) as work:
            consultation_id = work.session.scalars(
                sa.select(Consultation.id).where(Consultation.case_id == case_id)
            ).one()
            key = f"sample-{case_id}-{at:%Y%m%d}-{place}"
            typed = dict(zip(COMMENT, row, strict=True))
            receive_comment(work, consultation_id, key, typed)


def write(player: Player, case_id: int, letter: Any, at: datetime) -> None:
    """Enter a letter that came on paper."""
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        enter_comment(work, case_id, {**letter, "received_on": work.today.isoformat()})


def group(player: Player, case_id: int, _said: Any, at: datetime) -> None:
    """Put together what says the same."""
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        group_comments(work, case_id)


def answer(
    player: Player, case_id: int, said: Mapping[int, list[str]], at: datetime
) -> None:
    """Answer some of the groups, by their numbers."""
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        groups = work.session.scalars(
            sa.select(CommentGroup).where(
                CommentGroup.case_id == case_id, CommentGroup.number.in_(said)
            )
        )
        answers = {row.id: Answer(*said[row.number]) for row in groups}
        answer_groups(work, case_id, answers)

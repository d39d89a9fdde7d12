"""The sample city's tables of bases: rows entered while a draft is worked on."""

from datetime import datetime
from typing import Any

from reviewflow.demo.player import Player
from reviewflow.queries.bases import latest_draft
from reviewflow.usecases.bases import add_basis

ROW = ("clause", "nature", "source", "quote", "note")


def enter(player: Player, case_id: int, rows: list[Any], at: datetime) -> None:
    """Enter what some provisions rest on."""
    with player.runtime.read(None, at) as work:
        draft = latest_draft(work, case_id)
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        for row in rows:
            add_basis(work, case_id, dict(zip(ROW, row, strict=True)), draft)

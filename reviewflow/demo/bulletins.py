"""The sample city's report on a quarter, frozen when its limits had ended."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.queries.bulletin_figures import bulletin_figures
from reviewflow.usecases.bulletins import freeze_bulletin

LAST = 100
"""Everything else of that day comes before."""


def reported(player: Player, rows: list[Mapping[str, Any]]) -> Iterator[Act]:
    """Return the making of each report."""
    for place, row in enumerate(rows):
        yield Act(at_turn(row["made_on"], LAST), place, _freezing(player, row))


def _freezing(player: Player, row: Mapping[str, Any]) -> Callable[[datetime], None]:
    def freeze(at: datetime) -> None:
        roster = player.roster
        organ_id = str(roster.units[row["organ"]])
        asked = {"organ_id": organ_id, "period": row["period"], "as_of": row["as_of"]}
        with player.runtime.begin(roster.people[row["made_by"]], at) as work:
            freeze_bulletin(work, asked, bulletin_figures)

    return freeze

"""What holds of the sample city's units: entered by its administrator, day by day."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby

from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.usecases.unit_terms import enter_unit_term

KEEPER = "guan.li"

Line = list[str]
"""Unit, sort, holder, first and last day."""


def entered(player: Player, rows: list[Line]) -> Iterator[Act]:
    """Return the entries, all of a day at once; rows are in the order of time."""
    for first, lines in groupby(rows, key=lambda row: row[3]):
        day = date.fromisoformat(first)
        yield Act(at_turn(day, 0), 0, _entering(player, list(lines)))


def _entering(player: Player, lines: list[Line]) -> Callable[[datetime], None]:
    def enter(at: datetime) -> None:
        roster = player.roster
        with player.runtime.begin(roster.people[KEEPER], at) as work:
            for unit, sort, holder, first, last in lines:
                told = {"holder": holder, "valid_from": first, "valid_to": last}
                enter_unit_term(work, roster.units[unit], {"sort": sort, **told})

    return enter

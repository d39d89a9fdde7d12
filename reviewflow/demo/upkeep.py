"""The sample city's library kept up: a clean-up under way, post-assessments."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.model.cleanup import Cleanup
from reviewflow.usecases.cleanups import (
    answer_item,
    confirm_item,
    items_of,
    start_cleanup,
)
from reviewflow.usecases.post_assessments import plan_assessment


@dataclass(slots=True)
class Campaign:
    """A clean-up under way: its id, once it exists."""

    player: Player
    row: Mapping[str, Any]
    cleanup_id: int = 0

    def start(self, at: datetime) -> None:
        """Begin it."""
        typed = {name: str(said) for name, said in self.row["cleanup"].items()}
        organ_id = self.player.roster.units[self.row["organ"]]
        with self.player.runtime.begin(self._person("started_by"), at) as work:
            started = start_cleanup(work, {**typed, "organ_id": str(organ_id)})
            self.cleanup_id = started.id

    def answer(self, at: datetime) -> None:
        """Let the drafting units say what is to become of their documents."""
        items = self._items(at)
        for title, (name, proposal, reason) in self.row["answers"].items():
            with self.player.runtime.begin(self.player.roster.people[name], at) as work:
                answer_item(work, items[title], proposal, reason)

    def confirm(self, at: datetime) -> None:
        """Let the review office confirm some of it."""
        items = self._items(at)
        for title, (result, reason) in self.row["confirmed"].items():
            with self.player.runtime.begin(self._person("confirmed_by"), at) as work:
                confirm_item(work, items[title], result, reason)

    def _items(self, at: datetime) -> dict[str, int]:
        with self.player.runtime.read(None, at) as work:
            rows = items_of(work, work.get(Cleanup, self.cleanup_id))
            return {row.document.publication.title: row.id for row in rows}

    def _person(self, part: str) -> int:
        return self.player.roster.people[self.row[part]]


def kept_up(player: Player, data: Mapping[str, Any]) -> Iterator[Act]:
    """Return what was done to keep the library up."""
    for place, row in enumerate(data["cleanups"]):
        campaign = Campaign(player, row)
        acts: list[tuple[str, Callable[[datetime], None]]] = [
            ("started_on", campaign.start),
            ("answered_on", campaign.answer),
            ("confirmed_on", campaign.confirm),
        ]
        for day, act in acts:
            yield Act(at_turn(row[day], 70), place, act)
    for place, row in enumerate(data["post_assessments"]):
        yield Act(at_turn(row["planned_on"], 70), place, _planning(player, row))


def _planning(player: Player, row: Mapping[str, Any]) -> Callable[[datetime], None]:
    typed = {name: str(said) for name, said in row["plan"].items()}

    def act(at: datetime) -> None:
        actor_id = player.roster.people[row["planned_by"]]
        with player.runtime.begin(actor_id, at) as work:
            plan_assessment(work, typed)

    return act

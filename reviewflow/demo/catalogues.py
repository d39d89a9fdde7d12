"""The sample city's yearly catalogues, kept by its office."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from reviewflow import notices
from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.model.case import Case
from reviewflow.model.people import Role
from reviewflow.usecases.catalogue_items import link_case, propose_item, settle_item
from reviewflow.usecases.catalogues import consent_catalogue, publish_catalogue


@dataclass(slots=True)
class Keeping:
    """One catalogue under way: its id and those of its items, once they exist."""

    player: Player
    row: dict[str, Any]
    catalogue_id: int = 0
    item_ids: dict[str, int] = field(default_factory=dict)

    def propose(self, item: dict[str, str], at: datetime) -> None:
        """Let a drafter of the unit propose a matter."""
        unit_id = self.player.roster.units[item["unit"]]
        with self.player.runtime.read(None, at) as work:
            drafter = notices.holders(work, Role.DRAFTER, unit_id)[0]
        typed = {**item, "unit_id": str(unit_id)}
        asked = {"sort": self.row["sort"], "year": str(self.row["year"])}
        with self.player.runtime.begin(drafter, at) as work:
            proposed = propose_item(work, typed | asked)
            self.catalogue_id = proposed.catalogue_id
            self.item_ids[item["title"]] = proposed.id

    def settle(self, at: datetime) -> None:
        """List everything that was proposed."""
        with self.player.runtime.begin(self._keeper, at) as work:
            for item_id in self.item_ids.values():
                settle_item(work, item_id, is_listed=True, reason="")

    def consent(self, at: datetime) -> None:
        """Note the consent."""
        with self.player.runtime.begin(self._keeper, at) as work:
            consent_catalogue(work, self.catalogue_id, *self.row["consent"])

    def publish(self, at: datetime) -> None:
        """Note the publication."""
        with self.player.runtime.begin(self._keeper, at) as work:
            publish_catalogue(work, self.catalogue_id, *self.row["publish"])

    def link(self, at: datetime) -> None:
        """Name the cases that have begun since."""
        with self.player.runtime.begin(self._keeper, at) as work:
            for title, item_id in self.item_ids.items():
                number = work.session.scalar(
                    sa.select(Case.number).where(Case.title == title)
                )
                if number is not None:
                    link_case(work, item_id, number)

    @property
    def _keeper(self) -> int:
        return self.player.roster.people[self.row["keeper"]]


def kept(player: Player, rows: list[dict[str, Any]]) -> Iterator[Act]:
    """Return everything that happened to the catalogues."""
    for place, row in enumerate(rows):
        keeping = Keeping(player, row)
        for turn, item in enumerate(row["items"]):
            yield Act(at_turn(row["proposed_on"], turn), place, _of(keeping, item))
        acts: tuple[tuple[date, Callable[[datetime], None]], ...] = (
            (row["settled_on"], keeping.settle),
            (row["consent"][0], keeping.consent),
            (row["publish"][0], keeping.publish),
            (row["linked_on"], keeping.link),
        )
        for day, act in acts:
            yield Act(at_turn(day, 1), place, act)


def _of(keeping: Keeping, item: dict[str, str]) -> Callable[[datetime], None]:
    return lambda at: keeping.propose(item, at)

"""The sample city's filings under review: begun, judged, mended."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from reviewflow import notices
from reviewflow.demo.player import Matter, Player
from reviewflow.demo.timeline import Act, at_turn, steps_of
from reviewflow.effects.filing_reviews import KIND, authority_id
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.people import Role
from reviewflow.model.publication import Publication
from reviewflow.usecases.filing_reviews import begin_filing_review

LATE_IN_THE_DAY = 50
"""After what else is done on a day: the filing has to be registered."""


@dataclass(slots=True)
class Reviewing:
    """The review of one filing: its case, once it has begun."""

    player: Player
    matter: Matter
    case_id: int = 0

    def begin(self, at: datetime) -> None:
        """Begin it, as who reviews filings for the receiver."""
        with self.player.runtime.read(None, at) as work:
            duty = work.session.scalars(
                sa.select(FilingObligation)
                .join(FilingObligation.publication)
                .where(
                    Publication.title == self.matter.title,
                    FilingObligation.chain == Chain.GOV,
                )
            ).one()
            unit_id = authority_id(work, duty) or 0
            reviewer = notices.holders(work, Role.FILING_REVIEWER, unit_id)[0]
            filing_id = duty.id
        with self.player.runtime.begin(reviewer, at) as work:
            self.case_id = begin_filing_review(work, filing_id).case_id

    def step(self, step: str, special: Mapping[str, Any]) -> Callable[[datetime], None]:
        """Return the doing of one of its steps."""
        return lambda at: self.player.do(self.case_id, step, at, self.matter, special)


def reviewed(player: Player, rows: list[dict[str, Any]]) -> Iterator[Act]:
    """Return everything that happened to the filings under review."""
    for place, row in enumerate(rows):
        matter = Matter(KIND, row["title"], "", "", "", {}, {}, {})
        reviewing = Reviewing(player, matter)
        yield Act(at_turn(row["begun_on"], LATE_IN_THE_DAY), place, reviewing.begin)
        for day, steps in row["path"].items():
            for turn, (step, special) in enumerate(steps_of(steps), LATE_IN_THE_DAY):
                act = reviewing.step(step, special)
                yield Act(at_turn(day, turn), place, act)

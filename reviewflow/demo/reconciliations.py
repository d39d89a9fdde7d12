"""The sample city's list of issued documents, matched with what was filed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.usecases.reconciliations import import_list, send_list

HEADINGS = ["文件名称", "文号", "发文日期", "制定机关"]
COLUMNS = dict(
    zip(("title", "doc_number", "issued_on", "maker"), HEADINGS, strict=True)
)
LAST = 100
"""Everything else of that day comes before."""


def reconciled(player: Player, rows: list[Mapping[str, Any]]) -> Iterator[Act]:
    """Return the import of each list; who reconciles it decides about no row yet."""
    for place, row in enumerate(rows):
        yield Act(at_turn(row["sent_on"], LAST), place, _sending(player, row))


def _sending(player: Player, row: Mapping[str, Any]) -> Callable[[datetime], None]:
    def send(at: datetime) -> None:
        roster = player.roster
        whose = f"{roster.units[row['keeper']]}-0"
        lines = list(enumerate([HEADINGS, *row["documents"]], start=1))
        with player.runtime.begin(roster.people[row["sent_by"]], at) as work:
            sent = send_list(work, whose, row["source"], row["name"], lines)
            import_list(work, sent.id, COLUMNS)
        run_waiting_jobs(player.runtime, at)

    return send

"""The sample city's yearly reports: filled in by reviewers, and sent."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.report_sendings import printed_report, sending_page
from reviewflow.queries.reports import wanted_report
from reviewflow.usecases.report_sendings import Paper, record_sending
from reviewflow.usecases.reports import write_report_text
from reviewflow.work import Work

AFTERNOON = 60
"""After what else is done on a day."""
FIRST = "0"


def written(player: Player, rows: list[Mapping[str, Any]]) -> Iterator[Act]:
    """Return what was written into each report, and that it was sent."""
    turn = 0
    for row in rows:
        for passage in row.get("passages", ()):
            turn += 1
            doing = _writing(player, row, passage)
            yield Act(at_turn(passage["day"], AFTERNOON), turn, doing)
        for sending in row["sendings"]:
            turn += 1
            doing = _sending(player, row, sending)
            yield Act(at_turn(sending["day"], AFTERNOON), turn, doing)


def _writing(
    player: Player, row: Mapping[str, Any], passage: Mapping[str, str]
) -> Callable[[datetime], None]:
    def write(at: datetime) -> None:
        typed = {**_of(player, row), "read": FIRST}
        typed |= {name: passage[name] for name in ("passage", "text")}
        with player.runtime.begin(player.roster.people[passage["by"]], at) as work:
            write_report_text(work, row["year"], typed, outlines().reports)

    return write


def _sending(
    player: Player, row: Mapping[str, Any], sending: Mapping[str, Any]
) -> Callable[[datetime], None]:
    def send(at: datetime) -> None:
        actor, of = player.roster.people[sending["by"]], _of(player, row)
        with player.runtime.read(actor, at) as work:
            before = sending_page(work, wanted_report(work, row["year"], of)).last
            paper = None if before else _paper(work, row["year"], of)
        said = {name: str(value) for name, value in sending["said"].items()}
        typed = {**of, **said, "read": str(before.id) if before else FIRST}
        with player.runtime.begin(actor, at) as work:
            record_sending(work, row["year"], typed, outlines().reports, (paper, None))

    return send


def _paper(work: Work, year: int, of: Mapping[str, str]) -> Paper:
    printed = printed_report(work, wanted_report(work, year, of))
    stored = work.files.put(BytesIO(printed.content))
    return Paper(printed.as_of, printed.rule_version, stored)


def _of(player: Player, row: Mapping[str, Any]) -> dict[str, str]:
    return {"report": row["report"], "organ": str(player.roster.units[row["organ"]])}

"""What happened in the sample city, in the order of time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from reviewflow import clock
from reviewflow.demo.doings import DOINGS
from reviewflow.demo.player import Matter, Player, filled
from reviewflow.law.calendar import WorkCalendar
from reviewflow.law.deadlines import deadline_calendar, latest_working_before

FIRST_HOUR = 9
APART = timedelta(minutes=5)
CONSULTED_DAYS = 30
OUTSIDE, INSIDE = "published_document", "normative_document"


@dataclass(order=True, slots=True)
class Act:
    """One thing somebody does at an instant."""

    at: datetime
    place: int
    do: Callable[[datetime], None] = field(compare=False)


@dataclass(slots=True)
class Story:
    """One matter under way: its case and its filings, once they exist."""

    player: Player
    matter: Matter
    case_id: int = 0

    def begin(self, at: datetime) -> None:
        """Register the matter."""
        self.case_id = self.player.begin(self.matter, at)

    def step(self, step: str, special: Any) -> Callable[[datetime], None]:
        """Return the doing of one step of the matter, or of what goes beside it."""
        if step in DOINGS:
            said = filled(special, self.matter.days)
            return lambda at: DOINGS[step](self.player, self.case_id, said, at)
        return lambda at: self.player.do(self.case_id, step, at, self.matter, special)

    def filing(
        self, to: str, step: str, special: Mapping[str, Any]
    ) -> Callable[[datetime], None]:
        """Return the doing of one step of its filing, by chain or by authority."""

        def act(at: datetime) -> None:
            case_id = self.player.filing_of(self.case_id, to, at)
            self.player.do(case_id, step, at, self.matter, special)

        return act


def told(player: Player, rows: list[dict[str, Any]]) -> Iterator[Act]:
    """Return everything that happened to the documents already published."""
    for place, row in enumerate(rows):
        yield from _acts(place, Story(player, _matter(row)), row, lambda day: day)


def under_way(
    player: Player, rows: list[dict[str, Any]], today: date, calendar: WorkCalendar
) -> Iterator[Act]:
    """Return what happened to matters under way, counted back in working days."""

    def on(days: int) -> date:
        return latest_working_before(today, -days, calendar).due_on if days else today

    for place, row in enumerate(rows):
        days = {
            "consulted_from": _day_of(row, "open_consultation", on),
            "consulted_to": _last_day(row, on, calendar),
        }
        for name, ahead in row.get("days", {}).items():
            day = today + timedelta(ahead) if ahead > 0 else on(ahead)
            days[name] = day.isoformat()
        yield from _acts(place, Story(player, _matter(row | {"days": days})), row, on)


def _matter(row: Mapping[str, Any]) -> Matter:
    outside = any("register_document" in steps for steps in row["path"].values())
    return Matter(
        kind=row.get("kind", OUTSIDE if outside else INSIDE),
        title=row["title"],
        code=row.get("code", "ZFGFXWJ"),
        unit=row["unit"],
        maker=row["maker"],
        days={name: str(value) for name, value in row.get("days", {}).items()},
        facts=row.get("facts", {}),
        answers=row.get("answers", {}),
    )


def _acts(
    place: int, story: Story, row: Mapping[str, Any], on: Callable[[Any], date]
) -> Iterator[Act]:
    first = min(row["path"])
    yield Act(at_turn(on(first), 0), place, story.begin)
    for day, steps in row["path"].items():
        for turn, (step, special) in enumerate(steps_of(steps), start=1):
            yield Act(at_turn(on(day), turn), place, story.step(step, special))
    for chain, path in row.get("filings", {}).items():
        for day, steps in path.items():
            for turn, (step, special) in enumerate(steps_of(steps), start=20):
                act = story.filing(chain, step, special)
                yield Act(at_turn(on(day), turn), place, act)


def steps_of(steps: list[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give each step of a day with what is special about it."""
    for step in steps:
        if isinstance(step, str):
            yield step, {}
        else:
            yield from step.items()


def at_turn(day: date, turn: int) -> datetime:
    """Return the instant of one of the things done on a day, in their order."""
    return clock.beijing_instant(day, FIRST_HOUR) + turn * APART


def _day_of(row: Mapping[str, Any], step: str, on: Callable[[int], date]) -> str:
    for days, steps in row["path"].items():
        if step in [name for name, _ in steps_of(steps)]:
            return on(days).isoformat()
    return on(0).isoformat()


def _last_day(
    row: Mapping[str, Any], on: Callable[[int], date], calendar: WorkCalendar
) -> str:
    """Return when comments end: as it was, or as it is announced."""
    steps = [name for of_day in row["path"].values() for name, _ in steps_of(of_day)]
    if "close_consultation" in steps:
        return _day_of(row, "close_consultation", on)
    first = date.fromisoformat(_day_of(row, "open_consultation", on))
    return deadline_calendar(first, CONSULTED_DAYS, calendar).due_on.isoformat()

"""The sample city's organs and people, added through the use cases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from reviewflow import passwords
from reviewflow.model.people import Level, Role, Unit, UnitDuty, UnitSort
from reviewflow.usecases.counsels import enter_counsel
from reviewflow.usecases.people import add_unit, add_user
from reviewflow.work import Runtime

DATA = Path(__file__).parent / "data"
PASSWORD = "Shili-Chengshi-2026"  # noqa: S105 # printed for everybody to see
RESIDENTS = "people.yaml"


@dataclass(slots=True)
class Roster:
    """Ids of the sample city's organs and people by their keys."""

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


def read_data(name: str) -> Any:
    """Return what a data file of the sample city says."""
    return yaml.load((DATA / name).read_bytes(), Loader=yaml.CSafeLoader)


def read_text(name: str) -> str:
    """Return a text file of the sample city."""
    return (DATA / name).read_text(encoding="utf-8")


def settle(runtime: Runtime, at: datetime) -> Roster:
    """Add every organ and everybody with their posts, from a day on."""
    roster, password = Roster(), passwords.accepted(PASSWORD, "")
    with runtime.begin(None, at) as work:
        for key, row in read_data("units.yaml").items():
            roster.units[key] = add_unit(work, _unit(roster, row)).id
        for key, (display_name, *posts) in read_data(RESIDENTS).items():
            held = list(_posts(roster, posts))
            user = add_user(work, key, display_name, password, held)
            user.position = len(roster.people)
            roster.people[key] = user.id
        for key, entry in read_data("counsels.yaml").items():
            enter_counsel(work, roster.people[key], entry)
    return roster


def _unit(roster: Roster, row: list[str]) -> Unit:
    name, short_name, prefix, level, sort, duty, area, government, superior = row
    return Unit(
        name=name,
        short_name=short_name,
        document_prefix=prefix,
        level=Level(level),
        sort=UnitSort(sort),
        duty=UnitDuty(duty) if duty else None,
        area=area,
        position=len(roster.units),
        government_id=roster.units.get(government),
        superior_id=roster.units.get(superior),
    )


def _posts(roster: Roster, posts: list[str]) -> Iterator[tuple[Role, int]]:
    for post in posts:
        role, unit = post.split("@")
        yield Role(role), roster.units[unit]

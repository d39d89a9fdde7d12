"""The sample city's hearings: planned, people enrol, and their places are drawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reviewflow import hearing_rows
from reviewflow.demo.player import Player
from reviewflow.usecases.draws import draw_lists, publish_lists
from reviewflow.usecases.enrolments import enrol
from reviewflow.usecases.hearings import add_group, plan_hearing
from reviewflow.usecases.participants import name_participant

GROUP = ("group_name", "quota", "how")
APPLICANT = ("name", "contact", "represents")
INVITED = ("person", "interest")


def plan(player: Player, case_id: int, said: Mapping[str, Any], at: datetime) -> None:
    """Say when and where it is to be, and which groups take part."""
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        plan_hearing(work, case_id, said["plan"])
        for row in said["groups"]:
            add_group(work, case_id, dict(zip(GROUP, row, strict=True)))


def take_names(
    player: Player, case_id: int, said: Mapping[str, list[Any]], at: datetime
) -> None:
    """Let people enrol on the public page, each in a group."""
    plan_id, groups = _known(player, case_id, at)
    for name, rows in said.items():
        for row in rows:
            typed = dict(zip(APPLICANT, row, strict=True))
            key = f"sample-of-the-form-{case_id}-{row[1]}"
            with player.runtime.begin(None, at) as work:
                enrol(work, plan_id, {**typed, "group_id": groups[name]}, key)


def invite(
    player: Player, case_id: int, said: Mapping[str, list[Any]], at: datetime
) -> None:
    """Name those who are invited."""
    _, groups = _known(player, case_id, at)
    for name, rows in said.items():
        for row in rows:
            typed = dict(zip(INVITED, row, strict=True))
            with player.runtime.begin(player.drafter_of(case_id), at) as work:
                name_participant(work, case_id, {**typed, "of_group": groups[name]})


def publish(player: Player, case_id: int, said: Any, at: datetime) -> None:
    """Publish who enrolled, and say which figure decides."""
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        publish_lists(work, case_id, said)


def draw(player: Player, case_id: int, said: Any, at: datetime) -> None:
    """Draw the places by that figure."""
    with player.runtime.begin(player.drafter_of(case_id), at) as work:
        draw_lists(work, case_id, said)


def _known(player: Player, case_id: int, at: datetime) -> tuple[int, dict[str, str]]:
    """Return the hearing and its groups by their names."""
    with player.runtime.read(None, at) as work:
        groups = hearing_rows.groups(work, case_id)
        plan_id = hearing_rows.plan_of(work, case_id).id
        return plan_id, {row.name: str(row.id) for row in groups}

"""The sample city's meetings, recorded person by person by its secretary."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.letters.render_docx import render_docx
from reviewflow.meeting_rows import MINUTES, agenda, attendees
from reviewflow.model.case import Case
from reviewflow.model.meeting import Meeting
from reviewflow.queries.letters import letter
from reviewflow.usecases.attendance import record_attendance
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.meetings import plan_meeting, put_on_agenda
from reviewflow.usecases.minutes import file_minutes
from reviewflow.usecases.statements import decide_item, record_statements

PERSON = ("name", "post", "presence", "standing", "reason")
SAID = ("turn", "voice", "text")
BEFORE_THE_STEP = -3


@dataclass(slots=True)
class Sitting:
    """One meeting under way: its id, once it exists."""

    player: Player
    row: Mapping[str, Any]
    meeting_id: int = 0

    def plan(self, at: datetime) -> None:
        """Plan the meeting, and put on its agenda what it is to talk of."""
        typed = {name: str(said) for name, said in self.row["meeting"].items()}
        organ_id = self.player.roster.units[self.row["organ"]]
        with self.player.runtime.begin(self._secretary, at) as work:
            meeting = plan_meeting(work, {**typed, "organ_id": str(organ_id)})
            self.meeting_id = meeting.id
            for title in self.row.get("items", {}):
                case_id = work.session.scalar(
                    sa.select(Case.id).where(Case.title == title)
                )
                put_on_agenda(work, meeting.id, {"case_id": str(case_id)})

    def record(self, at: datetime) -> None:
        """Write down who came, who said what, and what was decided."""
        typed = {"held_on": str(self.row["held_on"])}
        for place, person in enumerate(self.row["people"]):
            named = zip(PERSON, person, strict=False)
            typed |= {f"{name}-{place}": said for name, said in named}
        with self.player.runtime.begin(self._secretary, at) as work:
            record_attendance(work, self.meeting_id, typed)
        for title, said in self.row["items"].items():
            self._hear(title, said, at)

    def _hear(self, title: str, said: Mapping[str, Any], at: datetime) -> None:
        with self.player.runtime.begin(self._secretary, at) as work:
            meeting = work.get(Meeting, self.meeting_id)
            item = next(i for i in agenda(work, meeting) if i.case.title == title)
            people = {one.name: one.id for one in attendees(work, meeting)}
            typed = {"item_id": str(item.id)}
            for turn, (name, *words) in enumerate(said["statements"], start=1):
                answers = zip(SAID, (str(turn), *words), strict=False)
                typed |= {f"{asked}-{people[name]}": text for asked, text in answers}
            record_statements(work, meeting.id, typed)
            decide_item(work, meeting.id, {**typed, **said["decision"]})
            case_id = item.case_id
        with self.player.runtime.read(self._secretary, at) as work:
            minutes = letter(work, case_id, MINUTES)
        word = io.BytesIO(render_docx(minutes))
        upload = receive_upload(self.player.runtime.files, f"{minutes.sort}.docx", word)
        with self.player.runtime.begin(self._secretary, at) as work:
            file_minutes(work, case_id, upload)

    @property
    def _secretary(self) -> int:
        return self.player.roster.people[self.row["secretary"]]


def held(player: Player, rows: list[dict[str, Any]]) -> Iterator[Act]:
    """Return everything that happened around meetings, before the step records it."""
    for place, row in enumerate(rows):
        sitting = Sitting(player, row)
        acts: list[tuple[str, int, Callable[[datetime], None]]]
        acts = [("planned_on", 60, sitting.plan)]
        if "held_on" in row:
            acts.append(("held_on", BEFORE_THE_STEP, sitting.record))
        for day, turn, act in acts:
            yield Act(at_turn(row[day], turn), place, act)

"""The sample city's post-assessments: planned by its review office, then done."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import docx

from reviewflow.demo.player import Player
from reviewflow.demo.timeline import Act, at_turn
from reviewflow.usecases.documents import Upload, receive_upload
from reviewflow.usecases.post_assessments import finish_assessment, plan_assessment

LATE_IN_THE_DAY = 40
"""After what else is done on a day: the document has to be published."""


@dataclass(slots=True)
class Assessing:
    """One post-assessment: its id, once it is planned."""

    player: Player
    row: Mapping[str, Any]
    assessment_id: int = 0

    def plan(self, at: datetime) -> None:
        """Put the document into the plan."""
        planner = self.player.roster.people[self.row["planner"]]
        with self.player.runtime.begin(planner, at) as work:
            self.assessment_id = plan_assessment(work, self.row["plan"]).id

    def finish(self, at: datetime) -> None:
        """Tell what came of it."""
        report = self._report()
        assessor = self.player.roster.people[self.row["assessor"]]
        told = {**self.row["result"], "done_on": self.row["done_on"].isoformat()}
        with self.player.runtime.begin(assessor, at) as work:
            finish_assessment(work, self.assessment_id, told, report)

    def _report(self) -> Upload:
        paper = docx.Document()
        paper.add_heading("后评估报告", level=1)
        for part in ("summary", "next_steps"):
            paper.add_paragraph(self.row["result"][part])
        stream = io.BytesIO()
        paper.save(stream)
        stream.seek(0)
        return receive_upload(self.player.runtime.files, "后评估报告.docx", stream)


def assessed(player: Player, rows: list[dict[str, Any]]) -> Iterator[Act]:
    """Return everything that happened to the post-assessments."""
    for place, row in enumerate(rows):
        assessing = Assessing(player, row)
        planned_at = at_turn(row["planned_on"], LATE_IN_THE_DAY)
        yield Act(planned_at, place, assessing.plan)
        done_at = at_turn(row["done_on"], LATE_IN_THE_DAY)
        yield Act(done_at, place, assessing.finish)

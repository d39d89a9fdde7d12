"""集体讨论: minutes that fill themselves, and notes added to the record."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid
from reviewflow.model.case import Task
from reviewflow.queries.letters import letter
from reviewflow.usecases.statements import (
    add_supplement,
    decide_item,
    record_statements,
)
from tests.cast import Cast
from tests.conftest import As
from tests.meetings import (
    LATER,
    attended,
    complete,
    decided,
    heard,
    on_agenda,
    planned,
    spoken,
    waiting_case,
)


def test_a_correction_is_a_note_beside_the_record(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id, item_id = heard(as_, cast, case_id)
    typed = {"item_id": str(item_id), "text": "李强的职务应为市政府党组成员。"}
    with pytest.raises(Conflict, match="还没有记录"), as_(cast.secretary) as work:
        add_supplement(work, meeting_id, typed)
    decided(as_, cast, meeting_id, item_id)
    complete(as_, cast, case_id)
    with as_(cast.secretary, LATER) as work:
        add_supplement(work, meeting_id, typed)
    with as_(cast.secretary, LATER) as work:
        text = str(letter(work, case_id, "meeting_minutes").body)
        assert "2026年3月6日补充：李强的职务应为市政府党组成员。" in text
        assert "收费标准偏高" in text


def test_minutes_name_what_they_lack(as_: As, cast: Cast) -> None:
    case_id = waiting_case(as_, cast)
    meeting_id = planned(as_, cast)
    item_id = on_agenda(as_, cast, case_id, meeting_id)
    attended(as_, cast, meeting_id)
    with (
        pytest.raises(Invalid, match="缺少“发言情况”“会议决定”"),
        as_(cast.secretary) as work,
    ):
        letter(work, case_id, "meeting_minutes")
    with as_(cast.secretary) as work:
        record_statements(work, meeting_id, spoken(work, item_id))
        decide_item(work, meeting_id, {"item_id": str(item_id), "decision": "PASSED"})
    with as_(cast.secretary) as work:
        text = str(letter(work, case_id, "meeting_minutes").body)
        task = work.session.scalars(
            sa.select(Task).where(Task.case_id == case_id, Task.closed_at.is_(None))
        ).one()
    for said in (
        "应到4人，实到3人",
        "列席：钱立（市司法局局长）。",
        "会议决定：通过。",
    ):
        assert said in text
    assert task.step == "hold_meeting"

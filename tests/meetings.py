"""A meeting with attendance and statements, brought to where a test begins."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from reviewflow import meeting_rows
from reviewflow.model.meeting import AgendaItem, Attendee
from reviewflow.usecases.attendance import record_attendance
from reviewflow.usecases.meetings import plan_meeting, put_on_agenda
from reviewflow.usecases.statements import decide_item, record_statements
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Work
from tests.cast import Cast
from tests.conftest import As
from tests.decisions import decision
from tests.steps import bring_to, new_case, upload, waiting

LATER = datetime(2026, 3, 6, 4, tzinfo=UTC)
HELD_ON = "2026-03-02"
NAME = "市政府第80次常务会议"
PEOPLE = (
    # name, post, presence, reason, standing
    ("周海", "市长", "PRESENT", "", "HEAD"),
    ("王芳", "常务副市长", "PRESENT", "", "MEMBER"),
    ("李强", "副市长", "PRESENT", "", "MEMBER"),
    ("赵明", "副市长", "LEAVE", "出差", "MEMBER"),
    ("钱立", "市司法局局长", "OBSERVER", "", "GUEST"),
)
SPOKEN = (
    # name, turn, voice, text
    ("王芳", "1", "AGREE", ""),
    ("李强", "2", "DISAGREE", "收费标准偏高，建议推迟。"),
    ("周海", "3", "AGREE_WITH_REMARKS", "按程序尽快公布。"),
)
FIELDS = ("name", "post", "presence", "reason", "standing")


def planned(as_: As, cast: Cast, **other: str) -> int:
    """Plan a meeting of the city; return its id."""
    typed = {
        "organ_id": str(cast.units["city"]),
        "sort": "EXECUTIVE",
        "name": NAME,
        "planned_on": HELD_ON,
        "chair": "周海（市长）",
        **other,
    }
    with as_(cast.secretary) as work:
        return plan_meeting(work, typed).id


def waiting_case(as_: As, cast: Cast) -> int:
    """Return a document of the city's own that waits for its meeting."""
    case_id = new_case(as_, cast, maker=str(cast.units["city"]))
    bring_to(as_, cast, case_id, "hold_meeting")
    return case_id


def waiting_decision(as_: As, cast: Cast) -> int:
    """Return a major decision that waits for its meeting."""
    case_id = decision(as_, cast)
    bring_to(as_, cast, case_id, "hold_meeting")
    return case_id


def on_agenda(as_: As, cast: Cast, case_id: int, meeting_id: int) -> int:
    """Put a case on an agenda; return the id of the item."""
    with as_(cast.secretary) as work:
        return put_on_agenda(work, meeting_id, {"case_id": str(case_id)}).id


def sheet(
    people: tuple[tuple[str, ...], ...] = PEOPLE, held_on: str = HELD_ON
) -> dict[str, str]:
    """Return the list of people as its form sends it."""
    rows = {
        f"{name}-{place}": said
        for place, row in enumerate(people)
        for name, said in zip(FIELDS, row, strict=True)
    }
    return {"held_on": held_on, **rows}


def attended(as_: As, cast: Cast, meeting_id: int, **other: str) -> None:
    """Write down who came."""
    with as_(cast.secretary) as work:
        record_attendance(work, meeting_id, sheet() | other)


def spoken(
    work: Work, item_id: int, said: tuple[tuple[str, ...], ...] = SPOKEN
) -> dict[str, str]:
    """Return what was said as its form sends it."""
    meeting_id = work.get(AgendaItem, item_id).meeting_id
    ids = {
        one.name: one.id
        for one in work.session.scalars(
            sa.select(Attendee).where(Attendee.meeting_id == meeting_id)
        )
    }
    typed = {"item_id": str(item_id)}
    for name, turn, voice, text in said:
        typed |= {
            f"turn-{ids[name]}": turn,
            f"voice-{ids[name]}": voice,
            f"text-{ids[name]}": text,
        }
    return typed


def heard(
    as_: As,
    cast: Cast,
    case_id: int,
    said: tuple[tuple[str, ...], ...] = SPOKEN,
) -> tuple[int, int]:
    """Hold a meeting on a case; return the ids of the meeting and the item."""
    meeting_id = planned(as_, cast)
    item_id = on_agenda(as_, cast, case_id, meeting_id)
    attended(as_, cast, meeting_id)
    with as_(cast.secretary) as work:
        record_statements(work, meeting_id, spoken(work, item_id, said))
    return meeting_id, item_id


def decided(as_: As, cast: Cast, meeting_id: int, item_id: int, **answers: str) -> None:
    """Write down the decision on an item."""
    typed = {"item_id": str(item_id), "decision": "PASSED", **answers}
    with as_(cast.secretary) as work:
        decide_item(work, meeting_id, typed)


def item_of(work: Work, case_id: int) -> AgendaItem:
    """Return the latest place of a case on an agenda."""
    return meeting_rows.items_of(work, case_id)[-1]


def complete(as_: As, cast: Cast, case_id: int, **answers: Any) -> None:
    """Do the step with nothing typed but this."""
    task_id = waiting(as_, case_id, "hold_meeting")
    with as_(cast.secretary) as work:
        upload(work, case_id, ["meeting_minutes"])
        complete_task(work, task_id, answers)

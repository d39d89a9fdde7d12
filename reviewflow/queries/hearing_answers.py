"""What the page of a hearing knows already, so that its forms do not ask again."""

from reviewflow import hearing_rows
from reviewflow.model.case import Task
from reviewflow.work import Work

ANNOUNCING, DELIVERING, HOLDING = STEPS = (
    "announce_hearing",
    "deliver_materials",
    "hold_hearing",
)


def known_of_hearing(work: Work, task: Task) -> dict[str, object]:
    """Return answers to a step of a hearing that are known; none to other steps."""
    plan = hearing_rows.find_plan(work, task.case_id) if task.step in STEPS else None
    if plan is None:
        return {}
    people = hearing_rows.participants(work, task.case_id)
    delivered = [person.delivered_on for person in people if person.delivered_on]
    known: dict[str, dict[str, object]] = {
        ANNOUNCING: {"planned_on": plan.planned_on, "place": plan.place},
        DELIVERING: {"delivered_on": max(delivered, default=None)},
        HOLDING: {
            "held_on": plan.planned_on,
            "participants": sum(bool(person.attended) for person in people),
        },
    }
    return {name: said for name, said in known[task.step].items() if said}

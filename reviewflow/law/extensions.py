"""A limit that was put off once (延期): how long it is then, and that it says so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reviewflow.law.calendar import Pause, WorkCalendar
from reviewflow.law.deadlines import Deadline, Step
from reviewflow.law.derivation import extension, length
from reviewflow.law.limits import TimeLimit, Unit

UNITS = {
    Unit.CALENDAR_DAY: "days",
    Unit.WORKING_DAY: "working_days",
    Unit.MONTH: "months",
    Unit.YEAR: "years",
}


def extended_deadline(
    limit: TimeLimit,
    start: date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause],
    extended_by: int,
) -> Deadline:
    """Return when a limit ends that was put off by so many of its units.

    Whether it may be put off is asked when somebody does so, not here.

    Raises:
        Invalid: As `TimeLimit.deadline`.
    """
    if not extended_by:
        return limit.deadline(start, calendar, pauses)
    longer = replace(limit, days=limit.days + extended_by)
    found = longer.deadline(start, calendar, pauses)
    unit = UNITS[limit.unit]
    said = extension(length(unit, limit.days), length(unit, extended_by))
    begun, *rest = found.steps
    return replace(found, steps=(begun, Step(start, said), *rest))

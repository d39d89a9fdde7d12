"""What a case has lived through, by parts: lines of its journal, limits that ran."""

from sqlalchemy.orm import joinedload

from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.event import Event
from reviewflow.queries.slices import Listed, Slice, Window
from reviewflow.work import Work


def list_events(work: Work, case: Case, window: Window) -> Slice[Event]:
    """Return a part of a case's journal, from its first line on."""
    options = [joinedload(Event.actor), joinedload(Event.unit)]
    of_case = [Event.case_id == case.id]
    return Listed(Event, of_case, [Event.seq.asc()], options).part(work, window)


def list_clocks(work: Work, case: Case, window: Window) -> Slice[CaseDeadline]:
    """Return a part of the limits that ran or run in a case, the first first."""
    of_case = [CaseDeadline.case_id == case.id]
    return Listed(CaseDeadline, of_case, [CaseDeadline.id.asc()]).part(work, window)

"""A case being registered: what is asked first, what is there, when it would be due."""

from dataclasses import dataclass

from reviewflow import organs
from reviewflow.effects.cases import REVIEW_STEP
from reviewflow.errors import Missing, Refused
from reviewflow.kinds.forms import Form
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.law.deadlines import Deadline
from reviewflow.law.limits import TimeLimit
from reviewflow.model.case import Task
from reviewflow.model.people import Role, Unit
from reviewflow.queries.answers import Answered, answered_forms, answers_of
from reviewflow.queries.cases import START
from reviewflow.queries.documents import Dossier, dossier
from reviewflow.queries.kinds import startable_kinds
from reviewflow.queries.next_steps import NextStep, following_steps
from reviewflow.queries.offers import Choices, offers_for
from reviewflow.queries.tasks import get_registration
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class Promise:
    """When the review would be over, if it were begun today."""

    limit: TimeLimit
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Basics:
    """What is asked before there is a case."""

    kind: ProcessKind
    form: Form
    units: list[Unit]
    offers: dict[str, Choices]
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class Registration:
    """A case whose first task still waits for the drafter."""

    task: Task
    title_label: str
    form: Form
    dossier: Dossier
    basics: Answered | None
    offers: dict[str, Choices]
    following: list[NextStep]
    promise: Promise | None


def kinds_to_start(work: Work) -> list[ProcessKind]:
    """Return the kinds the actor may start a case of, for a unit of theirs.

    Raises:
        Refused: The actor drafts nowhere.
    """
    if not work.actor.holds(Role.DRAFTER):
        raise Refused("只有起草人可以登记送审。如需登记，请联系本单位起草人。")
    makers = [o for u in _drafting_units(work) for o in organs.makers_for(work, u)]
    return [
        kind
        for kind in startable_kinds(work)
        if kind.start_form is not None
        and any(organs.can_make(o, kind, code) for o in makers for code in kind.codes)
    ]


def basics(work: Work, key: str) -> Basics:
    """Return what is asked to start a case of a kind.

    Raises:
        Refused: The actor drafts nowhere.
        Missing: There is no such kind to start.
    """
    kind = next((k for k in kinds_to_start(work) if k.key == key), None)
    if kind is None or kind.start_form is None:
        raise Missing
    units = _drafting_units(work)
    offers: dict[str, Choices] = {}
    for unit in units:
        for name, choices in offers_for(
            work, kind.start_form.fields, None, unit
        ).items():
            known = offers.setdefault(name, [])
            known += [choice for choice in choices if choice not in known]
    return Basics(kind, kind.start_form, units, offers, _promise(work, kind))


def registration(work: Work, case_id: int) -> Registration:
    """Return a case that the actor is still registering.

    Raises:
        Missing: There is no such case, or its registration is over.
    """
    task = get_registration(work, case_id)
    kind = work.process(task.case).kind
    form = kind.forms[task.step]
    rows = [row for row in answers_of(work, task.case) if row.step == START]
    filled = answered_forms(work, task.case, rows)
    return Registration(
        task=task,
        title_label=kind.title_label,
        form=form,
        dossier=dossier(work, case_id),
        basics=filled[0] if filled else None,
        offers=offers_for(work, form.fields, task.case, task.case.unit),
        following=following_steps(work, task),
        promise=_promise(work, kind),
    )


def _drafting_units(work: Work) -> list[Unit]:
    ids = sorted({unit for role, unit in work.actor.posts if role is Role.DRAFTER})
    units = [work.session.get_one(Unit, unit_id) for unit_id in ids]
    return sorted(units, key=lambda unit: (unit.position, unit.id))


def _promise(work: Work, kind: ProcessKind) -> Promise | None:
    """Return the end of the review's limit, counted from today."""
    step = kind.steps.get(REVIEW_STEP)
    if step is None or not step.deadline:
        return None
    limit = work.law.limit(step.deadline, work.today)
    return Promise(limit, work.law.deadline(step.deadline, work.today))

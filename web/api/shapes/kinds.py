"""How process kinds look."""

from datetime import date
from typing import Any

from pydantic import Field

from reviewflow.kinds.diagrams import Step as StepOfDiagram
from reviewflow.kinds.schema import form_schema
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.law.lawbook import Law
from reviewflow.model.process_version import ProcessVersion
from web.api.wire import Answer, Body, Instant


class Step(Answer):
    """A step somebody does."""

    id: str
    title: str
    role: str
    part: str
    phase: str | None
    limit: str | None
    verbs: list[str]
    form: dict[str, Any]


class Limit(Answer):
    """A limit of the kind, as it is in force today."""

    id: str
    title: str
    days: int
    unit: str
    steps: list[str]


class Kind(Answer):
    """A kind of case: what is asked of whom, and how long it may take."""

    key: str
    version: int
    title: str
    startable: bool
    codes: dict[str, str]
    source: str
    digest: str
    deployed_at: Instant
    start_form: dict[str, Any] | None
    steps: list[Step]
    deadlines: list[Limit]


class Kinds(Answer):
    """All kinds."""

    items: list[Kind]
    total: int
    next: str | None


class Version(Answer):
    """A version that was deployed."""

    key: str
    version: int = Field(validation_alias="number")
    title: str
    digest: str
    deployed_at: Instant


class Package(Body):
    """The folder of a kind as a zip file."""

    file: Any = Field(json_schema_extra={"type": "string", "format": "binary"})


def kind_shape(kind: ProcessKind, row: ProcessVersion, law: Law, today: date) -> Kind:
    """Return how a deployed kind looks today."""
    return Kind(
        key=kind.key,
        version=row.number,
        title=kind.title,
        startable=kind.startable,
        codes=dict(kind.codes),
        source=kind.source,
        digest=row.digest,
        deployed_at=row.deployed_at,
        start_form=form_schema(kind.start_form) if kind.start_form else None,
        steps=[_step(kind, step) for step in kind.steps.values()],
        deadlines=_limits(kind, law, today),
    )


def _step(kind: ProcessKind, step: StepOfDiagram) -> Step:
    post = kind.post_of(step.id)
    return Step(
        id=step.id,
        title=step.title,
        role=post.role,
        part=post.part,
        phase=kind.phases.get(step.id),
        limit=step.deadline or None,
        verbs=list(step.verbs),
        form=form_schema(kind.forms[step.id]),
    )


def _standing(kind: ProcessKind, step: StepOfDiagram) -> list[str]:
    """Return the limits a step may stand under: the usual one, those of codes."""
    limits = [kind.limit_at(step.id, code, step.deadline) for code in kind.codes]
    return [limit for limit in dict.fromkeys([step.deadline, *limits]) if limit]


def _limits(kind: ProcessKind, law: Law, today: date) -> list[Limit]:
    steps: dict[str, list[str]] = {}
    for step in kind.steps.values():
        for limit_id in _standing(kind, step):
            steps.setdefault(limit_id, []).append(step.id)
    limits = {limit_id: law.limit(limit_id, today) for limit_id in sorted(steps)}
    return [
        Limit(
            id=limit.id,
            title=limit.title,
            days=limit.days,
            unit=limit.unit.value,
            steps=steps[limit_id],
        )
        for limit_id, limit in limits.items()
    ]

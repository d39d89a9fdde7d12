"""What is installed: versions, room, kinds in force, and what waits for a person."""

import platform
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import reviewflow
from reviewflow import permissions
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.deadline import Incident
from reviewflow.model.process_version import ProcessVersion
from reviewflow.work import Runtime, Work

LIBRARIES = ("SpiffWorkflow", "SQLAlchemy", "Flask")


@dataclass(frozen=True, slots=True)
class Room:
    """How much space there is where the data are."""

    free_bytes: int
    total_bytes: int
    database_bytes: int


@dataclass(frozen=True, slots=True)
class KindInForce:
    """A deployed version, and how many cases run on it."""

    row: ProcessVersion
    running: int
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Installation:
    """What is installed here."""

    versions: Mapping[str, str]
    room: Room
    kinds: list[KindInForce]
    incidents: list[Incident]
    law_version: str


def installation(work: Work, runtime: Runtime) -> Installation:
    """Return what is installed.

    Args:
        work: Who asks.
        runtime: Of this program.

    Raises:
        Refused: The actor is not an administrator.
    """
    permissions.require_admin(work.actor)
    with work.beyond_sight():
        return Installation(
            versions=_versions(work),
            room=_room(runtime),
            kinds=_kinds(work),
            incidents=_incidents(work),
            law_version=work.law.version,
        )


def _versions(work: Work) -> dict[str, str]:
    database = work.session.scalar(sa.select(sa.func.sqlite_version()))
    return {
        "ReviewFlow": reviewflow.__version__,
        "Python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
        "SQLite": str(database),
    }


def _room(runtime: Runtime) -> Room:
    usage = shutil.disk_usage(runtime.files.root)
    database = Path(runtime.engine.url.database or "")
    size = database.stat().st_size if database.is_file() else 0
    return Room(usage.free, usage.total, size)


def _kinds(work: Work) -> list[KindInForce]:
    """Return the newest version of each kind, and older ones cases still run on."""
    counted = work.session.execute(
        sa.select(Case.process_version_id, sa.func.count(Case.id).label("cases"))
        .where(Case.status == CaseStatus.RUNNING)
        .group_by(Case.process_version_id)
    )
    running = {row.process_version_id: row.cases for row in counted}
    rows = work.session.scalars(
        sa.select(ProcessVersion).order_by(ProcessVersion.key, ProcessVersion.number)
    ).all()
    newest = {row.key: row.id for row in rows}
    return [
        KindInForce(row, running.get(row.id, 0), newest[row.key] == row.id)
        for row in rows
        if newest[row.key] == row.id or running.get(row.id)
    ]


def _incidents(work: Work) -> list[Incident]:
    return list(
        work.session.scalars(
            sa.select(Incident)
            .where(Incident.closed_at.is_(None))
            .order_by(Incident.opened_at.desc())
        )
    )


def as_report(found: Installation) -> dict[str, Any]:
    """Return what is installed as JSON holds it, for whoever helps."""
    return {
        "versions": dict(found.versions),
        "law_version": found.law_version,
        "free_bytes": found.room.free_bytes,
        "database_bytes": found.room.database_bytes,
        "kinds": [
            {
                "key": kind.row.key,
                "version": kind.row.number,
                "digest": kind.row.digest,
                "running_cases": kind.running,
            }
            for kind in found.kinds
        ],
        "incidents": [
            {
                "subject": incident.subject,
                "text": incident.text,
                "opened_at": incident.opened_at.isoformat(),
            }
            for incident in found.incidents
        ],
    }

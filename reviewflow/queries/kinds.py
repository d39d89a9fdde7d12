"""Which kinds of cases there are."""

import sqlalchemy as sa

from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.process_version import ProcessVersion
from reviewflow.work import Work


def deployed_kinds(work: Work) -> list[ProcessKind]:
    """Return the newest version of every kind, in the order they were deployed."""
    newest = work.session.scalars(
        sa.select(sa.func.max(ProcessVersion.id))
        .group_by(ProcessVersion.key)
        .order_by(sa.func.min(ProcessVersion.id))
    )
    return [work.processes.get(work.session, i).kind for i in newest]


def startable_kinds(work: Work) -> list[ProcessKind]:
    """Return the kinds people start cases of, in the order they name themselves."""
    startable = (kind for kind in deployed_kinds(work) if kind.startable)
    return sorted(startable, key=lambda kind: kind.position)


def kind_titles(work: Work) -> dict[str, str]:
    """Return the title of every kind by its key."""
    rows = work.session.execute(
        sa.select(ProcessVersion.key, ProcessVersion.title).order_by(ProcessVersion.id)
    )
    return {row.key: row.title for row in rows}

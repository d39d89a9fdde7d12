"""Deployed kinds with their diagrams, read once and kept by version."""

import json
import threading
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reviewflow.engine.specs import KEPT_VERSIONS, Diagram
from reviewflow.errors import Missing
from reviewflow.kinds.shelf import ProcessKind, read_files
from reviewflow.model.process_version import ProcessVersion


@dataclass(frozen=True, slots=True)
class Process:
    """One deployed version: what is asked of people, and the diagram."""

    version_id: int
    kind: ProcessKind
    diagram: Diagram


class Processes:
    """A shelf of deployed versions; a version never changes, so it is kept."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[int, Process] = {}
        self._lock = threading.Lock()

    def get(self, session: Session, version_id: int) -> Process:
        """Return the version with that id.

        Raises:
            Missing: It was never deployed here.
        """
        with self._lock:
            kept = self._kept.get(version_id)
            if kept is None:
                kept = self._kept[version_id] = _read(session, version_id)
            return kept

    def latest(self, session: Session, key: str) -> Process:
        """Return the newest version of a kind.

        Raises:
            Missing: The kind is not deployed.
        """
        version_id = session.scalar(
            sa.select(sa.func.max(ProcessVersion.id)).where(ProcessVersion.key == key)
        )
        if version_id is None:
            raise Missing(f"没有部署“{key}”这一流程，请联系管理员。")
        return self.get(session, version_id)


def _read(session: Session, version_id: int) -> Process:
    row = session.execute(
        sa.select(
            ProcessVersion.digest, ProcessVersion.files, ProcessVersion.spec
        ).where(ProcessVersion.id == version_id)
    ).one_or_none()
    if row is None:
        raise Missing
    return Process(version_id, _kind(row.files), Diagram.load(row.spec, row.digest))


@lru_cache(KEPT_VERSIONS)
def _kind(stored: str) -> ProcessKind:
    files = {path: text.encode() for path, text in json.loads(stored).items()}
    return read_files(files)

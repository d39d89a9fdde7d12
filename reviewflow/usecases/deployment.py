"""A kind's folder becomes a version on which cases can run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.effects import EFFECTS
from reviewflow.engine.inspection import inspect_files
from reviewflow.engine.specs import compile_kind
from reviewflow.errors import Refused
from reviewflow.kinds.check_posts import Known
from reviewflow.kinds.findings import BadKind, Finding
from reviewflow.kinds.gathering import digest_of
from reviewflow.kinds.shelf import read_files
from reviewflow.law.lawbook import Law
from reviewflow.model.case import Part
from reviewflow.model.people import Role
from reviewflow.model.process_version import ProcessVersion
from reviewflow.usecases.people import audit
from reviewflow.work import Work


def check(files: Mapping[str, bytes], law: Law) -> list[Finding]:
    """Return what keeps a kind's files from being deployed; nothing, if sound."""
    known = Known(
        limits=frozenset(limit.id for limit in law.limits),
        effects=frozenset(EFFECTS),
        roles=frozenset(Role),
        parts=frozenset(Part),
    )
    return inspect_files(files, known)


def require_deployer(work: Work) -> None:
    """Insist that the actor may deploy; asked before a package is even opened.

    Raises:
        Refused: The actor is not an administrator.
    """
    if work.actor.user is not None and not work.actor.holds(Role.ADMIN):
        raise Refused("只有系统管理员可以部署流程。")


@dataclass(frozen=True, slots=True)
class Package:
    """A kind's files that were checked, and what the program makes of them."""

    key: str
    title: str
    digest: str
    files: Mapping[str, bytes]
    spec: str


def pack(work: Work, files: Mapping[str, bytes]) -> Package:
    """Check a kind's files; done while reading, for the walks take their time.

    Raises:
        Refused: The actor is not an administrator.
        BadKind: The files have faults; each names file, element and line.
    """
    require_deployer(work)
    digest = digest_of(files)
    known = _version(work, digest)
    if known is not None:
        return Package(known.key, known.title, digest, files, known.spec)
    if findings := check(files, work.law):
        raise BadKind(findings)
    kind = read_files(files)
    return Package(kind.key, kind.title, digest, files, compile_kind(kind))


def deploy(work: Work, package: Package) -> ProcessVersion:
    """Make a new version of a kind; the same files again change nothing.

    Raises:
        Refused: The actor is not an administrator.
    """
    require_deployer(work)
    known = _version(work, package.digest)
    if known is not None:
        return known
    last = work.session.scalar(
        sa.select(sa.func.max(ProcessVersion.number)).where(
            ProcessVersion.key == package.key
        )
    )
    texts = {name: text.decode() for name, text in package.files.items()}
    version = ProcessVersion(
        key=package.key,
        number=(last or 0) + 1,
        title=package.title,
        digest=package.digest,
        files=json.dumps(texts),
        spec=package.spec,
        deployed_at=work.now,
        deployed_by_id=work.actor.id,
    )
    work.session.add(version)
    work.session.flush()

    audit(work, "kind.deployed", f"kind:{package.key}", number=version.number)
    return version


def deployed_kinds(work: Work) -> list[ProcessVersion]:
    """Return the newest version of every kind, by key."""
    newest = sa.select(sa.func.max(ProcessVersion.id)).group_by(ProcessVersion.key)
    return list(
        work.session.scalars(
            sa.select(ProcessVersion)
            .where(ProcessVersion.id.in_(newest))
            .order_by(ProcessVersion.key)
        )
    )


def _version(work: Work, digest: str) -> ProcessVersion | None:
    return work.session.scalar(
        sa.select(ProcessVersion).where(ProcessVersion.digest == digest)
    )

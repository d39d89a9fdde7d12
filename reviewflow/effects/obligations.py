"""The effect of a publication: duties to file arise, each with its case."""

from datetime import date
from functools import partial

import sqlalchemy as sa

from reviewflow import (
    chinese,
    clock,
    clocks,
    journal,
    notices,
    numbering,
    organs,
    progress,
)
from reviewflow.effects.publications import find_publication
from reviewflow.errors import Missing
from reviewflow.law.routes import FilingRoute
from reviewflow.model.case import Case, CaseStatus, Part
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.model.filing import (
    FILING,
    OUTSIDE_FILING,
    Chain,
    FilingObligation,
)
from reviewflow.model.people import Role, Unit
from reviewflow.model.publication import Publication
from reviewflow.work import Answers, Work

NO_FILING = "NONE"
"""The route of what need not be filed."""


def oblige_to_file(work: Work, case: Case, decided: Answers) -> None:
    """Create every duty to file a published document has, each with its case.

    Source: 《安徽省行政规范性文件管理办法》第二十九条; the register of routes
    names the source of each.
    """
    publication = find_publication(work, case)
    if publication is None or publication.published_on is None:
        raise Missing("该文件还没有公布，不能产生报备义务。")
    if decided["filing_route"] == NO_FILING:
        return
    day = publication.published_on
    for route in work.law.routes(decided["filing_route"], day):
        if case.kind_code in route.kinds and work.law.knows(route.limit, day):
            with work.beyond_sight():
                _oblige(work, case, publication, day, route)
    case.phase = "报备中"


def _oblige(
    work: Work,
    parent: Case,
    publication: Publication,
    published_on: date,
    route: FilingRoute,
) -> None:
    maker = parent.issuing_organ
    authority = organs.receiver(work, route.receiver, maker)
    child = _child(work, parent, organs.filer_of(work, maker), authority)
    running = clocks.start_clock(work, child, route.limit, started_on=published_on)
    obligation = _duty(work, publication, maker, route)
    obligation.case_id, obligation.authority = child.id, authority
    obligation.published_on, obligation.due_on = published_on, running.due_on
    obligation.settle()
    work.session.add(obligation)
    carry_over(work, parent, child)
    _announce(work, parent, child, obligation, running)
    progress.start(work, child)


def _duty(
    work: Work, publication: Publication, maker: Unit, route: FilingRoute
) -> FilingObligation:
    return FilingObligation(
        publication=publication,
        chain=Chain(route.chain),
        route_id=route.id,
        limit_id=route.limit,
        maker=maker,
        copy_to=_copies(work, route, maker),
        created_at=work.written_at,
        kind_code=publication.kind_code,
        backfilled_on=_entered_on(publication),
        submissions=[],
        corrections=[],
    )


def _entered_on(publication: Publication) -> date | None:
    """Return the day its history was entered afterwards, if it was."""
    at = publication.backfilled_at
    return None if at is None else clock.beijing_date(at)


def _copies(work: Work, route: FilingRoute, maker: Unit) -> str:
    units = [organs.receiver(work, relation, maker) for relation in route.copy_to]
    return "、".join(unit.name for unit in units)


def _announce(
    work: Work,
    parent: Case,
    child: Case,
    obligation: FilingObligation,
    running: CaseDeadline,
) -> None:
    name, due_on = obligation.authority.name, obligation.due_on
    for case in (parent, child):
        journal.record(work, case, "filing.obliged", authority=name, due_on=due_on)
    notices.notify(
        work,
        child,
        notices.holders(work, Role.FILER, child.unit.id),
        "filing_due",
        partial(clocks.explain, work, running),
        authority=name,
        due=chinese.day(due_on),
    )


def _child(work: Work, parent: Case, filer: Unit, authority: Unit) -> Case:
    kind = OUTSIDE_FILING if organs.is_outside(work, authority) else FILING
    process = work.processes.latest(work.session, kind)
    child = Case(
        number=numbering.next_number(work, "备登"),
        kind=kind,
        kind_code=parent.kind_code,
        process_version_id=process.version_id,
        title=parent.title,
        unit=filer,
        issuing_organ=parent.issuing_organ,
        drafter=parent.drafter,
        parent_id=parent.id,
        status=CaseStatus.RUNNING,
        phase="待报备",
        facts={},
        state="",
        started_at=work.now,
    )
    work.session.add(child)
    work.session.flush()
    handler = organs.handler_of(work, authority)
    progress.add_party(work, child, Part.FILING_UNIT, filer)
    progress.add_party(work, child, Part.FILING_AUTHORITY, handler)
    return child


def carry_over(work: Work, parent: Case, child: Case) -> None:
    """Put the parent's documents that the forms of a case ask for into its dossier."""
    asked = {
        need.role
        for form in work.process(child).kind.forms.values()
        for need in form.documents
    }
    documents = work.session.scalars(
        sa.select(Document).where(
            Document.case_id == parent.id, Document.role.in_(asked)
        )
    )
    for document in documents:
        copy = Document(case_id=child.id, role=document.role, title=document.title)
        copy.versions = [_copy(document.latest)]
        work.session.add(copy)
    work.session.flush()


def _copy(version: DocumentVersion) -> DocumentVersion:
    return DocumentVersion(
        number=1,
        name=version.name,
        media_type=version.media_type,
        size_bytes=version.size_bytes,
        sha256=version.sha256,
        uploaded_at=version.uploaded_at,
        uploaded_by_id=version.uploaded_by_id,
    )

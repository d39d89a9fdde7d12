"""Effects of filing: duties arise, are fulfilled, answered and lapse."""

from datetime import date

import sqlalchemy as sa

from reviewflow import clocks, journal, notices, numbering, organs, progress
from reviewflow.effects.publications import find_publication
from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.law.routes import FilingRoute
from reviewflow.model.case import Case, CaseStatus, Part
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.model.filing import (
    Chain,
    FilingCorrection,
    FilingObligation,
    FilingSubmission,
)
from reviewflow.model.people import Role, Unit
from reviewflow.model.publication import Publication
from reviewflow.work import Answers, Work

FILING = "filing"
CORRECT_STEP = "correct_filing"


def oblige_to_file(work: Work, case: Case, decided: Answers) -> None:
    """Create every duty to file a published document has, each with its case.

    Source: 《安徽省行政规范性文件管理办法》第二十九条; the register of routes
    names the source of each.
    """
    publication = find_publication(work, case)
    if publication is None or publication.published_on is None:
        raise Missing("该文件还没有公布，不能产生报备义务。")
    for route in work.law.routes(decided["filing_route"], publication.published_on):
        if case.kind_code in route.kinds:
            with work.beyond_sight():
                _oblige(work, case, publication, publication.published_on, route)
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
    filer = organs.filer_of(work, maker)
    child = _child(work, parent, filer)
    progress.add_party(work, child, Part.FILING_UNIT, filer)
    handler = organs.handler_of(work, authority)
    progress.add_party(work, child, Part.FILING_AUTHORITY, handler)
    clock = clocks.start_clock(work, child, route.limit, started_on=published_on)
    copies = [organs.receiver(work, relation, maker) for relation in route.copy_to]
    obligation = FilingObligation(
        case_id=child.id,
        publication=publication,
        chain=Chain(route.chain),
        route_id=route.id,
        limit_id=route.limit,
        maker=maker,
        authority=authority,
        copy_to="、".join(unit.name for unit in copies),
        published_on=published_on,
        due_on=clock.due_on,
        created_at=work.now,
        submissions=[],
        corrections=[],
    )
    work.session.add(obligation)
    _carry_over(work, parent, child)
    work.session.flush()
    journal.record(
        work,
        child,
        "filing.obliged",
        authority=authority.name,
        due_on=clock.due_on,
        document=publication.doc_number,
    )
    journal.record(work, parent, "filing.obliged", authority=authority.name)
    progress.start(work, child)
    _tell(
        work, child, filer, "filing_due", due=_day(clock.due_on), obligation=obligation
    )


def _child(work: Work, parent: Case, filer: Unit) -> Case:
    process = work.processes.latest(work.session, FILING)
    child = Case(
        number=numbering.next_number(work, "备登"),
        kind=FILING,
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
    return child


def _carry_over(work: Work, parent: Case, child: Case) -> None:
    """Put the parent's documents that a filing asks for into its dossier."""
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
        latest = document.latest
        work.session.add(
            Document(
                case_id=child.id,
                role=document.role,
                title=document.title,
                versions=[
                    DocumentVersion(
                        number=1,
                        name=latest.name,
                        media_type=latest.media_type,
                        size_bytes=latest.size_bytes,
                        sha256=latest.sha256,
                        uploaded_at=latest.uploaded_at,
                        uploaded_by_id=latest.uploaded_by_id,
                    )
                ],
            )
        )


def obligation_of(work: Work, case: Case) -> FilingObligation:
    """Return the duty a filing case works off."""
    return work.session.scalars(
        sa.select(FilingObligation).where(FilingObligation.case_id == case.id)
    ).one()


def submit_filing(work: Work, case: Case, _answers: Answers) -> None:
    """Send the filing: its day decides whether it is in time (报送备案).

    Raises:
        Missing: The system itself sends nothing.
    """
    if work.actor.id is None:
        raise Missing
    obligation = obligation_of(work, case)
    obligation.submissions.append(
        FilingSubmission(
            submitted_on=work.today,
            submitted_at=work.now,
            submitted_by_id=work.actor.id,
        )
    )
    clocks.meet_clock(work, case, obligation.limit_id)
    case.phase = "已报送"
    journal.record(work, case, "filing.submitted", to=obligation.authority.name)


def register_filing(work: Work, case: Case, answers: Answers) -> None:
    """Register the filing; its number is given by the receiver (备案登记).

    Raises:
        Conflict: It is registered already.
    """
    obligation = obligation_of(work, case)
    if obligation.registered_on is not None:
        raise Conflict("该文件已经备案登记。")
    number = str(answers.get("register_number") or "")
    handler = organs.handler_of(work, obligation.authority)
    prefix = handler.document_prefix
    obligation.registered_on = work.today
    obligation.report_is_complete = answers.get("materials_complete") is not False
    obligation.register_number = number or numbering.next_number(work, f"{prefix}备")
    case.phase = "已登记"
    case.conclusion = "REGISTERED"
    journal.record(work, case, "filing.registered", number=obligation.register_number)
    _tell(work, case, case.unit, "filing_registered", obligation=obligation)


def request_correction(work: Work, case: Case, answers: Answers) -> None:
    """Ask the maker to supplement the filing, with its own clock (补正).

    Source: 《安徽省行政规范性文件管理办法》第三十一条.
    """
    obligation = obligation_of(work, case)
    limit = work.process(case).kind.steps[CORRECT_STEP].deadline
    clock = clocks.start_clock(work, case, limit)
    reason = str(answers["reason"])
    obligation.corrections.append(
        FilingCorrection(notice_on=work.today, due_on=clock.due_on, reason=reason)
    )
    case.phase = "待补正"
    journal.record(
        work, case, "filing.correction_requested", reason=reason, due_on=clock.due_on
    )
    _tell(
        work,
        case,
        case.unit,
        "filing_correction",
        obligation=obligation,
        reason=reason,
        due=_day(clock.due_on),
    )


def correct_filing(work: Work, case: Case, _answers: Answers) -> None:
    """Note that the filing was supplemented today."""
    correction = obligation_of(work, case).corrections[-1]
    correction.corrected_on = work.today
    clocks.meet_clock(work, case, work.process(case).kind.steps[CORRECT_STEP].deadline)
    case.phase = "已报送"
    journal.record(work, case, "filing.corrected")


def lapse_filing(work: Work, case: Case, _answers: Answers) -> None:
    """Note that it was not supplemented in time: it counts as not filed in time.

    Source: 《安徽省行政规范性文件管理办法》第三十一条（视作未按时报送备案）.
    """
    correction = obligation_of(work, case).corrections[-1]
    correction.lapsed_on = correction.due_on
    journal.record(work, case, "filing.lapsed", due_on=correction.due_on)
    _tell(
        work,
        case,
        case.unit,
        "filing_lapsed",
        obligation=obligation_of(work, case),
        due=_day(correction.due_on),
    )


def return_filing(work: Work, case: Case, answers: Answers) -> None:
    """Give back what was sent to the wrong organ; the clock never stopped.

    Source: 《安徽省行政规范性文件管理办法》第三十一条（不予备案登记，退回）.
    """
    obligation = obligation_of(work, case)
    if not obligation.submissions:
        raise Invalid(message="该文件还没有报送，不能退回。")
    submission = obligation.submissions[-1]
    submission.returned_on = work.today
    submission.return_reason = str(answers["reason"])
    clocks.start_clock(
        work, case, obligation.limit_id, started_on=obligation.published_on
    )
    case.phase = "待报备"
    journal.record(work, case, "filing.returned", reason=submission.return_reason)
    _tell(
        work,
        case,
        case.unit,
        "filing_returned",
        obligation=obligation,
        reason=submission.return_reason,
    )


def _tell(
    work: Work,
    case: Case,
    unit: Unit,
    template: str,
    *,
    obligation: FilingObligation,
    **facts: str,
) -> None:
    notices.notify(
        work,
        case,
        notices.holders(work, Role.FILER, unit.id),
        template,
        authority=obligation.authority.name,
        number=obligation.register_number or "",
        **facts,
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

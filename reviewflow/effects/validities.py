"""Effects at the end of a document's validity: extended, repealed, run out (有效期)."""

from datetime import date

import sqlalchemy as sa

from reviewflow import chinese, clock, journal, notices
from reviewflow.effects.bases import tell_who_rests_on
from reviewflow.effects.library import require_length, validity_limit
from reviewflow.effects.relations import Change, make_change
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.case import Case, CaseParty, Part
from reviewflow.model.library import LibraryDocument, RelationSort
from reviewflow.model.people import Role
from reviewflow.work import Answers, Work


def document_of(work: Work, case: Case) -> LibraryDocument:
    """Return the document whose end a case deals with.

    Raises:
        Conflict: The case deals with none any more.
    """
    found = work.session.scalar(
        sa.select(LibraryDocument).where(LibraryDocument.validity_case_id == case.id)
    )
    if found is None:
        raise Conflict("该文件的有效期已经另行处理，请到文件库查看。")
    return found


def extend_validity(work: Work, case: Case, answers: Answers) -> None:
    """Let a document be valid for longer (延续有效期).

    Raises:
        Invalid: The new day is not later, too late without a reason, or it was not
            announced before the old one.

    Source: 《安徽省行政规范性文件管理办法》第四章 (to be verified).
    """
    row = document_of(work, case)
    before, until = row.valid_until, answers["valid_until"]
    _require_announced(work, answers)
    if before is None or until <= before:
        raise Invalid({"valid_until": f"应当晚于原来的届满日 {before}。"})
    row.valid_until = until
    row.long_reason = str(answers.get("long_reason") or "")
    limit = validity_limit(work, row.publication, before, is_pilot=row.is_pilot)
    require_length(work, limit, before, row)
    row.validity_case_id = None
    case.phase, case.conclusion = "已延续", "EXTEND"
    journal.record(work, case, "validity.extended", before=before, due_on=until)
    with work.beyond_sight():
        origin = work.get(Case, row.case_id, lock=True)
    journal.record(
        work,
        origin,
        "validity.extended",
        before=before,
        due_on=until,
        basis=_basis(answers),
    )


def repeal_document(work: Work, case: Case, answers: Answers) -> None:
    """End a document before its validity does (提前废止).

    Raises:
        Invalid: It was not announced yet, or ends later than its validity.
    """
    row = document_of(work, case)
    _require_announced(work, answers)
    ends_on: date = answers["ends_on"]
    if row.valid_until is not None and ends_on > row.valid_until:
        raise Invalid(
            {"ends_on": f"不能晚于有效期届满日（{chinese.day(row.valid_until)}）。"}
        )
    case.phase, case.conclusion = "已废止", "REPEAL"
    change = Change(
        row, RelationSort.REPEALS, ends_on, basis=_basis(answers), within=case
    )
    make_change(work, change, "ends_on")


def remind_unit(work: Work, case: Case, _answers: Answers) -> None:
    """Tell the drafting unit, its head and the publisher that the end is near."""
    row = document_of(work, case)
    to = notices.holders(work, Role.DRAFTER, case.unit_id)
    to += notices.holders(work, Role.UNIT_HEAD, case.unit_id)
    _notify(work, case, row, [*to, *_publishers(work, case)], "validity_ending")
    journal.record(work, case, "validity.reminded", due_on=row.valid_until)


def expire_document(work: Work, case: Case, _answers: Answers) -> None:
    """Note that a document's validity is over; that it is follows from its days.

    Source: 《安徽省行政规范性文件管理办法》第四章 (有效期届满自动失效, to be
    verified).
    """
    row = document_of(work, case)
    if row.valid_until is None:
        raise Conflict("该文件没有规定有效期。")
    case.phase, case.conclusion = "已失效", "LAPSE"
    over_at = clock.end_of_day(row.valid_until)
    with work.beyond_sight():
        origin = work.get(Case, row.case_id, lock=True)
    for one in (case, origin):
        journal.record(
            work, one, "document.expired", effective_at=over_at, due_on=row.valid_until
        )
    with work.beyond_sight():
        tell_who_rests_on(work, row, "有效期已届满", clock.beijing_date(over_at))
    to = notices.holders(work, Role.DRAFTER, case.unit_id)
    _notify(work, case, row, [*to, *_publishers(work, case)], "document_expired")


def _require_announced(work: Work, answers: Answers) -> None:
    if answers["announced_on"] > work.today:
        raise Invalid({"announced_on": "公布日期不能晚于今天，请在公布后登记。"})


def _basis(answers: Answers) -> str:
    return str(answers.get("basis") or "")


def _publishers(work: Work, case: Case) -> list[int]:
    unit_id = work.session.scalar(
        sa.select(CaseParty.unit_id).where(
            CaseParty.case_id == case.id, CaseParty.part == Part.ISSUING_ORGAN
        )
    )
    return [] if unit_id is None else notices.holders(work, Role.PUBLISHER, unit_id)


def _notify(
    work: Work, case: Case, row: LibraryDocument, to: list[int], template: str
) -> None:
    day = row.valid_until or work.today
    notices.notify(work, case, to, template, due=chinese.day(day))

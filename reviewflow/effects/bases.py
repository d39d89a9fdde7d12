"""What others rest on has changed: whoever answers for them is told (依据变化)."""

from datetime import date

import sqlalchemy as sa

from reviewflow import chinese, journal, notices
from reviewflow.model.basis import Basis
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Role
from reviewflow.model.publication import Publication
from reviewflow.work import Work

TOLD = (Role.DRAFTER, Role.UNIT_LEGAL)
EVENT = "document.basis_changed"


def tell_who_rests_on(
    work: Work, changed: LibraryDocument, what: str, effective_on: date
) -> None:
    """Tell the units whose drafts or documents in force rest on a document.

    A table of bases names it in 《》; whether the provision still stands is for
    the unit to say, at once or in the next clean-up.

    Args:
        work: Actor, instant and transaction, beyond anybody's sight.
        changed: What was amended, repealed or ended otherwise.
        what: What became of it: 已废止.
        effective_on: From when.

    """
    row = changed.publication
    named = Basis.source.contains(f"《{row.title}》", autoescape=True)
    document = sa.select(LibraryDocument).where(LibraryDocument.id != changed.id)
    documents = {
        one.case_id: one
        for one in work.session.scalars(
            document.where(LibraryDocument.case_id.in_(_resting(named)))
        )
    }
    cases = work.session.scalars(sa.select(Case).where(Case.id.in_(_resting(named))))
    told = [
        case
        for case in cases.all()
        if case.status is CaseStatus.RUNNING
        or (case.id in documents and documents[case.id].holds_on(work.today))
    ]
    for case in told:
        _tell(work, case, row, what, effective_on)


def _resting(named: sa.ColumnElement[bool]) -> sa.Select[int]:
    return sa.select(Basis.case_id).where(named, Basis.ended_at.is_(None))


def _tell(
    work: Work, case: Case, row: Publication, what: str, effective_on: date
) -> None:
    locked = work.get(Case, case.id, lock=True)
    journal.record(
        work,
        locked,
        EVENT,
        title=row.title,
        number=row.doc_number,
        what=what,
        effective_on=effective_on,
    )
    to = [
        user_id
        for role in TOLD
        for user_id in notices.holders(work, role, locked.unit.id)
    ]
    day = chinese.day(effective_on)
    notices.notify(
        work, locked, to, "basis_changed", basis=row.title, what=what, day=day
    )

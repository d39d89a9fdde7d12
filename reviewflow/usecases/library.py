"""What is done to a document of the library from its own page (文件库)."""

from collections.abc import Mapping
from datetime import date

from reviewflow import chinese, clerks
from reviewflow.effects.relations import Change, get_by_number, make_change
from reviewflow.errors import Invalid, Refused
from reviewflow.model.library import DocumentRelation, LibraryDocument, RelationSort
from reviewflow.work import Work

BY_ANOTHER = (RelationSort.REPLACES, RelationSort.AMENDS)
"""What only another document does."""
NOT_KEEPING = "只有制定机关的公布经办人或者报备人可以登记文件的变动。"


def change_document(
    work: Work, document_id: int, raw: Mapping[str, str]
) -> DocumentRelation:
    """Note that a document was replaced, amended, repealed, lapsed or revoked.

    Args:
        work: Actor, instant and transaction.
        document_id: The document it was done to.
        raw: As typed: `sort number effective_on basis`.

    Raises:
        Missing: There is no such document.
        Refused: The actor neither publishes nor files for its maker.
        Invalid: Something is missing, or cannot be.

    Source: 《安徽省行政规范性文件管理办法》第四章 (清理, to be verified).
    """
    row = work.get(LibraryDocument, document_id, lock=True)
    if not clerks.actor_publishes_for(work, row.publication.maker):
        raise Refused(NOT_KEEPING)
    return make_change(work, _read(work, row, raw), "sort")


def _read(work: Work, row: LibraryDocument, raw: Mapping[str, str]) -> Change:
    typed, number = raw.get("sort", ""), raw.get("number", "").strip()
    sort = RelationSort(typed) if typed in list(RelationSort) else None
    basis, day = raw.get("basis", "").strip(), _day(raw.get("effective_on", ""))
    errors = {
        "sort": "" if sort else "请选择文件发生了什么变动。",
        "number": "被替代、被修改的，请填写新文件的文号。"
        if sort in BY_ANOTHER and not number
        else "",
        "effective_on": _day_error(row, day),
        "basis": "" if basis else "请填写依据，例如：市政府第88次常务会议决定。",
    }
    wrong = {name: text for name, text in errors.items() if text}
    if wrong or sort is None or day is None:
        raise Invalid(wrong)
    by = get_by_number(work, number, "number") if number else None
    return Change(row, sort, day, by=by, basis=basis)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _day_error(row: LibraryDocument, day: date | None) -> str:
    published_on = row.publication.published_on
    if day is None:
        return "请填写自哪一日起，例如：2026-12-01。"
    if published_on is not None and day < published_on:
        return f"不能早于本文件的公布日期（{chinese.day(published_on)}）。"
    return ""

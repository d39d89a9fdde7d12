"""The table of bases as a document of the dossier."""

from reviewflow import journal
from reviewflow.basis_rows import (
    ROLE,
    Draft,
    missing_clauses,
    require_drafting,
    require_latest,
    rows_of,
    stamp_of,
)
from reviewflow.errors import Conflict
from reviewflow.model.basis import BasisTable
from reviewflow.model.case import Case
from reviewflow.model.document import DocumentVersion
from reviewflow.usecases.documents import Upload, attach_document
from reviewflow.work import Work

NAMED = 5
"""How many provisions a refusal names."""


def file_bases(
    work: Work, case_id: int, upload: Upload, stamp: str, draft: Draft | None
) -> DocumentVersion:
    """Put the table made from the rows into the dossier, once it is complete.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        upload: The table as a file.
        stamp: Which rows the file was made from.
        draft: The latest draft, read before.

    Raises:
        Missing, Invalid: As `attach_document`.
        Refused: The actor does not draft in its unit, or has no task on the case.
        Conflict: It is not being drafted, its draft cannot be cut or is not the
            latest, rows are missing or to be looked at, or somebody has changed
            rows since the file was made.
    """
    case = work.get(Case, case_id, lock=True)
    require_drafting(work, case)
    rows, latest = rows_of(work, case.id), require_latest(work, case, draft)
    missing = missing_clauses(latest, rows)
    if missing:
        more = "等" if len(missing) > NAMED else ""
        named = f"{'、'.join(missing[:NAMED])}{more}"
        raise Conflict(f"{named} {len(missing)} 条还没有依据，请填写完整后再存入。")
    marked = sum(latest.mark(row) is not None for row in rows)
    if marked:
        raise Conflict(f"有 {marked} 行的条文已有变化，请逐行核对后再存入。")
    if stamp != stamp_of(rows):
        raise Conflict("对照表刚刚有改动，请查看最新内容后再存入。")

    version = attach_document(work, case_id, ROLE, upload)
    work.session.add(
        BasisTable(
            case_id=case.id, version_id=version.id, stamp=stamp, laid_at=work.now
        )
    )

    journal.record(work, case, "bases.laid", number=version.number, rows=len(rows))
    return version

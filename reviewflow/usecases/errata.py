"""An error found in a published document is put right in public (更正)."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from reviewflow import chinese, clerks, journal, notices
from reviewflow.effects.filing_reviews import authority_id
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case
from reviewflow.model.erratum import Erratum
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Role
from reviewflow.work import Work

NOT_PUBLISHING = "只有制定机关的公布经办人或者报备人可以登记更正。"
NO_ERRATUM = (
    "改变权利义务的不是更正，是修改：请另行登记一件新的文件，"
    "重新审查、公布，并按新文件报送备案。"
)
NOT_SAID = "请选择是否改变权利义务。"
KEEPS = {"yes": "", "no": NO_ERRATUM}
LONGEST = 500
WORDS = {"wrong": "错误的内容", "corrected": "更正后的内容", "channel": "公告载体"}


def correct_document(work: Work, document_id: int, raw: Mapping[str, str]) -> Erratum:
    """Note that an error was put right by an announcement, and tell the receivers.

    It is no new filing: those who received the document get a message.

    Args:
        work: Actor, instant and transaction.
        document_id: The document of the library.
        raw: As typed: `wrong corrected announced_on channel keeps_rights`.

    Raises:
        Missing: There is no such document.
        Refused: The actor neither publishes nor files for its maker.
        Conflict: It is not in force any more.
        Invalid: Something is missing or too long, cannot be, or is no error but a
            change of rights and duties.

    Source: domain 13.6 (product rule): a real modification is a new document.
    """
    row = work.get(LibraryDocument, document_id, lock=True)
    if not clerks.actor_publishes_for(work, row.publication.maker):
        raise Refused(NOT_PUBLISHING)
    if not row.holds_on(work.today):
        raise Conflict("文件已经不再执行，不需要更正。")
    erratum = _read(work, row, raw)
    work.session.add(erratum)
    with work.beyond_sight():
        _require_new(work, erratum)
        _tell(work, row, erratum)
    return erratum


def _read(work: Work, row: LibraryDocument, raw: Mapping[str, str]) -> Erratum:
    said = {name: raw.get(name, "").strip() for name in WORDS}
    day = _day(raw.get("announced_on", ""))
    errors = {name: _text_error(name, text) for name, text in said.items()}
    if said["corrected"] and said["corrected"] == said["wrong"]:
        errors["corrected"] = "与错误的内容相同，请核对。"
    errors["announced_on"] = _day_error(work, row, day)
    errors["keeps_rights"] = KEEPS.get(raw.get("keeps_rights", ""), NOT_SAID)
    wrong = {name: text for name, text in errors.items() if text}
    if wrong or day is None:
        raise Invalid(wrong)
    return Erratum(
        document=row,
        announced_on=day,
        made_at=work.now,
        made_by_id=work.actor.id,
        **said,
    )


def _text_error(name: str, text: str) -> str:
    if not text:
        return f"请填写{WORDS[name]}。"
    return f"{WORDS[name]}不超过 {LONGEST} 字，请精简。" if len(text) > LONGEST else ""


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def _day_error(work: Work, row: LibraryDocument, day: date | None) -> str:
    published_on = row.publication.published_on
    if day is None:
        return "请填写更正公告的日期，例如：2026-03-02。"
    if day > work.today:
        return "更正公告发布以后再登记，日期不能晚于今天。"
    if published_on is not None and day < published_on:
        return f"不能早于本文件的公布日期（{chinese.day(published_on)}）。"
    return ""


def _require_new(work: Work, erratum: Erratum) -> None:
    """Insist that the same error was not put right before."""
    same = sa.select(sa.func.count(Erratum.id)).where(
        Erratum.document_id == erratum.document.id,
        Erratum.wrong == erratum.wrong,
        Erratum.corrected == erratum.corrected,
    )
    if work.session.scalar(same) != 1:
        raise Invalid({"wrong": "这一处已经登记过同样的更正，请刷新后查看。"})


def _tell(work: Work, row: LibraryDocument, erratum: Erratum) -> None:
    """Write it into the history of the document, and to those who received it."""
    case = work.get(Case, row.case_id, lock=True)
    wrong, corrected = erratum.wrong, erratum.corrected
    journal.record(
        work,
        case,
        "document.corrected",
        wrong=wrong,
        corrected=corrected,
        announced_on=erratum.announced_on,
        channel=erratum.channel,
    )
    duties = sa.select(FilingObligation).where(
        FilingObligation.publication_id == row.publication_id
    )
    on = erratum.announced_on
    day = chinese.day(on)
    number = row.publication.doc_number
    for duty in work.session.scalars(duties).unique():
        unit_id = authority_id(work, duty)
        if not duty.submissions or unit_id is None:
            continue  # what is filed later is filed with the announcement beside it
        filing = work.get(Case, duty.case_id)
        to = notices.holders(work, Role.FILING_REVIEWER, unit_id)
        said = {"number": number, "day": day, "wrong": wrong, "corrected": corrected}
        notices.notify(work, filing, to, "document_corrected", **said)

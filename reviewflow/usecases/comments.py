"""Comments coming in: from the public page, by letter, as a table."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.comments.sheet_traps import refused, require_plain
from reviewflow.comments.sheets import COMMENTS, Layout, Line, read_sheet
from reviewflow.consulted import get_public
from reviewflow.errors import Conflict, Invalid, KeyReused
from reviewflow.model.case import Case
from reviewflow.model.consultation import Channel, Comment, Consultation
from reviewflow.receipts import new_code
from reviewflow.storage.intake import check_upload
from reviewflow.usecases.comment_forms import Remark, read_line, read_remark
from reviewflow.usecases.consultations import running_consultation
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a table: rows added, and rows that were there already."""

    added: int
    known: int


def receive_comment(
    work: Work, consultation_id: int, key: str, typed: Mapping[str, str]
) -> Comment:
    """Take a comment from the public page; a form sent twice counts once.

    Args:
        work: Work of the system itself.
        consultation_id: What it is about.
        key: Submission key of the form.
        typed: Answers as the browser sent them.

    Raises:
        Missing: There is no such consultation for everybody.
        Conflict: The period is over.
        KeyReused: The form came again with another text.
        Invalid: An answer breaks a rule.
    """
    consultation = get_public(work, consultation_id)
    origin = _digest("form", key)
    remark = read_remark(typed)
    known = _known(work, consultation, origin)
    if known is not None:
        if known.text != remark.text:
            raise KeyReused
        return known
    if not consultation.takes_comments(work.today):
        raise Conflict("征求意见已经截止，这条意见没有收下。感谢您的关注。")
    case = work.get(Case, consultation.case_id, lock=True)

    comment = _new(work, consultation, Channel.WEB, remark, work.today)
    comment.origin_digest = origin
    comment.number = _last_number(work, consultation) + 1
    work.session.add(comment)

    journal.record(work, case, "consultation.commented", number=comment.number)
    return comment


def enter_comment(work: Work, case_id: int, typed: Mapping[str, str]) -> Comment:
    """Enter a comment that came by letter, by mail or in a meeting.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
        Invalid: With a sentence for each answer that breaks a rule.
    """
    case, consultation = running_consultation(work, case_id)
    remark = read_remark(typed, consultation, work.today)
    channel, received_on = remark.channel, remark.received_on or work.today

    comment = _new(work, consultation, channel, remark, received_on)
    comment.number = _last_number(work, consultation) + 1
    work.session.add(comment)

    journal.record(
        work,
        case,
        "consultation.comment_entered",
        number=comment.number,
        channel=comment.channel,
    )
    return comment


def read_table(name: str, source: BinaryIO, layout: Layout = COMMENTS) -> list[Line]:
    """Return the rows of a table somebody wants to import; no transaction needed.

    Raises:
        Invalid: It cannot be read, is unsafe, or has formulas or merged cells.
    """
    check_table(name, source)
    lines = read_sheet(name, source, layout)
    require_plain(name, source, layout.what)
    return lines


def check_table(name: str, source: BinaryIO) -> None:
    """Insist that a file is a table, and safe to read.

    Raises:
        Invalid: It is something else, or unsafe.
    """
    if not name.lower().endswith((".xlsx", ".csv")):
        raise Invalid({"sheet": "仅接受 xlsx 或 csv 表格，请另存后导入。"})
    if name.lower().endswith(".xlsx"):
        try:
            check_upload(name, source)
        except Invalid as error:
            raise Invalid({"sheet": error.message}) from error


def import_comments(work: Work, case_id: int, lines: Sequence[Line]) -> Imported:
    """Add every row of a table, or none; rows that are there already count once.

    Equal rows of one table are so many comments; the same table sent again, or
    with rows added, adds only what is new.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
        Invalid: With a sentence for each cell that breaks a rule.
    """
    case, consultation = running_consultation(work, case_id)
    remarks = _checked(lines, consultation, work.today)
    known = set(
        work.session.scalars(
            sa.select(Comment.origin_digest).where(
                Comment.consultation_id == consultation.id,
                Comment.origin_digest.is_not(None),
            )
        )
    )
    fresh = [(o, remark) for o, remark in _origins(remarks) if o not in known]

    number = _last_number(work, consultation)
    for place, (origin, remark) in enumerate(fresh, start=1):
        received_on = remark.received_on or work.today
        comment = _new(work, consultation, Channel.IMPORT, remark, received_on)
        comment.number, comment.origin_digest = number + place, origin
        work.session.add(comment)

    found = Imported(len(fresh), len(remarks) - len(fresh))
    if fresh:
        journal.record(
            work, case, "consultation.comments_imported", comments=found.added
        )
    return found


def _checked(
    lines: Sequence[Line], consultation: Consultation, today: date
) -> list[Remark]:
    remarks: list[Remark] = []
    errors: dict[str, str] = {}
    for number, cells in lines:
        try:
            remarks.append(read_line(cells, consultation, today))
        except Invalid as error:
            for heading, sentence in error.errors.items():
                errors[f"第 {number} 行“{heading}”"] = sentence
    if errors:
        raise refused(errors)
    return remarks


def _origins(remarks: Sequence[Remark]) -> list[tuple[str, Remark]]:
    """Return the rows with what they are known by: content, and which of equals."""
    seen: Counter[Remark] = Counter()
    found = []
    for remark in remarks:
        seen[remark] += 1
        said = (remark.name, remark.contact, remark.sender, remark.clause, remark.text)
        parts = (*said, str(remark.received_on), str(seen[remark]))
        found.append((_digest("row", *parts), remark))
    return found


def _known(work: Work, consultation: Consultation, origin: str) -> Comment | None:
    return work.session.scalar(
        sa.select(Comment).where(
            Comment.consultation_id == consultation.id, Comment.origin_digest == origin
        )
    )


def _new(
    work: Work,
    consultation: Consultation,
    channel: Channel,
    remark: Remark,
    received_on: date,
) -> Comment:
    return Comment(
        case_id=consultation.case_id,
        consultation_id=consultation.id,
        receipt=new_code(),
        channel=channel,
        sender=remark.sender,
        name=remark.name,
        contact=remark.contact,
        clause=remark.clause,
        text=remark.text,
        received_on=received_on,
        recorded_at=work.now,
    )


def _last_number(work: Work, consultation: Consultation) -> int:
    highest = sa.select(sa.func.max(Comment.number))
    of_this = Comment.consultation_id == consultation.id
    return work.session.scalar(highest.where(of_this)) or 0


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()

"""A case whose draft lies open to everybody, and people who say something."""

import io
import secrets
from collections.abc import Mapping
from typing import Any

import docx
import sqlalchemy as sa

from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.usecases.comment_groups import group_comments
from reviewflow.usecases.comments import enter_comment, receive_comment
from reviewflow.usecases.consultations import Answer, answer_groups
from reviewflow.usecases.documents import attach_document, receive_upload
from tests.cast import Cast
from tests.steps import NOON_MONDAY, As, bring_to, days, new_case

OPENED = {"starts_on": "2026-02-20", "ends_on": "2026-03-23"}
"""Thirty days end on a Sunday, so on the Monday after it."""
AFTER = NOON_MONDAY + days(22)
"""24 March, the day after the last."""
FEE = "建议第八条的停车收费标准再降低一些，对夜间停放的业主免费。"
LETTER = {
    "channel": "LETTER",
    "sender": "PUBLIC",
    "received_on": "2026-02-25",
    "name": "朱红梅",
    "contact": "13800138000",
    "clause": "第8条",
    "text": FEE,
}


def draft(*paragraphs: str) -> io.BytesIO:
    """Return a draft as a Word file."""
    document, stream = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(stream)
    return stream


def asked_case(
    as_: As, cast: Cast, facts: Mapping[str, str] | None = None, **opened: Any
) -> int:
    """Bring a new case to where the public is asked; return its id."""
    case_id = new_case(as_, cast, **(facts or {}))
    bring_to(as_, cast, case_id, "draft_text")
    with as_(cast.drafter) as work:
        text = draft("停车管理办法", "第一条 为了规范停车。", "第八条 停车应当缴费。")
        upload = receive_upload(work.files, "征求意见稿.docx", text)
        attach_document(work, case_id, "submission_draft", upload)
    answers = {**OPENED, **opened}
    bring_to(as_, cast, case_id, "close_consultation", open_consultation=answers)
    return case_id


def consultation_of(as_: As, case_id: int) -> int:
    """Return the id of a case's consultation."""
    with as_(None) as work:
        chosen = Consultation.case_id == case_id
        return work.session.scalars(sa.select(Consultation.id).where(chosen)).one()


def say(as_: As, case_id: int, text: str = FEE, **typed: str) -> str:
    """Comment on the public page; return the receipt."""
    consultation_id = consultation_of(as_, case_id)
    with as_(None) as work:
        key = secrets.token_hex(16)
        return receive_comment(
            work, consultation_id, key, {"text": text, **typed}
        ).receipt


def write(as_: As, cast: Cast, case_id: int, **letter: str) -> int:
    """Enter a letter; return the id of the comment."""
    with as_(cast.drafter) as work:
        comment = enter_comment(work, case_id, {**LETTER, **letter})
        work.session.flush()
        return comment.id


def group_all(as_: As, cast: Cast, case_id: int) -> list[int]:
    """Group what there is; return the ids of all groups by number."""
    with as_(cast.drafter) as work:
        group_comments(work, case_id)
    with as_(None) as work:
        chosen = sa.select(CommentGroup.id).where(CommentGroup.case_id == case_id)
        return list(work.session.scalars(chosen.order_by(CommentGroup.number)))


def answer_all(as_: As, cast: Cast, case_id: int, *said: Answer) -> None:
    """Answer every group, in their order; the last answer for all that follow."""
    ids = group_all(as_, cast, case_id)
    answers = {key: said[min(n, len(said) - 1)] for n, key in enumerate(ids)}
    with as_(cast.drafter) as work:
        answer_groups(work, case_id, answers)


def homes(as_: As, case_id: int) -> list[int | None]:
    """Return the group of each comment, by number."""
    with as_(None) as work:
        chosen = sa.select(Comment.group_id).where(Comment.case_id == case_id)
        return list(work.session.scalars(chosen.order_by(Comment.number)))

"""What everybody may read of consultations, without an account.

The system itself asks, so nothing is left out by itself: every query here begins
at `shown_to_everybody` and hands over facts, never a case.
"""

import re
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.comments.masking import mask_text
from reviewflow.consulted import get_public, shown_to_everybody
from reviewflow.errors import Missing
from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.model.opinion import Adoption
from reviewflow.paragraphs import ENDING, Paragraph
from reviewflow.queries.adoption_table import AdoptionTable, adoption_table
from reviewflow.queries.consultations import count_groups
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.preview import preview
from reviewflow.work import Work

NOT_A_SIGN = re.compile(r"[^0-9A-Z]")
PART = 4
NOTICE = "consultation_notice"


@dataclass(frozen=True, slots=True)
class PublicConsultation:
    """A consultation as everybody may know it."""

    id: int
    number: str
    """Of its case; its way can be followed under it."""
    title: str
    unit: str
    starts_on: date
    ends_on: date
    first_ends_on: date | None
    """The last day first announced, if it was put off."""
    extension_reason: str
    days: int
    channel: str
    shortened_reason: str
    is_shortened: bool
    closed_on: date | None
    comments: int | None
    adopted: int | None
    has_notice: bool
    """One was uploaded, or can be written from what was registered."""
    draft: str
    is_open: bool
    days_left: int

    @property
    def state(self) -> str:
        """`open`, `ended` or `closed`: with its answers."""
        if self.closed_on is not None:
            return "closed"
        return "open" if self.is_open else "ended"


@dataclass(frozen=True, slots=True)
class PublicList:
    """A page of consultations, those first that take comments."""

    rows: list[PublicConsultation]
    paging: Paging


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A consultation with its draft, article by article."""

    consultation: PublicConsultation
    paragraphs: list[Paragraph]
    is_cut: bool

    @property
    def clauses(self) -> list[str]:
        """The articles one can speak to."""
        return list(dict.fromkeys(p.number for p in self.paragraphs if p.number))


@dataclass(frozen=True, slots=True)
class PublicTable:
    """A page of the answers of a closed consultation."""

    consultation: PublicConsultation
    table: AdoptionTable
    paging: Paging


@dataclass(frozen=True, slots=True)
class PublicReceipt:
    """What the sender of one comment finds under its code."""

    consultation: PublicConsultation
    receipt: str
    number: int
    clause: str
    text: str
    received_on: date
    adoption: Adoption | None
    """Known once the consultation is closed."""
    reason: str


def list_public(work: Work, page: int = 1) -> PublicList:
    """Return the consultations everybody may see."""
    chosen = shown_to_everybody() & Consultation.ends_on.is_not(None)
    total = work.session.scalar(sa.select(sa.func.count(Consultation.id)).where(chosen))
    cut = paging(total or 0, page)
    is_open = Consultation.closed_on.is_(None) & (Consultation.ends_on >= work.today)
    rows = work.session.scalars(
        sa.select(Consultation)
        .where(chosen)
        .order_by(is_open.desc(), Consultation.ends_on.desc(), Consultation.id.desc())
        .offset(cut.first)
        .limit(cut.end - cut.first)
        .options(
            joinedload(Consultation.case),
            joinedload(Consultation.notice),
            joinedload(Consultation.draft),
        )
    )
    return PublicList([_shown(work, row) for row in rows.unique()], cut)


def public_page(work: Work, consultation_id: int) -> PublicPage:
    """Return one consultation with the text of its draft.

    Raises:
        Missing: There is none for everybody.
    """
    row = get_public(work, consultation_id)
    read = None
    if row.draft is not None and row.draft.name.lower().endswith(ENDING):
        read = preview(work, row.draft.document, row.draft)
    paragraphs = [] if read is None else read.paragraphs
    return PublicPage(_shown(work, row), paragraphs, read is not None and read.is_cut)


def public_table(work: Work, consultation_id: int, page: int = 1) -> PublicTable:
    """Return what became of the comments, once that is decided.

    Raises:
        Missing: There is none for everybody, or it is not closed yet.
    """
    row = get_public(work, consultation_id)
    if row.closed_on is None:
        raise Missing("征求意见还没有结束，采纳情况在结束后公布。")
    cut = paging(count_groups(work, row), page)
    return PublicTable(_shown(work, row), adoption_table(work, row, cut), cut)


def public_receipt(work: Work, code: str) -> PublicReceipt:
    """Return one comment by the code its sender was given.

    Raises:
        Missing: Nobody was given that code, or it is not shown any more.
    """
    plain = NOT_A_SIGN.sub("", code.upper())
    receipt = "-".join(plain[i : i + PART] for i in range(0, len(plain), PART))
    comment = work.session.scalar(
        sa.select(Comment)
        .join(Comment.consultation)
        .where(Comment.receipt == receipt, shown_to_everybody())
    )
    if comment is None:
        raise Missing("没有查到这个回执编号，请核对后再试。")
    consultation = get_public(work, comment.consultation_id)
    group = comment.group if consultation.closed_on is not None else None
    return PublicReceipt(
        consultation=_shown(work, consultation),
        receipt=comment.receipt,
        number=comment.number,
        clause=comment.clause,
        text=mask_text(comment.text, [comment.name]),
        received_on=comment.received_on,
        adoption=group.adoption if group else None,
        reason=_reason(work, group),
    )


def _reason(work: Work, group: CommentGroup | None) -> str:
    if group is None:
        return ""
    names = sa.select(Comment.name).where(Comment.group_id == group.id)
    return mask_text(group.reason, work.session.scalars(names))


def _is_written(work: Work, row: Consultation) -> bool:
    is_told = row.ends_on is not None and bool(row.channel)
    return is_told and f"{NOTICE}.txt" in work.process(row.case).kind.letters


def _shown(work: Work, row: Consultation) -> PublicConsultation:
    ends_on = row.ends_on or row.due_on
    return PublicConsultation(
        id=row.id,
        number=row.case.number,
        title=row.case.title,
        unit=row.case.unit.name,
        starts_on=row.starts_on,
        ends_on=ends_on,
        first_ends_on=row.first_ends_on,
        extension_reason=row.extension_reason,
        days=(ends_on - row.starts_on).days,
        channel=row.channel,
        shortened_reason=row.shortened_reason,
        is_shortened=row.is_shortened,
        closed_on=row.closed_on,
        comments=row.comments,
        adopted=row.adopted,
        has_notice=row.notice is not None or _is_written(work, row),
        draft=row.draft.name if row.draft else "",
        is_open=row.takes_comments(work.today),
        days_left=max(0, (ends_on - work.today).days),
    )

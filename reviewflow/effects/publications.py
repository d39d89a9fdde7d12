"""Effects of publishing: the number is given, the document is published."""

import re
from datetime import date

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.answered import last_answers
from reviewflow.errors import Invalid, Missing
from reviewflow.model.case import Case
from reviewflow.model.publication import Publication
from reviewflow.work import Answers, Work

NUMBER_FORM = re.compile(r"(?P<organ>[一-鿿]+)〔(?P<year>\d{4})〕(?P<n>[1-9]\d*)号")
EARLY_LIMIT = "TL-22"
MEETING_STEP = "hold_meeting"


def find_publication(work: Work, case: Case) -> Publication | None:
    """Return the publication of a case, if it has come so far."""
    return work.session.scalar(
        sa.select(Publication).where(Publication.case_id == case.id)
    )


def number_document(work: Work, case: Case, answers: Answers) -> None:
    """Give the document its number, once and for ever (三统一).

    Raises:
        Invalid: The number is not in the form of GB/T 9704, or is taken.

    Source: 国办发〔2018〕37号（统一登记、统一编号、统一印发）.
    """
    doc_number = clean_number(str(answers["doc_number"]))
    _require_free(work, case, doc_number)
    row = find_publication(work, case) or Publication(case_id=case.id)
    row.kind_code, row.title, row.maker = case.kind_code, case.title, case.issuing_organ
    row.doc_number = doc_number
    row.register_number = str(answers.get("register_number") or "")
    row.recorded_at = work.now
    work.session.add(row)
    work.session.flush()
    journal.record(work, case, "document.numbered", number=doc_number)


def publish_document(work: Work, case: Case, answers: Answers) -> None:
    """Note where and when the document was published and from when it holds.

    Raises:
        Invalid: A date contradicts another, or a reason is missing.
        Missing: It has no number yet.

    Source: 《安徽省行政规范性文件管理办法》第三十条（公布之日起未满30日即施行的，
    说明理由）.
    """
    row = find_publication(work, case)
    if row is None:
        raise Missing("该文件还没有编号，请先登记文号。")
    row.published_on = _published_on(work, answers)
    row.effective_on = answers["effective_on"]
    row.valid_until = answers.get("valid_until")
    row.channel = str(answers.get("channel") or "")
    row.early_reason = str(answers.get("early_reason") or "")
    row.simplified_reason = str(answers.get("simplified_reason") or "")
    _take_decision(work, case, row, answers)
    _check_dates(work, row)
    case.phase = "已公布"
    journal.record(
        work,
        case,
        "document.published",
        number=row.doc_number,
        published_on=row.published_on,
        effective_on=row.effective_on,
    )


def register_document(work: Work, case: Case, answers: Answers) -> None:
    """Enter a document that was made and published outside the system."""
    number_document(work, case, answers)
    publish_document(work, case, answers)


def clean_number(typed: str) -> str:
    """Return a document number in its proper form.

    Brackets of any shape, full-width digits and spaces are put right; what is
    not a number after that is refused.

    Raises:
        Invalid: It is not a document number.

    Source: GB/T 9704-2012（发文字号用六角括号，年份用全称，不编虚位、不加“第”）.
    """
    narrow = typed.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    squeezed = re.sub(r"\s+", "", narrow)
    bracketed = re.sub(r"[\[［(（【〔](\d{4})[\]］)）】〕]", r"〔\1〕", squeezed)
    if NUMBER_FORM.fullmatch(bracketed) is None:
        raise Invalid({"doc_number": "请填写发文字号，例如：六政办〔2026〕15号。"})
    return bracketed


def _require_free(work: Work, case: Case, doc_number: str) -> None:
    taken = work.session.scalar(
        sa.select(Publication.case_id).where(
            Publication.doc_number == doc_number, Publication.case_id != case.id
        )
    )
    if taken is not None:
        raise Invalid({"doc_number": f"文号“{doc_number}”已存在，请核对后重新编号。"})


def _take_decision(work: Work, case: Case, row: Publication, answers: Answers) -> None:
    """Name the meeting that decided, as recorded, or as told afterwards."""
    recorded = last_answers(work, case, MEETING_STEP)
    row.meeting = str(answers.get("meeting") or recorded.get("meeting") or "")
    held_on = recorded.get("held_on")
    decided_on = date.fromisoformat(held_on) if held_on else None
    row.decided_on = answers.get("decided_on") or decided_on


def _published_on(work: Work, answers: Answers) -> date:
    published_on: date = answers["published_on"]
    if published_on > work.today:
        raise Invalid({"published_on": "公布日期不能晚于今天，请在公布后登记。"})
    return published_on


def _check_dates(work: Work, row: Publication) -> None:
    published_on, effective_on = row.published_on, row.effective_on
    if published_on is None or effective_on is None:
        raise Invalid({"effective_on": "请填写公布日期和施行日期。"})
    errors = {}
    if effective_on < published_on:
        errors["effective_on"] = "施行日期不能早于公布日期。"
    if row.valid_until is not None and row.valid_until < effective_on:
        errors["valid_until"] = "有效期届满日不能早于施行日期。"
    limit = work.law.limit(EARLY_LIMIT, published_on)
    if (effective_on - published_on).days < limit.days and not row.early_reason:
        errors["early_reason"] = (
            f"公布之日起未满{limit.days}日即施行的，请说明理由（报备时须一并说明）。"
        )
    if errors:
        raise Invalid(errors)

"""Effects of publishing: the number is given, the document is published."""

import re
from datetime import date

import sqlalchemy as sa

from reviewflow import joint_makers, journal
from reviewflow.answered import last_answers
from reviewflow.errors import Invalid, Missing
from reviewflow.kinds.shelf import EMERGENCY
from reviewflow.model.case import Case
from reviewflow.model.publication import Publication
from reviewflow.work import Answers, Work

ORDER_FORM = re.compile(r"(?P<organ>[一-鿿]+)令第(?P<n>[1-9]\d*)号")
NUMBER_FORM = re.compile(r"(?P<organ>[一-鿿]+)〔(?P<year>\d{4})〕(?P<n>[1-9]\d*)号")
NUMBERS = {
    # question: the form of its answer, and what it looks like
    "doc_number": (NUMBER_FORM, "发文字号，例如：六政办〔2026〕15号"),
    "order_number": (ORDER_FORM, "令号，例如：六安市人民政府令第12号"),
}
EARLY_LIMIT = "TL-22"
MEETING_STEP = "hold_meeting"
GROUND = "early_ground"


def find_publication(work: Work, case: Case) -> Publication | None:
    """Return the publication of a case, if it has come so far."""
    return work.session.scalar(
        sa.select(Publication).where(Publication.case_id == case.id)
    )


def number_document(work: Work, case: Case, answers: Answers) -> None:
    """Give the document its number, once and for ever (三统一).

    What a form asks as `order_number` is the number of an order (令号).

    Raises:
        Invalid: The number is not in its form, or is taken.

    Source: 国办发〔2018〕37号（统一登记、统一编号、统一印发）.
    """
    field = "order_number" if "order_number" in answers else "doc_number"
    number = clean_number(str(answers[field]), field)
    _require_free(work, case, field, number)
    row = find_publication(work, case) or Publication(case_id=case.id)
    row.kind_code, row.title, row.maker = case.kind_code, case.title, case.issuing_organ
    row.doc_number = number
    row.register_number = str(answers.get("register_number") or "")
    row.effective_on = answers.get("effective_on")
    row.recorded_at = work.written_at
    row.backfilled_at = work.told_at
    work.session.add(row)
    work.session.flush()
    journal.record(work, case, "document.numbered", number=number)


def publish_document(work: Work, case: Case, answers: Answers) -> None:
    """Note where and when the document was published and from when it holds.

    The day it holds from may have been told with its number.

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
    row.effective_on = answers.get("effective_on") or row.effective_on
    row.valid_until = answers.get("valid_until")
    told = joint_makers.take(work, case, row, answers.get("joint_makers") or ())
    row.channel = str(answers.get("channel") or "")
    row.early_reason = str(answers.get("early_reason") or "")
    row.simplified_reason = str(answers.get("simplified_reason") or "")
    _take_decision(work, case, row, answers)
    _check_dates(work, case, row, answers)
    case.phase = "已公布"
    journal.record(
        work,
        case,
        "document.published",
        number=row.doc_number,
        published_on=row.published_on,
        effective_on=row.effective_on,
        **told,
    )


def register_document(work: Work, case: Case, answers: Answers) -> None:
    """Enter a document that was made and published outside the system."""
    number_document(work, case, answers)
    publish_document(work, case, answers)


def clean_number(typed: str, field: str = "doc_number") -> str:
    """Return a document number, or the number of an order, in its proper form.

    Brackets of any shape, full-width digits and spaces are put right; what is
    not a number after that is refused.

    Args:
        typed: As somebody wrote it.
        field: The question it answers.

    Raises:
        Invalid: It is not such a number.

    Source: GB/T 9704-2012（发文字号用六角括号，年份用全称，不编虚位、不加“第”；
    命令（令）的令号为“第×号”）.
    """
    form, example = NUMBERS[field]
    narrow = typed.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    squeezed = re.sub(r"\s+", "", narrow)
    bracketed = re.sub(r"[\[［(（【〔](\d{4})[\]］)）】〕]", r"〔\1〕", squeezed)
    plain = re.sub(r"[(（](第\d+号)[)）]", r"\1", bracketed)
    if form.fullmatch(plain) is None:
        raise Invalid({field: f"请填写{example}。"})
    return plain


def _require_free(work: Work, case: Case, field: str, number: str) -> None:
    taken = work.session.scalar(
        sa.select(Publication.case_id).where(
            Publication.doc_number == number, Publication.case_id != case.id
        )
    )
    if taken is not None:
        raise Invalid({field: f"文号“{number}”已存在，请核对后重新编号。"})


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


def _check_dates(work: Work, case: Case, row: Publication, answers: Answers) -> None:
    published_on, effective_on = row.published_on, row.effective_on
    if published_on is None or effective_on is None:
        raise Invalid({"effective_on": "请填写公布日期和施行日期。"})
    errors = {}
    if effective_on < published_on:
        errors["effective_on"] = "施行日期不能早于公布日期。"
    if row.valid_until is not None and row.valid_until < effective_on:
        errors["valid_until"] = "有效期届满日不能早于施行日期。"
    if case.facts.get(EMERGENCY) is True and not row.simplified_reason:
        errors["simplified"] = (
            "本事项经批准按紧急程序办理，请选“是”并写明理由，报送备案时一并说明。"
        )
    errors |= _early_errors(work, row, answers, effective_on, published_on)
    if errors:
        raise Invalid(errors)


def _early_errors(
    work: Work, row: Publication, answers: Answers, effective_on: date, on: date
) -> dict[str, str]:
    """Return what a document that holds too soon lacks: a reason, or its ground.

    The service task names the limit; a form that asks for the ground asks which of
    those the law knows.
    """
    limit_id = str(answers.get("limit") or EARLY_LIMIT)
    if work.told_at is not None or not work.law.knows(limit_id, on):
        return {}  # a fact of the past, or before anything of the sort was asked
    limit = work.law.limit(limit_id, on)
    earliest = work.law.deadline(limit_id, on).due_on
    if row.kind_code not in limit.applies or effective_on >= earliest:
        return {}
    errors = {}
    if GROUND in answers and not answers[GROUND]:
        errors[GROUND] = (
            f"公布之日起未满{limit.days}日即施行的，请选择属于哪一种法定情形。"
        )
    if not row.early_reason:
        sentence = (
            f"公布之日起未满{limit.days}日即施行的，请说明理由（报备时须一并说明）。"
        )
        errors["early_reason"] = sentence
    return errors

"""Letters on the way of a case: sent, accepted, returned, answered, announced."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.letters.letter import Letter
from reviewflow.model.consultation import Consultation
from reviewflow.queries.letters import letter, letters
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.letters import (
    ADOPTIONS,
    REVISE,
    TUESDAY,
    WEDNESDAY,
    Lettered,
    signed_opinion,
)
from tests.papers import assessed, at, decide, ending_case, fire, published
from tests.steps import bring_to, do_next, new_case

BUREAU, JUSTICE = "六安市住房和城乡建设局", "六安市司法局"
TITLE = "六安市农村自建房屋安全管理办法"


def get(there: Lettered, case_id: int, name: str) -> Letter:
    with there.runtime.read(there.cast.drafter, NOON_MONDAY) as work:
        return letter(work, case_id, name)


def said(shown: Letter) -> str:
    return "\n".join(p.heading + p.text for p in shown.body.paragraphs)


def test_the_public_is_asked_by_a_notice(there: Lettered) -> None:
    notice = get(there, there.signed, "consultation_notice")
    assert notice.title == f"关于公开征求《{TITLE}（征求意见稿）》意见的公告"
    assert "自2026年1月20日至2026年2月24日，共35日。" in said(notice)
    assert "在市政府门户网站公布" in said(notice)
    assert "在“公开征求意见”页面直接填写" in said(notice)
    assert "期限缩短的理由" not in said(notice)
    assert (notice.is_final, notice.body.signature) == (True, BUREAU)
    assert (notice.body.addressee, "公告如下。" in said(notice)) == ("", True)
    assert notice.body.date == "2026年1月20日"


def test_a_short_period_says_why_and_what_lacks_is_named(there: Lettered) -> None:
    chosen = sa.select(Consultation).where(Consultation.case_id == there.signed)
    with there.begin(None) as work:
        row = work.session.scalars(chosen).one()
        row.shortened_reason, row.channel = "防汛急需。", ""
    with pytest.raises(Invalid, match="缺少“公布载体”，请补充后生成。"):
        get(there, there.signed, "consultation_notice")
    with there.begin(None) as work:
        work.session.scalars(chosen).one().channel = "市政府门户网站"
    text = said(get(there, there.signed, "consultation_notice"))
    assert "共35日。期限缩短的理由：防汛急需。" in text
    assert "。。" not in text


def test_a_draft_is_sent_with_a_letter_and_accepted_with_another(
    there: Lettered,
) -> None:
    sent = get(there, there.signed, "submission_letter")
    text = said(sent)
    assert sent.body.addressee == f"{JUSTICE}："
    assert "收到意见12条，采纳9条。征求了市发改委、市公安局的意见。" in text
    assert "公平竞争审查的结论：不涉及经营者经济活动。" in text
    assert "由局长办公会集体讨论通过。" in text
    assert "请于2026年3月12日前反馈" in text
    assert "附件：1.送审稿\n　　　2.起草说明\n" in text
    assert (sent.state, sent.body.date) == ("已签署", "2026年3月2日")
    accepted = get(there, there.signed, "acceptance_notice")
    assert "于2026年3月2日予以受理" in said(accepted)
    assert accepted.body.signature == JUSTICE


def test_a_letter_to_be_signed_is_marked(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "sign_submission")
    again: dict[str, Any] = {"outcome": "RETURN", "reason": "请补充依据。"}
    do_next(as_, cast, case_id, "sign_submission", **again)
    bring_to(as_, cast, case_id, "sign_submission")
    with as_(cast.drafter) as work:
        draft = letter(work, case_id, "submission_letter")
    assert (draft.name, draft.state) == ("submission_letter-1", "未签署")
    assert draft.body.date == "（未签署）"


def test_a_packet_is_returned_by_who_returned_it(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    back: dict[str, Any] = {"outcome": "RETURN", "reason": "没有征求意见。"}
    bring_to(as_, cast, case_id, "office_check")
    do_next(as_, cast, case_id, "office_check", TUESDAY, **back)
    bring_to(as_, cast, case_id, "accept_submission")
    do_next(as_, cast, case_id, "accept_submission", WEDNESDAY, **back)
    with as_(cast.drafter) as work:
        first = letter(work, case_id, "case_return_notice-1")
        second = letter(work, case_id, "case_return_notice-2")
    assert "没有征求意见。" in said(first)
    assert first.body.signature == "六安市人民政府办公室"
    assert (second.body.signature, second.body.date) == (JUSTICE, "2026年3月4日")


def test_findings_are_answered_and_the_answers_go_to_the_meeting(
    as_: As, cast: Cast
) -> None:
    case_id = signed_opinion(as_, cast, new_case(as_, cast), **REVISE)
    with as_(cast.drafter) as work:
        names = [one.name for one in letters(work, case_id)]
    assert not {"adoption_feedback-1", "agenda_request-1"} & set(names)
    do_next(as_, cast, case_id, "revise_draft", TUESDAY, **ADOPTIONS)
    bring_to(as_, cast, case_id, "approve_agenda")

    with as_(cast.drafter) as work:
        feedback = letter(work, case_id, "adoption_feedback")
        request = letter(work, case_id, "agenda_request")
    assert (feedback.state, feedback.body.date) == ("已反馈", "2026年3月3日")
    assert "采纳情况：采纳。" in said(feedback)
    assert "采纳情况：未采纳，理由和依据：上位法已有规定。" in said(feedback)
    assert request.body.addressee == "六安市人民政府："
    assert "（六司审〔2026〕1号），结论为应当予以修改" in said(request)
    assert "提出具体修改意见3条，采纳2条。" in said(request)
    assert (
        "第二条意见（第十五条）：与上位法一致。未采纳，理由：上位法已有规定。"
        in said(request)
    )


def test_the_end_of_a_document_is_announced(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    until = date(2028, 8, 31)
    repealed, lapsed = (
        published(as_, cast, valid_until=str(until), title=title)
        for title in ("甲办法", "乙办法")
    )
    fire(runtime, date(2028, 2, 29))
    case_id = assessed(as_, cast, repealed, "REPEAL")
    decide(as_, cast, case_id, "REPEAL", ends_on="2028-06-30")
    with as_(None) as work:
        shown = letter(work, case_id, "ending_notice")
    assert shown.title == "关于《甲办法》废止的公告"
    assert "根据局长办公会议，《甲办法》" in said(shown)
    assert "自2028年6月30日起废止" in said(shown)
    assert (shown.body.signature, shown.body.date) == (BUREAU, "2028年6月1日")

    fire(runtime, until)
    case_id = ending_case(as_, lapsed)
    with as_(None) as work:
        shown = letter(work, case_id, "ending_notice")
    assert (shown.title, shown.state) == ("关于《乙办法》失效的公告", "未公布")
    assert "有效期至2028年8月31日届满，自次日起自动失效" in said(shown)
    announced = {"announced_on": "2028-09-04", "channel": "市住建局网站"}
    do_next(as_, cast, case_id, "announce_expiry", at(date(2028, 9, 4)), **announced)
    with as_(None) as work:
        shown = letter(work, case_id, "ending_notice")
    assert (shown.state, shown.body.date) == ("已公布", "2028年9月4日")

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.letters.letter import Letter
from reviewflow.model.case import Case
from reviewflow.queries.letters import letter, letters
from reviewflow.usecases.deployment import deploy, pack
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.letters import (
    HOSTILE,
    LACKING,
    REVISE,
    Lettered,
    nothing_in,
    signed_opinion,
)
from tests.steps import bring_to, do_next, new_case

DAY = "2026年3月2日"
TITLE = "六安市农村自建房屋安全管理办法"


def get(there: Lettered, reader: str, case_id: int, name: str) -> Letter:
    with there.runtime.read(there.cast.people[reader], NOON_MONDAY) as work:
        return letter(work, case_id, name)


def names(there: Lettered, reader: str, case_id: int) -> list[str]:
    with there.runtime.read(there.cast.people[reader], NOON_MONDAY) as work:
        return [entry.name for entry in letters(work, case_id)]


def said(shown: Letter) -> str:
    return "\n".join(p.heading + p.text for p in shown.body.paragraphs)


def test_an_opinion_before_its_signature_is_marked(there: Lettered) -> None:
    draft = get(there, "signer", there.draft, "review_opinion")

    assert (draft.is_final, draft.state, draft.number) == (False, "未签发", "")
    assert draft.body.date == "（未签发）"
    assert draft.body.foot == ("承办：赵敏　复核：孙浩　签发：（未签发）",)
    assert draft.file_name == "审登〔2026〕1号-审查意见书（未签发）.docx"


@pytest.mark.parametrize("reader", ["review_intake", "checker", "signer", "auditor"])
def test_a_draft_is_read_in_the_review_office(there: Lettered, reader: str) -> None:
    assert names(there, reader, there.draft) == [
        "consultation_notice-1",
        "submission_letter-1",
        "drafting_note-1",
        "internal_opinion-1",
        "acceptance_notice-1",
        "supplement_notice-1",
        "supplement_notice-2",
        "review_opinion-1",
        "legal_advice-1",
    ]


@pytest.mark.parametrize("reader", ["drafter", "unit_head", "counsel", "filer"])
def test_a_draft_is_hidden_from_everybody_else(there: Lettered, reader: str) -> None:
    assert "review_opinion-1" not in names(there, reader, there.draft)
    with pytest.raises(Missing):
        get(there, reader, there.draft, "review_opinion-1")
    assert "review_opinion-1" in names(there, reader, there.signed)


def test_a_name_that_no_disk_takes_is_mended(there: Lettered) -> None:
    with there.begin(None) as work:
        case = work.get(Case, there.draft)
        number, case.number = case.number, "审/登:1"

    draft = get(there, "signer", there.draft, "review_opinion")

    with there.begin(None) as work:
        work.get(Case, there.draft).number = number
    assert draft.file_name == "审_登_1-审查意见书（未签发）.docx"


def test_a_signed_opinion_says_who_when_and_to_whom(there: Lettered) -> None:
    signed = get(there, "drafter", there.signed, "review_opinion")

    assert (signed.is_final, signed.state) == (True, "已签发")
    assert (signed.masthead, signed.number) == ("六安市司法局文件", "六司审〔2026〕1号")
    assert signed.title == f"关于《{TITLE}（送审稿）》的合法性审查意见"
    assert signed.body.addressee == "六安市住房和城乡建设局："
    assert (signed.body.signature, signed.body.date) == ("六安市司法局", DAY)
    assert signed.body.foot == ("承办：赵敏　复核：孙浩　签发：钱立",)
    assert signed.file_name == "六司审〔2026〕1号-审查意见书.docx"
    assert f"你单位{DAY}送审的" in said(signed)
    assert "张律师" in said(signed)
    assert "自2026年1月20日至2026年2月24日公开征求意见，共35日" in said(signed)
    assert "该送审稿合法，可以提请集体审议。" in said(signed)


def test_findings_are_numbered_and_the_textual_ones_stand_apart(
    there: Lettered,
) -> None:
    text = said(get(there, "drafter", there.revise, "review_opinion"))

    assert "（一）关于第八条第二款。原文为“可以限制其进入”。" in text
    assert "应当修改：删除该款。" in text
    assert "（二）关于第十五条。" in text
    assert "四、其他建议（文字与技术）。\n（一）关于第二条。" in text
    assert "五、结论。" in text
    assert "该送审稿应当予以修改" in text
    assert "。。" not in text


def test_only_points_with_a_problem_are_said(there: Lettered) -> None:
    text = said(get(there, "drafter", there.revise, "review_opinion"))

    authority, procedure = (
        next(line for line in text.split("\n") if line.startswith(head))
        for head in ("一、", "二、")
    )
    assert "未发现" in authority
    assert "制定主体是否合法" not in text
    assert "没有集体讨论记录" in procedure


def test_a_notice_to_supplement_says_what_is_lacking_and_till_when(
    there: Lettered,
) -> None:
    notice = get(there, "drafter", there.draft, "supplement_notice-1")
    second = get(there, "drafter", there.draft, "supplement_notice-2")

    assert notice.title == "材料补正通知书"
    assert LACKING in said(notice)
    assert "请于2026年3月10日前补正" in said(notice)
    assert "请于2026年3月11日前补正" in said(second)
    assert notice.body.signature == "六安市司法局"
    assert notice.body.date == "2026年3月3日"
    assert (notice.number, notice.is_plain) == ("", True)


def test_a_filing_report_is_there_before_it_is_sent(there: Lettered) -> None:
    draft = get(there, "filer", there.unsent, "filing_report")

    assert (draft.state, draft.body.date) == ("未报送", "（未报送）")
    assert draft.body.addressee == "六安市人民代表大会常务委员会："
    assert draft.file_name.endswith("-备案报告（未报送）.docx")


def test_a_filing_report_says_what_was_published(there: Lettered) -> None:
    sent = get(there, "filer", there.filing, "filing_report")

    assert (sent.state, sent.body.date) == ("已报送", "2026年3月3日")
    assert sent.masthead == "六安市人民政府文件"
    assert sent.body.addressee == "安徽省人民政府："
    assert f"《{TITLE}》（六政〔2026〕8号）" in said(sent)
    assert f"已经{DAY}市政府第80次常务会议审议通过" in said(sent)
    assert "自2026年5月1日起施行" in said(sent)
    assert "有效期至2031年4月30日" in said(sent)


def test_the_receiver_corrects_returns_and_registers_by_letter(
    there: Lettered,
) -> None:
    correction, returned, registered = (
        get(there, "filer", there.filing, name)
        for name in ("correction_notice", "return_notice", "registration_notice")
    )

    assert "缺少对照表。" in said(correction)
    assert "2026年3月9日前补正" in said(correction)
    assert "应当报其他机关。" in said(returned)
    assert f"你单位{DAY}报送备案的" in said(returned)
    assert "登记号为皖司备〔2026〕1号" in said(registered)
    assert "你单位2026年3月3日报送备案的" in said(registered)
    assert registered.since == date(2026, 3, 3)
    assert registered.body.addressee == "六安市人民政府："
    assert {correction.masthead, returned.masthead} == {"安徽省人民政府"}


def test_what_a_letter_lacks_is_named(there: Lettered) -> None:
    with nothing_in(there, "effective_on"):
        assert names(there, "filer", there.unsent) == ["filing_report-1"]
        with pytest.raises(Invalid, match="缺少“施行日期”，请补充后生成。"):
            get(there, "filer", there.unsent, "filing_report")


def test_a_stranger_finds_neither_letters_nor_letter(there: Lettered) -> None:
    with pytest.raises(Missing):
        names(there, "other_drafter", there.signed)
    with pytest.raises(Missing):
        get(there, "other_drafter", there.signed, "review_opinion")


@pytest.mark.parametrize("name", ["review_opinion-2", "other", "../kind.yaml", ""])
def test_a_letter_that_was_never_written_is_missing(there: Lettered, name: str) -> None:
    with pytest.raises(Missing):
        get(there, "drafter", there.signed, name)


def test_a_title_that_looks_like_code_stays_text(there: Lettered) -> None:
    shown = get(there, "drafter", there.hostile, "review_opinion")
    assert shown.title == f"关于《{HOSTILE}（送审稿）》的合法性审查意见"


def test_every_signed_opinion_keeps_its_name(as_: As, cast: Cast) -> None:
    case_id = signed_opinion(as_, cast, new_case(as_, cast), **REVISE)
    with as_(cast.drafter) as work:
        first = letter(work, case_id, "review_opinion")
    answered: dict[str, Any] = {"material_change": "yes", "changes": "增加一条。"} | {
        f"adoptions-{place}-{name}": value
        for place in range(3)
        for name, value in (("finding_id", place + 1), ("adoption", "FULL"))
    }
    do_next(as_, cast, case_id, "revise_draft", **answered)
    bring_to(as_, cast, case_id, "sign_opinion")
    with as_(cast.drafter) as work:
        known = {entry.name for entry in letters(work, case_id)}
    assert "review_opinion-1" in known
    assert "review_opinion-2" not in known

    do_next(as_, cast, case_id, "sign_opinion")

    with as_(cast.drafter) as work:
        latest = letter(work, case_id, "review_opinion")
        assert (latest.name, latest.number) == ("review_opinion-2", "六司审〔2026〕2号")
        assert letter(work, case_id, "review_opinion-1") == first


@pytest.mark.parametrize(
    ("gone", "left"), [(r"\w+", []), ("consultation_notice", ["submission_letter-1"])]
)
def test_a_kind_without_the_wording_has_no_such_letter(
    as_: As, cast: Cast, gone: str, left: list[str]
) -> None:
    with as_(None) as work:
        files = work.processes.latest(work.session, "normative_document").kind.files
        sorts = {PurePosixPath(n).stem for n in files if n.endswith(".txt")}
        lost = [name for name in sorts if re.fullmatch(gone, name)]
        kept = {n: c for n, c in files.items() if PurePosixPath(n).stem not in lost}
        named = f", ({'|'.join(lost)})\\b".encode()
        kept["kind.yaml"] = re.sub(named, b"", kept["kind.yaml"])
        deploy(work, pack(work, kept))
    case_id = signed_opinion(as_, cast, new_case(as_, cast))

    with as_(cast.drafter) as work:
        assert [entry.name for entry in letters(work, case_id)][:1] == left

"""The maker reports what it did about an objection (整改情况报告)."""

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.letters.correction_report_fields import correction_report_occasions
from reviewflow.letters.letter import Letter
from reviewflow.model.case import Case
from reviewflow.queries.letters import letter
from tests.cast import Cast
from tests.conftest import As
from tests.duties import MENDED, Press, at, day
from tests.letters import forget, full_text
from tests.steps import TEXT, do_next

REPORT, STEP = "correction_report", "correct_document"
FIRST, LAST = at(day("07-20")), at(day("07-29"))
MENDED_TOLD = (
    "于2026年6月11日收到备案审查意见书。",
    "（一）第九条。原文“由指定单位维护”，问题类型为公平竞争，依据为《公平竞争审查条例》第八条。",
    "处理决定。予以修改，重新公布。第九条已经删除。",
    "修改后的文本于2026年7月18日在市住建局网站公布，随本报告报送。",
    "举一反三情况。检查了现行文件，没有同类问题。",
)


def read(as_: As, case_id: int, name: str) -> tuple[Letter, str]:
    with as_(None, LAST) as work:
        shown = letter(work, case_id, name)
    return shown, full_text(shown)


def test_each_report_says_what_was_wrong_and_what_was_done(
    press: Press, as_: As, cast: Cast
) -> None:
    case_id = press.object_to()
    draft, text = read(as_, case_id, REPORT)
    assert (draft.state, draft.body.date) == ("未报告", "（未报告）")
    assert draft.body.addressee == "六安市人民政府："
    assert "处理决定。（未报告）" in text
    tomorrow = {**MENDED, "published_on": "2026-07-21"}
    with pytest.raises(Invalid, match="请在公布后报告"):
        do_next(as_, cast, case_id, STEP, FIRST, **tomorrow)
    do_next(as_, cast, case_id, STEP, FIRST, **MENDED)
    again = {"outcome": "AGAIN", "reason": TEXT}
    do_next(as_, cast, case_id, "confirm_correction", FIRST, **again)
    refusal = {"decision": "EXPLAIN", "note": "依据充分。", "others_checked": "无。"}
    do_next(as_, cast, case_id, STEP, LAST, **refusal)

    first, text = read(as_, case_id, f"{REPORT}-1")
    assert (first.is_final, first.body.date) == (True, "2026年7月20日")
    assert first.body.signature == first.masthead == "六安市住房和城乡建设局"
    assert not [said for said in MENDED_TOLD if said not in text]
    last, text = read(as_, case_id, REPORT)
    assert (last.name, last.state) == (f"{REPORT}-2", "已报告")
    assert "处理决定。不作修改，理由：依据充分。" in text
    assert "新文本及其公布情况。没有修改文本。" in text
    with as_(None) as work:
        reports = correction_report_occasions(work, work.get(Case, case_id))
        assert [one.settled() for one in reports] == [FIRST, LAST]


def test_who_may_read_it_and_what_it_lacks(press: Press, as_: As, cast: Cast) -> None:
    case_id = press.object_to()
    repealed = {**MENDED, "decision": "REPEAL"}
    do_next(as_, cast, case_id, STEP, FIRST, **repealed)
    with as_(cast.department_filer, LAST) as work:
        text = full_text(letter(work, case_id, REPORT))
        assert "废止的决定于2026年7月18日在市住建局网站公布。" in text
    with pytest.raises(Missing), as_(cast.other_drafter, LAST) as work:
        letter(work, case_id, REPORT)
    forget(as_, case_id, STEP, "published_on", "others_checked")
    with pytest.raises(Invalid, match="缺少“公布日期”“举一反三情况”"):
        read(as_, case_id, REPORT)

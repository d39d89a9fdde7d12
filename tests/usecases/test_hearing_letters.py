"""The announcement and the report of a hearing, as letters."""

import pytest

from reviewflow.errors import Invalid
from reviewflow.hearing_rows import plan_of
from reviewflow.letters.letter import Letter
from reviewflow.queries.letters import letter, letters
from reviewflow.usecases.sittings import add_opinion, answer_opinion
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.hearings import HELD, announced, everybody, holding, planned, sit
from tests.steps import do_next


def text_of(shown: Letter) -> str:
    return "\n".join(p.heading + p.text for p in shown.body.paragraphs)


def names(as_: As, case_id: int) -> list[str]:
    with as_(None) as work:
        return [one.name for one in letters(work, case_id)]


def test_the_announcement_says_who_may_take_part(as_: As, cast: Cast) -> None:
    case_id = planned(as_, cast)
    with as_(cast.drafter) as work:
        assert letter(work, case_id, "hearing_notice").state == "未发布"
    case_id = announced(as_, cast)
    with as_(cast.drafter) as work:
        shown = letter(work, case_id, "hearing_notice")
    text = text_of(shown)
    assert "2026年3月17日上午9:00" in text
    assert "利益相关方3名，自愿报名" in text
    assert "专家2名，由本单位邀请。" in text
    assert "至2026年3月6日" in text
    assert "旁听名额10名" in text
    assert (shown.is_final, shown.body.date) == (True, "2026年3月2日")
    assert shown.body.signature == "六安市住房和城乡建设局"
    assert "hearing_notice-1" in names(as_, case_id)


def test_what_an_announcement_lacks_is_named(as_: As, cast: Cast) -> None:
    case_id = announced(as_, cast)
    with as_(None) as work:
        plan_of(work, case_id).place = ""
    with pytest.raises(Invalid, match="缺少“听证地点”"), as_(cast.drafter) as work:
        letter(work, case_id, "hearing_notice")


def test_the_report_tells_who_came_and_what_was_adopted(as_: As, cast: Cast) -> None:
    case_id = holding(as_, cast)
    one = next(iter(everybody(as_, case_id, "x", ""))).split("-")[1]
    refusal = {f"signed-{one}": "REFUSED", f"note-{one}": "认为笔录不完整"}
    sit(as_, cast, case_id, **refusal)
    said = {"speaker_id": one, "clause": "第八条", "text": "收费标准偏高。"}
    with as_(cast.unit_legal, HELD) as work:
        row_id = str(add_opinion(work, case_id, said).id)
    assert "hearing_report-1" not in names(as_, case_id)

    do_next(as_, cast, case_id, "hold_hearing", HELD, participants=4)
    answer = {"opinion_id": row_id, "adoption": "NONE", "reason": "标准由省定。"}
    with as_(cast.drafter, HELD) as work:
        answer_opinion(work, case_id, answer)
        assert letter(work, case_id, "hearing_report").state == "未提交"
    do_next(as_, cast, case_id, "report_hearing", HELD, summary="多数赞成。")

    with as_(cast.drafter, NOON_MONDAY.replace(month=5)) as work:
        shown = letter(work, case_id, "hearing_report")
    text = text_of(shown)
    assert "应到听证参加人4名，实到4名。" in text
    assert "其中1名拒绝签名" in text
    assert "对第八条提出：收费标准偏高。未采纳，理由：标准由省定。" in text
    assert "多数赞成。" in text
    assert (shown.is_final, shown.body.date) == (True, "2026年3月17日")

"""The note on a draft holds what was recorded on its way (起草说明)."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.letters.letter import Letter
from reviewflow.model.case import TaskAnswers
from reviewflow.queries.letters import letter
from reviewflow.usecases.unit_opinions import (
    ask_units,
    record_stance,
    settle_dispute,
)
from tests.cast import Cast
from tests.conftest import As
from tests.letters import Lettered
from tests.steps import bring_to, new_case

NO = {
    "stance": "DISAGREE",
    "text": "由谁施划泊位应当明确。",
    "answered_on": "2026-03-02",
}


def get(as_: As, case_id: int) -> Letter:
    with as_(None) as work:
        return letter(work, case_id, "drafting_note")


def said(shown: Letter) -> str:
    return "\n".join(p.heading + p.text for p in shown.body.paragraphs)


def test_the_note_says_what_was_recorded(there: Lettered) -> None:
    shown = get(there.begin, there.signed)
    text = said(shown)
    assert (shown.state, shown.body.date) == ("已送审", "2026年3月2日")
    assert shown.title == "关于《六安市农村自建房屋安全管理办法（送审稿）》的起草说明"
    assert [p.heading for p in shown.body.paragraphs] == [
        "一、制定的必要性和依据。",
        "二、起草过程。",
        "三、有关方面意见及协调处理情况。",
        "四、评估论证、公平竞争审查、听证等情况。",
    ]
    assert "共35日，收到意见12条，采纳9条。修改情况：经研究" in text
    assert "征求意见的部门和处理情况：市发改委、市公安局。" in text
    assert "公平竞争审查的结论：不涉及经营者经济活动。" in text
    assert "。。" not in text
    drafted = sa.select(TaskAnswers).where(
        TaskAnswers.case_id == there.signed, TaskAnswers.step == "draft_text"
    )
    with there.begin(None) as work:
        work.session.scalars(drafted).one().answers = {}
    with pytest.raises(Invalid, match="缺少“必要性和依据、评估论证情况”"):
        get(there.begin, there.signed)


def test_what_is_not_recorded_is_not_told(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    answers = {"consult_units": {"units_consulted": "无"}}
    bring_to(as_, cast, case_id, "open_consultation", **answers)
    draft = get(as_, case_id)
    assert (draft.state, draft.body.date) == ("未送审", "（未送审）")
    assert [p.heading[:2] for p in draft.body.paragraphs] == ["一、", "二、"]
    with as_(cast.drafter) as work:
        (row,) = ask_units(work, case_id, [cast.units["streets"]], "2026-03-16")
        work.session.flush()
        record_stance(work, case_id, row.id, NO)
        settle_dispute(work, case_id, row.id, "SETTLED", "已在第五条写明。")
    text = said(get(as_, case_id))
    assert "不同意，由谁施划泊位应当明确。处理情况：已在第五条写明。" in text

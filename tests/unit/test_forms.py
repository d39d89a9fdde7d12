"""How answers are taken, and what is said to those that cannot be."""

from datetime import date

import pytest

from reviewflow.errors import Invalid
from reviewflow.kinds.forms import Form
from tests.kinds.asking import FINDING, form_of_all_types, refusal


@pytest.fixture
def form() -> Form:
    return form_of_all_types()


@pytest.mark.parametrize(
    ("name", "sent", "taken"),
    [
        ("conclusion", "LEGAL", "LEGAL"),
        ("conclusion", " LEGAL ", "LEGAL"),
        ("conclusion", "ＬＥＧＡＬ", "LEGAL"),  # typed with a Chinese keyboard
        ("approved", "yes", True),
        ("approved", "no", False),
        ("approved", True, True),  # as programs send it
        ("approved", False, False),
        ("approved", "是", True),
        ("approved", "", None),
        ("title", "  一　二  三 ", "一 二 三"),
        ("title", "（试行）：办法", "（试行）：办法"),  # full-width marks are right
        ("reasons", " 第一行\r\n第二行\r第三行 \n", "第一行\n第二行\n第三行"),
        ("reasons", "   ", None),
        ("reasons", "\u200b\u2060", None),  # nothing that can be seen
        ("title", "\u202e一二\u202c", "一二"),
        ("held_on", "2026-03-02", date(2026, 3, 2)),
        ("held_on", "2026-3-2", date(2026, 3, 2)),
        ("held_on", "2026/3/2", date(2026, 3, 2)),
        ("held_on", "2026.3.2", date(2026, 3, 2)),
        ("held_on", "2026年3月2日", date(2026, 3, 2)),
        ("held_on", " ２０２６ 年 ３ 月 ２ 日 ", date(2026, 3, 2)),
        ("held_on", "20260302", date(2026, 3, 2)),
        ("held_on", date(2026, 3, 2), date(2026, 3, 2)),
        ("held_on", "2028-02-29", date(2028, 2, 29)),
        ("days", "30", 30),
        ("days", " ３０ ", 30),
        ("days", 30, 30),
        ("days", 30.0, 30),
        ("handler_id", "7", 7),
        ("maker", 7, 7),
        ("means", ["WEB", "PAPER", "WEB", ""], ["WEB", "PAPER"]),
        ("means", "WEB", ["WEB"]),
        ("means", [], None),
    ],
)
def test_an_answer_is_taken_however_it_is_typed(
    form: Form, name: str, sent: object, taken: object
) -> None:
    assert form.parse({"conclusion": "LEGAL", name: sent})[name] == taken


@pytest.mark.parametrize(
    ("name", "sent", "sentence"),
    [
        ("conclusion", "", "请选择审查结论。"),
        ("conclusion", None, "请选择审查结论。"),
        ("conclusion", "legal", "审查结论：请从合法、应当予以修改、不合法中选择一项。"),
        ("conclusion", ["LEGAL", "REVISE"], "审查结论只能填写一项。"),
        ("conclusion", {"a": 1}, "审查结论的格式不正确，请重新填写。"),
        ("approved", "maybe", "是否同意：请选择“是”或“否”。"),
        ("approved", 1, "是否同意：请选择“是”或“否”。"),
        ("title", "一" * 11, "标题最多 10 字，现有 11 字，请删减。"),
        ("title", "一\x00二", "标题中有无法显示的字符，请删除后再提交。"),
        ("title", "\ud800", "标题中有无法显示的字符，请删除后再提交。"),
        ("title", True, "标题的格式不正确，请重新填写。"),
        (
            "held_on",
            "2026-02-30",
            "会议日期：“2026-02-30”不是日期，请按 2026-03-02 的格式填写。",
        ),
        (
            "held_on",
            "3月2日",
            "会议日期：“3月2日”不是日期，请按 2026-03-02 的格式填写。",
        ),
        ("days", "三十", "天数：请填写整数，例如 30。"),
        ("days", "1.5", "天数：请填写整数，例如 30。"),
        ("days", True, "天数：请填写整数，例如 30。"),
        ("days", "0", "天数不能小于 1。"),
        ("days", "61", "天数不能大于 60。"),
        ("days", "9" * 40, "天数：请填写整数，例如 30。"),
        ("handler_id", "赵", "请从列表中选择承办人。"),
        ("handler_id", "-1", "请从列表中选择承办人。"),
        ("means", ["WEB", "TV"], "方式：请从网站、报纸中选择一项。"),
        ("findings", "第三条", "具体意见的格式不正确，请重新填写。"),
        ("findings", ["第三条"], "具体意见的格式不正确，请重新填写。"),
        ("findings", [FINDING] * 201, "具体意见最多 200 条。"),
    ],
)
def test_a_refusal_says_how_to_mend_the_answer(
    form: Form, name: str, sent: object, sentence: str
) -> None:
    assert refusal(form, **{name: sent}) == {name: sentence}


def test_all_refusals_are_said_at_once_in_the_order_of_the_form(form: Form) -> None:
    with pytest.raises(Invalid) as caught:
        form.parse({"days": "x", "conclusion": "", "title": "一" * 11})

    assert list(caught.value.errors) == ["conclusion", "title", "days"]
    assert caught.value.message == "请选择审查结论。"


@pytest.mark.parametrize("conclusion", ["REVISE", "ILLEGAL"])
def test_a_question_may_be_required_by_another_answer(
    form: Form, conclusion: str
) -> None:
    assert refusal(form, conclusion=conclusion) == {"reasons": "请填写理由和依据。"}
    assert form.parse({"conclusion": "LEGAL"})["reasons"] is None


def test_a_point_that_is_only_named_is_not_answered(form: Form) -> None:
    named = {"grounds-0-point": "制定主体是否合法", "grounds-0-verdict": ""}
    judged = {"grounds-1-point": "是否超越职权", "grounds-1-verdict": "LAWFUL"}

    taken = form.parse({"conclusion": "LEGAL", **named, **judged})["grounds"]

    assert isinstance(taken, list)
    assert [row["point"] for row in taken] == ["是否超越职权"]

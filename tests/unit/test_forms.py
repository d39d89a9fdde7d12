"""How answers are taken, and what is said to those that cannot be."""

from datetime import date

import pytest

from reviewflow.errors import Invalid
from reviewflow.kinds.entries import Sheet
from reviewflow.kinds.form_reading import columns, read_forms
from reviewflow.kinds.forms import Form, jsonable
from reviewflow.kinds.schema import form_schema

YAML = """
ask:
  title: 起草合法性审查意见
  help: 逐条写明意见。
  primary: 提交复核
  fields:
    - name: conclusion
      label: 审查结论
      type: choice
      choices: {LEGAL: 合法, REVISE: 应当予以修改, ILLEGAL: 不合法}
      steers: true
    - {name: approved, label: 是否同意, type: yes_no, steers: true, optional: true}
    - {name: title, label: 标题, type: text, optional: true, max: 10}
    - name: reasons
      label: 理由和依据
      type: long_text
      required_if: {conclusion: [REVISE, ILLEGAL]}
    - {name: held_on, label: 会议日期, type: date, optional: true}
    - {name: days, label: 天数, type: number, optional: true, min: 1, max: 60}
    - name: handler_id
      label: 承办人
      type: person
      role: review_handler
      optional: true
    - {name: maker, label: 制定机关, type: unit, optional: true, steers: true}
    - name: means
      label: 方式
      type: choices
      optional: true
      choices: {WEB: 网站, PAPER: 报纸}
    - {name: findings, label: 具体意见, type: findings, optional: true}
    - {name: adoptions, label: 采纳情况, type: adoptions, optional: true}
    - {name: grounds, label: 审查要点, type: grounds, optional: true}
  documents:
    - {role: submission_draft, label: 送审稿}
    - {role: minutes, label: 会议纪要, required_if: {approved: "yes"}}
    - {role: annex, label: 附件, optional: true}
  verbs:
    return: {sets: {conclusion: REVISE}, reason: reasons}
"""
FINDING = {
    "clause": "第三条",
    "problem": "权限",
    "suggestion": "删去",
    "nature": "TEXT",
}


def read(text: str) -> tuple[dict[str, Form], list[str]]:
    sheet = Sheet("forms.yaml", text.encode())
    forms = read_forms(sheet)
    return forms, [str(finding) for finding in sheet.findings]


@pytest.fixture
def form() -> Form:
    forms, findings = read(YAML)
    assert not findings
    return forms["ask"]


def refusal(form: Form, **sent: object) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        form.parse({"conclusion": "LEGAL", **sent})
    return caught.value.errors


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


def test_every_question_has_an_answer_even_if_it_is_none(form: Form) -> None:
    answers = form.parse({"conclusion": "LEGAL", "stranger": "x"})

    assert list(answers) == [question.name for question in form.fields]
    assert answers["held_on"] is None
    assert answers["findings"] == []


def test_a_name_the_form_does_not_ask_is_refused_only_if_wanted(form: Form) -> None:
    with pytest.raises(Invalid) as caught:
        form.parse({"conclusion": "LEGAL", "stranger": "x"}, strict=True)

    assert caught.value.errors == {"stranger": "这份表单没有“stranger”这一项。"}


def test_rows_come_from_a_browser_flattened(form: Form) -> None:
    flat = {f"findings-0-{name}": value for name, value in FINDING.items()}
    flat |= {f"findings-3-{name}": value for name, value in FINDING.items()}
    flat |= {"findings-1-clause": "", "findings-1-quote": ""}  # an empty line

    answers = form.parse({"conclusion": "LEGAL", **flat})

    row = {**FINDING, "quote": None, "basis": None}
    assert answers["findings"] == [row, row]
    as_list = form.parse({"conclusion": "LEGAL", "findings": [FINDING, FINDING]})
    assert as_list["findings"] == answers["findings"]


def test_a_wrong_cell_is_named_by_its_place(form: Form) -> None:
    wrong = {"findings-0-clause": "第三条", "findings-2-nature": "MUST"}

    assert refusal(form, **wrong) == {
        "findings-0-problem": "第 1 条：请选择问题类型。",
        "findings-0-suggestion": "第 1 条：请填写修改建议。",
        "findings-0-nature": "第 1 条：请选择性质。",
        "findings-2-clause": "第 2 条：请填写条款。",
        "findings-2-problem": "第 2 条：请选择问题类型。",
        "findings-2-basis": "第 2 条：请填写依据。",
        "findings-2-suggestion": "第 2 条：请填写修改建议。",
    }


@pytest.mark.parametrize(
    ("name", "row", "missing"),
    [
        ("adoptions", {"finding_id": 1, "adoption": "FULL"}, None),
        ("adoptions", {"finding_id": 1, "adoption": "PARTIAL"}, "adoptions-0-reason"),
        ("adoptions", {"finding_id": 1, "adoption": "NONE"}, "adoptions-0-reason"),
        ("grounds", {"point": "A-01", "verdict": "LAWFUL"}, None),
        ("grounds", {"point": "A-01", "verdict": "PROBLEM"}, "grounds-0-note"),
        ("grounds", {"point": "A-01", "verdict": "NOT_CONCERNED"}, None),
    ],
)
def test_what_is_not_adopted_and_what_is_a_problem_needs_words(
    form: Form, name: str, row: dict[str, object], missing: str | None
) -> None:
    if missing:
        assert list(refusal(form, **{name: [row]})) == [missing]
    else:
        assert form.parse({"conclusion": "LEGAL", name: [row]})[name]


def test_only_steering_answers_reach_the_process(form: Form) -> None:
    answers = form.parse(
        {"conclusion": "REVISE", "reasons": "很长的理由", "maker": "3"}
    )

    assert form.deciding(answers) == {
        "conclusion": "REVISE",
        "approved": None,
        "maker": 3,
    }


def test_a_verb_stands_for_answers(form: Form) -> None:
    answers = form.parse_verb("return", " 权限不清。 ")

    assert (answers["conclusion"], answers["reasons"]) == ("REVISE", "权限不清。")
    assert form.deciding(answers)["approved"] is None
    with pytest.raises(Invalid) as caught:
        form.parse_verb("return", "  ")
    assert caught.value.errors == {"reasons": "请填写理由和依据。"}
    with pytest.raises(Invalid, match="不能这样办理"):
        form.parse_verb("withdraw", "x")


def test_documents_may_be_required_by_an_answer(form: Form) -> None:
    def roles(**answers: object) -> list[str]:
        return [need.role for need in form.needed(answers)]

    assert roles(approved=True) == ["submission_draft", "minutes"]
    assert roles(approved=False) == ["submission_draft"]


def test_answers_can_be_kept_as_json(form: Form) -> None:
    answers = form.parse({"conclusion": "LEGAL", "held_on": "2026-3-2"})

    assert jsonable(answers)["held_on"] == "2026-03-02"


def test_the_schema_says_what_a_program_must_send(form: Form) -> None:
    schema = form_schema(form)

    assert schema["title"] == "起草合法性审查意见"
    assert schema["required"] == ["conclusion"]
    assert schema["properties"]["conclusion"] == {
        "title": "审查结论",
        "type": "string",
        "oneOf": [
            {"const": "LEGAL", "title": "合法"},
            {"const": "REVISE", "title": "应当予以修改"},
            {"const": "ILLEGAL", "title": "不合法"},
        ],
    }
    assert schema["properties"]["handler_id"]["x-person-role"] == "review_handler"
    assert schema["properties"]["days"] == {
        "title": "天数",
        "type": "integer",
        "minimum": 1,
        "maximum": 60,
    }
    assert schema["properties"]["submission_draft"]["x-document-role"]
    assert schema["properties"]["findings"]["items"]["required"] == [
        "clause",
        "problem",
        "suggestion",
        "nature",
    ]
    assert schema["allOf"] == [
        {
            "if": {
                "properties": {"conclusion": {"enum": ["REVISE", "ILLEGAL"]}},
                "required": ["conclusion"],
            },
            "then": {"required": ["reasons"]},
        }
    ]


def test_the_columns_of_lists_are_data() -> None:
    assert {kind: [c.name for c in many] for kind, many in columns().items()} == {
        "adoptions": ["finding_id", "adoption", "reason"],
        "findings": ["clause", "quote", "problem", "basis", "suggestion", "nature"],
        "grounds": ["point", "verdict", "note"],
    }


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (
            "a:\n  fields: []\n",
            "forms.yaml:1 a.title：缺少“title”。",
        ),
        (
            "a:\n  title: 甲\n  fields:\n    - {name: x, label: 乙, type: colour}\n",
            "forms.yaml:4 a.fields.0.type：不认识字段类型“colour”",
        ),
        (
            "a:\n  title: 甲\n  fields:\n    - {name: x, label: 乙, type: choice}\n",
            "forms.yaml:4 a.fields.0.choices：选择题缺少“choices”。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: long_text, steers: true}\n"
            ),
            "forms.yaml:4 a.fields.0.steers：这种类型的答案不能进入流程数据",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: text}\n"
                "    - {name: x, label: 丙, type: text}\n"
            ),
            "forms.yaml:3 a.fields：字段“x”重复出现。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: text, required_if: {y: A}}\n"
            ),
            "forms.yaml:3 a.fields：条件里的字段“y”不在表单里。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: yes_no}\n"
                "  verbs: {return: {sets: {x: RETURN}}}\n"
            ),
            "forms.yaml:3 a.fields：字段“x”没有“RETURN”这个选项。",
        ),
        (
            "a:\n  title: 甲\n  verbs: {return: {reason: why}}\n",
            "forms.yaml:3 a.verbs：“return”的理由字段“why”不在表单里。",
        ),
        (
            "A-1:\n  title: 甲\n",
            "forms.yaml:1 A-1：表单的键应是环节的编号：小写字母、数字和下划线。",
        ),
        ("a:\n  title: 甲\n  colour: x\n", "forms.yaml:3 a.colour：不认识“colour”"),
        ("a: 甲\n", "forms.yaml:1 a：这里应是“键: 值”的形式。"),
        ("a:\n  title: [甲]\n", "forms.yaml:2 a.title：“title”应是文字。"),
        ("a:\n  title: 甲\n  fields: x\n", "forms.yaml:3 a.fields：“fields”应是列表。"),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                '    - {name: x, label: 乙, type: text, optional: "yes"}\n'
            ),
            "forms.yaml:4 a.fields.0.optional：“optional”应是 true 或 false。",
        ),
        (
            (
                "a:\n  title: 甲\n  fields:\n"
                "    - {name: x, label: 乙, type: text, max: 长}\n"
            ),
            "forms.yaml:4 a.fields.0.max：“max”应是整数。",
        ),
    ],
)
def test_a_wrong_form_is_a_finding_with_its_line(text: str, finding: str) -> None:
    _, findings = read(text)

    assert any(said.startswith(finding) for said in findings), findings


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("a: 1\nb: [\n", 3, "不是有效的 YAML"),
        ("a: 1\na: 2\n", 2, "键“a”重复出现。"),
        ("a: &x {b: 1}\nc: *x\n", 1, "不支持锚点和引用"),
        ("a: !!python/object:os.system {}\n", 1, "不是有效的 YAML"),
        ("a: 1\n2: x\n", 2, "键“2”应写成文字，必要时加引号。"),
        ("a: " + "[" * 3000 + "]" * 3000 + "\n", 1, "不是有效的 YAML"),
    ],
)
def test_yaml_that_surprises_is_refused_with_its_line(
    text: str, line: int, sentence: str
) -> None:
    sheet = Sheet("kind.yaml", text.encode())

    assert [finding.line for finding in sheet.findings] == [line]
    assert sheet.findings[0].sentence.startswith(sentence)


def test_no_is_a_word_in_our_yaml() -> None:
    sheet = Sheet("walks.yaml", b"a: {approved: no, held: on, day: 2026-03-02}\n")

    assert sheet.content == {"a": {"approved": "no", "held": "on", "day": "2026-03-02"}}


def test_a_file_in_another_encoding_is_refused() -> None:
    sheet = Sheet("kind.yaml", "标题: 甲".encode("gb18030"))

    assert sheet.findings[0].sentence == "文件不是 UTF-8 编码。"

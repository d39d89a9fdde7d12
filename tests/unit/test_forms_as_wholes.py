"""A form as a whole: rows, verbs, documents, what steers, its schema."""

import pytest

from reviewflow.errors import Invalid
from reviewflow.kinds.fields import Field, FieldType
from reviewflow.kinds.form_reading import columns
from reviewflow.kinds.forms import Form, jsonable
from reviewflow.kinds.schema import form_schema
from tests.kinds.asking import FINDING, form_of_all_types, refusal


@pytest.fixture
def form() -> Form:
    return form_of_all_types()


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


def test_the_schema_says_what_a_row_needs_and_what_an_answer_asks_for(
    form: Form,
) -> None:
    schema = form_schema(form)

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


@pytest.mark.parametrize(
    ("type_", "hint", "examples"),
    [
        (
            FieldType.TEXT,
            "例如：六政办〔2026〕15号。括号系统会规范。",
            ["六政办〔2026〕15号"],
        ),
        (FieldType.TEXT, "没有的不填。", None),
        (FieldType.LONG_TEXT, "例如：不涉及群众切身利益。", None),
    ],
)
def test_the_schema_shows_an_answer_that_has_a_form(
    type_: FieldType, hint: str, examples: list[str] | None
) -> None:
    asked = Field(name="doc_number", label="发文字号", type=type_, hint=hint)
    schema = form_schema(Form(step="x", title="登记编号", fields=(asked,)))

    assert schema["properties"]["doc_number"].get("examples") == examples


def test_the_columns_of_lists_are_data() -> None:
    assert {kind: [c.name for c in many] for kind, many in columns().items()} == {
        "adoptions": ["finding_id", "adoption", "reason"],
        "advices": ["advice_id", "adoption", "reason"],
        "expert_opinions": ["name", "verdict", "opinion"],
        "experts": ["name", "organisation", "specialty", "no_interest"],
        "findings": ["clause", "quote", "problem", "basis", "suggestion", "nature"],
        "grounds": ["point", "verdict", "note"],
    }

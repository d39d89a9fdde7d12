import re
from collections.abc import Callable, Mapping
from datetime import date

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict

from reviewflow.kinds.fields import Field, FieldType
from reviewflow.kinds.form_reading import columns
from reviewflow.kinds.forms import DocumentNeed, Form
from web.questions import sent_answers, wants_row

PAGE = """{% from "fields.html" import question, document %}
{% from "macros.html" import error_summary %}
{{ error_summary(errors) }}
{% for field in form.fields %}{{ question(field, typed, errors, offers) }}{% endfor %}
{% for need in form.documents %}{{ document(need, held, errors.get(need.role)) }}
{% endfor %}"""

FINDINGS = Field(
    "findings", "具体意见", FieldType.FINDINGS, columns=columns()[FieldType.FINDINGS]
)
GROUNDS = Field(
    "grounds", "审查要点", FieldType.GROUNDS, columns=columns()[FieldType.GROUNDS]
)
ADOPTIONS = Field(
    "adoptions", "采纳情况", FieldType.ADOPTIONS, columns=columns()[FieldType.ADOPTIONS]
)
CONCLUSION = Field(
    "conclusion", "结论", FieldType.CHOICE, choices={"LEGAL": "合法", "NOT": "不合法"}
)

Render = Callable[..., str]


@pytest.fixture
def render(app: Flask) -> Render:
    """Show a form as its page does."""

    def show(
        *fields: Field, documents: tuple[DocumentNeed, ...] = (), **page: object
    ) -> str:
        empty: dict[str, object] = {"typed": {}, "errors": {}, "offers": {}}
        form = Form("step", "办理", fields=fields, documents=documents)
        with app.test_request_context("/"):
            return render_template_string(PAGE, form=form, **(empty | page))

    return show


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (Field("a", "题", FieldType.TEXT), "“甲”", 'value="“甲”"'),
        (Field("a", "题", FieldType.LONG_TEXT), "甲\n乙", ">甲\n乙</textarea>"),
        (Field("a", "题", FieldType.DATE), date(2026, 3, 2), 'value="2026-03-02"'),
        (Field("a", "题", FieldType.DATE), "三月二日", 'type="text" value="三月二日"'),
        (Field("a", "题", FieldType.NUMBER), "三十", 'value="三十"'),
        (Field("a", "题", FieldType.YES_NO), True, 'value="yes" id="field-a" checked'),
        (Field("a", "题", FieldType.YES_NO), "no", 'value="no" checked'),
        (CONCLUSION, "NOT", 'value="NOT" checked'),
        (
            Field("a", "题", FieldType.CHOICES, choices={"X": "甲", "Y": "乙"}),
            ["Y"],
            'value="Y" checked',
        ),
    ],
)
def test_what_was_typed_is_shown_again(
    render: Render, field: Field, value: object, shown: str
) -> None:
    assert shown in render(field, typed={field.name: value})


def test_what_was_typed_is_text_and_never_markup(render: Render) -> None:
    page = render(Field("a", "题", FieldType.TEXT), typed={"a": '"><b>x</b>'})
    assert "<b>" not in page


def test_people_are_offered_in_the_order_given(render: Render) -> None:
    page = render(
        Field("who", "承办人", FieldType.PERSON),
        typed={"who": "7"},
        offers={"who": {"市司法局": [(9, "赵敏"), (7, "孙浩")]}},
    )
    assert '<optgroup label="市司法局">' in page
    assert page.index("赵敏") < page.index('value="7" selected>孙浩')


@pytest.mark.parametrize("label", [(True, "（选填）"), (False, "")])
def test_only_what_is_optional_says_so(render: Render, label: tuple[bool, str]) -> None:
    page = render(Field("a", "题", FieldType.TEXT, optional=label[0]))
    assert ("（选填）" in page) is bool(label[1])


ERRORS = {
    "conclusion": "请选择结论。",
    "findings": "请至少填写一条具体意见。",
    "findings-1-clause": "第 2 条：请填写条款。",
    "draft": "请上传送审稿。",
}


def test_each_error_leads_to_its_question_and_stands_there(render: Render) -> None:
    page = render(
        CONCLUSION,
        FINDINGS,
        documents=(DocumentNeed("draft", "送审稿"),),
        errors=ERRORS,
        typed={"findings-1-suggestion": "删除"},
    )
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids
    assert all(page.count(sentence) == 2 for sentence in ERRORS.values())
    assert page.count('aria-invalid="true"') == 2  # clause and draft; others are groups


def test_rows_are_kept_and_one_more_can_be_asked_for(render: Render) -> None:
    sent: Mapping[str, str] = {
        "findings-0-clause": "第三条",
        "findings-1-suggestion": "删除",
        "more": "findings",
    }
    page = render(FINDINGS, typed=sent)
    assert wants_row(sent)
    assert 'name="findings-0-clause" type="text" value="第三条"' in page
    assert 'name="findings-2-clause" type="text" value=""' in page
    assert "findings-3-clause" not in page


def test_stored_rows_are_shown(render: Render) -> None:
    page = render(FINDINGS, typed={"findings": [{"clause": "第七条", "basis": None}]})
    assert 'value="第七条"' in page
    assert "findings-1-clause" not in page


def test_review_points_are_asked_one_by_one(render: Render) -> None:
    page = render(
        GROUNDS,
        typed={"grounds-0-point": "是否超越职权", "grounds-0-verdict": "PROBLEM"},
        offers={"grounds": [("制定主体是否合法", ""), ("是否超越职权", "第三条")]},
    )
    assert 'name="grounds-0-point" value="制定主体是否合法"' in page
    assert re.search(r'name="grounds-1-verdict" value="PROBLEM" checked', page)
    assert "再加一条" not in page


def test_each_finding_is_answered(render: Render) -> None:
    page = render(
        ADOPTIONS,
        typed={
            "adoptions": [{"finding_id": 7, "adoption": "NONE", "reason": "另有规定"}]
        },
        offers={"adoptions": [(7, "第三条", [("建议", "删除")]), (8, "第五条", [])]},
    )
    assert 'name="adoptions-0-finding_id" value="7"' in page
    assert 'name="adoptions-0-adoption" value="NONE" checked' in page
    assert ">另有规定</textarea>" in page
    assert 'name="adoptions-1-finding_id" value="8"' in page


def test_an_uploaded_document_need_not_be_sent_again(render: Render) -> None:
    page = render(
        documents=(DocumentNeed("draft", "送审稿"),),
        held={"name": "草案.docx", "note": "86 KB", "href": "/d/1"},
    )
    assert '已上传：<a href="/d/1">草案.docx</a>（86 KB）' in page


def test_several_ticks_arrive_as_a_list() -> None:
    form = MultiDict([("ways", "WEB"), ("ways", "MEET"), ("text", "甲")])
    assert sent_answers(form) == {"ways": ["WEB", "MEET"], "text": "甲"}


def test_a_dependent_question_names_what_it_depends_on(render: Render) -> None:
    page = render(FINDINGS)
    assert 'data-when="findings-0-nature=MUST"' in page

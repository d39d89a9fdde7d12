"""From forms.yaml to forms."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from reviewflow.kinds.entries import NAME, Entry, Sheet
from reviewflow.kinds.fields import LISTS, STEERING, Condition, Field, FieldType
from reviewflow.kinds.forms import DocumentNeed, Form, Verb

WITH_CHOICES = frozenset({FieldType.CHOICE, FieldType.CHOICES})


def read_forms(sheet: Sheet) -> dict[str, Form]:
    """Return the forms of a sheet by step; what is wrong is noted in the sheet."""
    top = sheet.top
    return {
        step: read_form(step, Entry(sheet, (step,), top.take(step)))
        for step in list(top.left)
    }


def read_form(step: str, entry: Entry) -> Form:
    """Return the form of one step."""
    if not NAME.fullmatch(step):
        entry.note("表单的键应是环节的编号：小写字母、数字和下划线。")
    questions = tuple(read_field(row) for row in entry.rows("fields"))
    form = Form(
        step=step,
        title=entry.text("title"),
        help=entry.text("help", ""),
        primary=entry.text("primary", ""),
        fields=questions,
        documents=tuple(_document(row) for row in entry.rows("documents")),
        verbs={word: _verb(one) for word, one in entry.entries("verbs")},
    )
    _check_names(form, entry)
    entry.close()
    return form


def read_field(entry: Entry) -> Field:
    """Return one question."""
    kind = _type(entry)
    question = Field(
        name=entry.text("name"),
        label=entry.text("label"),
        type=kind,
        hint=entry.text("hint", ""),
        optional=entry.flag("optional"),
        required_if=_condition(entry),
        choices=entry.table("choices"),
        steers=entry.flag("steers"),
        min=entry.number("min"),
        max=entry.number("max"),
        role=entry.text("role", ""),
        part=entry.text("part", ""),
        columns=columns()[kind] if kind in LISTS else (),
    )
    _check_field(question, entry)
    entry.close()
    return question


@cache
def columns() -> Mapping[str, tuple[Field, ...]]:
    """Return what each row of each list asks."""
    content = files(__package__).joinpath("columns.yaml").read_bytes()
    top = Sheet("columns.yaml", content).top
    return {
        kind: tuple(read_field(row) for row in top.rows(kind)) for kind in sorted(LISTS)
    }


def _type(entry: Entry) -> FieldType:
    word = entry.text("type")
    try:
        return FieldType(word)
    except ValueError:
        known = "、".join(FieldType)
        entry.note(f"不认识字段类型“{word}”，可用的有 {known}。", "type")
        return FieldType.TEXT


def _condition(entry: Entry) -> Condition:
    value = entry.take("required_if")
    if value is None:
        return {}
    inner = Entry(entry.sheet, (*entry.path, "required_if"), value)
    return {name: inner.words(name) for name in list(inner.left)}


def _document(entry: Entry) -> DocumentNeed:
    need = DocumentNeed(
        role=entry.text("role"),
        label=entry.text("label"),
        optional=entry.flag("optional"),
        required_if=_condition(entry),
        hint=entry.text("hint", ""),
    )
    entry.close()
    return need


def _verb(entry: Entry) -> Verb:
    verb = Verb(
        sets=entry.table("sets"),
        reason=entry.text("reason", ""),
        label=entry.text("label", ""),
    )
    entry.close()
    return verb


def _check_field(question: Field, entry: Entry) -> None:
    if question.name and not NAME.fullmatch(question.name):
        entry.note("字段名应由小写字母、数字和下划线组成。", "name")
    if question.type in WITH_CHOICES and not question.choices:
        entry.note("选择题缺少“choices”。", "choices")
    if question.choices and question.type not in WITH_CHOICES:
        entry.note("只有选择题才有“choices”。", "choices")
    if question.steers and question.type not in STEERING:
        entry.note("这种类型的答案不能进入流程数据，请去掉“steers”。", "steers")


def _check_names(form: Form, entry: Entry) -> None:
    names = [question.name for question in form.fields]
    known = {question.name: question for question in form.fields}
    for place, name in enumerate(names):
        if name in names[:place]:
            entry.note(f"字段“{name}”重复出现。", "fields")
    conditions = [question.required_if for question in form.fields]
    conditions += [need.required_if for need in form.documents]
    for condition in conditions:
        for name, wanted in condition.items():
            _check_answers(known.get(name), name, wanted, entry)
    for word, verb in form.verbs.items():
        for name, wanted_one in verb.sets.items():
            _check_answers(known.get(name), name, (wanted_one,), entry)
        if verb.reason and verb.reason not in known:
            entry.note(f"“{word}”的理由字段“{verb.reason}”不在表单里。", "verbs")


def _check_answers(
    question: Field | None, name: str, wanted: tuple[str, ...], entry: Entry
) -> None:
    if question is None:
        entry.note(f"条件里的字段“{name}”不在表单里。", "fields")
        return
    known = set(question.choices)
    if question.type is FieldType.YES_NO:
        known = {"yes", "no"}
    if known and question.optional:
        known.add("")
    for word in wanted:
        if known and word not in known:
            entry.note(f"字段“{name}”没有“{word}”这个选项。", "fields")

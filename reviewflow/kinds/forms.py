"""What a step asks, and how answers are taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from reviewflow.errors import Invalid
from reviewflow.kinds.answers import BadAnswer, read_answer
from reviewflow.kinds.fields import LISTS, Condition, Field, FieldType, holds

MAX_ROWS = 200
NAMING = frozenset({"point", "finding_id", "advice_id"})
"""Columns that say what a row is about; a row that says no more says nothing."""

Answers = dict[str, object]
Errors = dict[str, str]


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """A document that is asked for with a form."""

    role: str
    label: str
    optional: bool = False
    required_if: Condition = field(default_factory=dict)
    hint: str = ""

    def is_required(self, answers: Mapping[str, object]) -> bool:
        """It must be there, given the answers."""
        if self.required_if:
            return holds(self.required_if, answers)
        return not self.optional


@dataclass(frozen=True, slots=True)
class Verb:
    """What else a person may do with a task, as answers of its form."""

    sets: Mapping[str, str]
    reason: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The questions of one step (表单)."""

    step: str
    title: str
    help: str = ""
    primary: str = ""
    fields: tuple[Field, ...] = ()
    documents: tuple[DocumentNeed, ...] = ()
    verbs: Mapping[str, Verb] = field(default_factory=dict)

    def parse(self, sent: Mapping[str, object], *, strict: bool = False) -> Answers:
        """Return a value for every question, None where nothing was answered.

        Lists come as rows, or flattened as a browser sends them:
        `findings-0-clause`. Names the form does not ask are passed over.

        Args:
            sent: Answers by field name.
            strict: Refuse names the form does not ask.

        Raises:
            Invalid: With a sentence for each answer that has to be mended.
        """
        answers, errors = _answers(self.fields, sent)
        if strict:
            errors |= self._strangers(sent)
        if errors:
            raise Invalid(errors)
        return answers

    def parse_verb(self, verb: str, reason: str = "") -> Answers:
        """Return the answers that a verb such as `return` stands for.

        Raises:
            Invalid: The form has no such verb, or wants a reason.
        """
        if verb not in self.verbs:
            raise Invalid(message="这一环节不能这样办理。")
        way = self.verbs[verb]
        sent = {**way.sets, way.reason: reason}
        asked = tuple(q for q in self.fields if q.name in sent)
        answers, errors = _answers(asked, sent)
        if errors:
            raise Invalid(errors)
        return dict.fromkeys((q.name for q in self.fields), None) | answers

    def deciding(self, answers: Mapping[str, object]) -> Answers:
        """Return only the answers that steer the process, each of them once."""
        return {q.name: answers.get(q.name) for q in self.fields if q.steers}

    def needed(self, answers: Mapping[str, object]) -> tuple[DocumentNeed, ...]:
        """Return the documents that must be there, given the answers."""
        return tuple(need for need in self.documents if need.is_required(answers))

    def _strangers(self, sent: Mapping[str, object]) -> dict[str, str]:
        known = {q.name for q in self.fields} | {need.role for need in self.documents}
        return {
            name: f"这份表单没有“{name}”这一项。"
            for name in sent
            if name.split("-")[0] not in known
        }


def jsonable(answers: Mapping[str, object]) -> Answers:
    """Return answers as JSON holds them: days become texts."""
    return {name: _jsonable(value) for name, value in answers.items()}


def _jsonable(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [jsonable(row) if isinstance(row, dict) else row for row in value]
    return value


def _answers(
    questions: tuple[Field, ...], sent: Mapping[str, object], prefix: str = ""
) -> tuple[Answers, Errors]:
    answers: Answers = {}
    wrong: dict[str, Errors] = {}
    for question in questions:
        value, errors = _answer(question, sent, prefix)
        answers[question.name], wrong[question.name] = value, errors
    for question in questions:
        unanswered = answers[question.name] in (None, [])
        if unanswered and not wrong[question.name] and question.is_required(answers):
            wrong[question.name] = {prefix + question.name: ask(question)}
    return answers, {n: said for errors in wrong.values() for n, said in errors.items()}


def _answer(
    question: Field, sent: Mapping[str, object], prefix: str
) -> tuple[object, Errors]:
    try:
        if question.type in LISTS:
            return _rows(question, sent)
        return read_answer(question, sent.get(question.name)), {}
    except BadAnswer as error:
        return None, {prefix + question.name: str(error)}


def ask(question: Field) -> str:
    """Return the sentence that asks for a missing answer."""
    if question.type in LISTS:
        return f"请至少填写一条{question.label}。"
    if question.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.NUMBER):
        return f"请填写{question.label}。"
    return f"请选择{question.label}。"


def _rows(question: Field, sent: Mapping[str, object]) -> tuple[list[Answers], Errors]:
    given = sent.get(question.name)
    rows = _flattened(question, sent) if given in (None, "") else given
    if not isinstance(rows, list | tuple) or not all(
        isinstance(row, Mapping) for row in rows
    ):
        raise BadAnswer(f"{question.label}的格式不正确，请重新填写。")
    if len(rows) > MAX_ROWS:
        raise BadAnswer(f"{question.label}最多 {MAX_ROWS} 条。")
    kept: list[Answers] = []
    errors: Errors = {}
    for place, row in enumerate(rows):
        said = [column.name for column in question.columns if column.name not in NAMING]
        if all(row.get(name) in (None, "") for name in said):
            continue
        answers, wrong = _answers(question.columns, row, f"{question.name}-{place}-")
        errors |= {
            name: f"第 {len(kept) + 1} 条：{said}" for name, said in wrong.items()
        }
        kept.append(answers)
    return kept, errors


def _flattened(
    question: Field, sent: Mapping[str, object]
) -> list[Mapping[str, object]]:
    pattern = re.compile(rf"{re.escape(question.name)}-(\d{{1,4}})-([a-z_]+)")
    rows: dict[int, dict[str, object]] = {}
    for name, value in sent.items():
        if found := pattern.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    return [rows.get(place, {}) for place in range(max(rows, default=-1) + 1)]

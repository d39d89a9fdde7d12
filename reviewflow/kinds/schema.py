"""A form as JSON Schema, so that programs can fill it in."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from reviewflow.kinds.answers import MAX_LONG_TEXT, MAX_TEXT
from reviewflow.kinds.fields import LISTS, SEVERAL, Condition, Field, FieldType
from reviewflow.kinds.forms import DocumentNeed, Form

Schema = dict[str, Any]

EXAMPLE = re.compile("例如：(?P<text>[^。；]+)。")
"""How a hint begins that shows what an answer looks like."""

YES_NO = {"yes": "是", "no": "否"}


def form_schema(form: Form) -> Schema:
    """Return the JSON Schema (2020-12) of the answers of a form.

    A document that is asked for is a property with `x-document-role`; it is
    uploaded to the case before and never required among the answers.
    """
    whole = _object(form.fields) | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title,
    }
    whole["properties"] |= {need.role: _document(need) for need in form.documents}
    if form.help:
        whole["description"] = form.help
    return whole


def _object(questions: Iterable[Field]) -> Schema:
    asked = list(questions)
    known = {question.name: question for question in asked}
    whole: Schema = {
        "type": "object",
        "properties": {question.name: _property(question) for question in asked},
        "required": [
            question.name
            for question in asked
            if not question.optional and not question.required_if
        ],
    }
    rules = [
        {"if": _if(question.required_if, known), "then": {"required": [question.name]}}
        for question in asked
        if question.required_if
    ]
    return whole | ({"allOf": rules} if rules else {})


def _property(question: Field) -> Schema:
    about: Schema = {"title": question.label, **_type(question)}
    if question.hint:
        about["description"] = question.hint
    example = EXAMPLE.match(question.hint)
    if example and question.type is FieldType.TEXT:
        about["examples"] = [example["text"]]
    return about


def _type(question: Field) -> Schema:
    if question.type in LISTS:
        return {"type": "array", "items": _object(question.columns)}
    if question.type in SEVERAL:
        is_chosen = question.type is FieldType.CHOICES
        one = _one_of(question.choices) if is_chosen else _whole_number(question)
        return {"type": "array", "items": one}
    if question.type in (FieldType.CHOICE, FieldType.YES_NO):
        return _one_of(question.choices or YES_NO)
    if question.type in (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.DATE):
        return _string(question)
    return _whole_number(question)


def _string(question: Field) -> Schema:
    if question.type is FieldType.DATE:
        return {"type": "string", "format": "date"}
    usual = MAX_TEXT if question.type is FieldType.TEXT else MAX_LONG_TEXT
    return {"type": "string", "minLength": 1, "maxLength": question.max or usual}


def _whole_number(question: Field) -> Schema:
    about = {
        "type": "integer",
        "minimum": question.min,
        "maximum": question.max,
        "x-person-role": question.role,
        "x-part": question.part,
        "x-unit": question.type in (FieldType.UNIT, FieldType.UNITS),
    }
    return {
        key: value for key, value in about.items() if value not in (None, "", False)
    }


def _one_of(choices: Mapping[str, str]) -> Schema:
    return {
        "type": "string",
        "oneOf": [{"const": code, "title": label} for code, label in choices.items()],
    }


def _document(need: DocumentNeed) -> Schema:
    about: Schema = {
        "title": need.label,
        "type": "string",
        "readOnly": True,
        "x-document-role": need.role,
        "x-document-required": not need.optional and not need.required_if,
    }
    if need.required_if:
        about["x-document-required-if"] = {
            name: list(wanted) for name, wanted in need.required_if.items()
        }
    return about | ({"description": need.hint} if need.hint else {})


def _if(condition: Condition, known: Mapping[str, Field]) -> Schema:
    """Return the condition over the answers as they are sent."""
    return {
        "properties": {
            name: {"enum": list(wanted)}
            for name, wanted in condition.items()
            if name in known
        },
        "required": [name for name, wanted in condition.items() if "" not in wanted],
    }

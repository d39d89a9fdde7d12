"""Values of a wrong type, each with a Chinese sentence."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response
from pydantic import ValidationError

from web.problems import problem

WRONG = "“{field}”的格式不正确。"
NOT_WHOLE = "“{field}”应为整数。"
UNPRINTABLE = "“{field}”中有无法显示的字符，请删除后再提交。"
SENTENCES = {
    "day": "“{field}”应为日期，例如 2026-03-02。",
    "dict_type": "“{field}”应为一个 JSON 对象。",
    "enum": "“{field}”只能是：{expected}。",
    "extra_forbidden": "没有“{field}”这一项，请核对名称。",
    "greater_than_equal": "“{field}”不能小于 {ge}。",
    "int_from_float": NOT_WHOLE,
    "int_parsing": NOT_WHOLE,
    "int_parsing_size": NOT_WHOLE,
    "int_type": NOT_WHOLE,
    "less_than_equal": "“{field}”不能大于 {le}。",
    "literal_error": "“{field}”只能是：{expected}。",
    "missing": "缺少“{field}”这一项。",
    "string_too_long": "“{field}”最多 {max_length} 字。",
    "string_type": "“{field}”应为文字。",
    "string_unicode": UNPRINTABLE,
    "unprintable": UNPRINTABLE,
}


def refuse_values(error: ValidationError) -> Response:
    """Answer values of a wrong type, each with its sentence."""
    errors = [
        {"field": _field(one), "message": said(one)}
        for one in error.errors(include_url=False)
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return problem(status, errors[0]["message"], errors=errors)


def said(error: Mapping[str, Any]) -> str:
    """Return what is wrong with one value, in Chinese."""
    words = {"expected": "", **error.get("ctx", {})}
    expected = str(words["expected"]).replace("'", "").replace(" or ", "、")
    words["expected"] = expected.replace(", ", "、")
    return SENTENCES.get(error["type"], WRONG).format(field=_field(error), **words)


def _field(error: Mapping[str, Any]) -> str:
    return ".".join(str(part) for part in error["loc"])

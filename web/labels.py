"""The Chinese name of a value: the docstring under it."""

import ast
import enum
import inspect
import textwrap
from functools import cache

from flask import Flask


def install(app: Flask) -> None:
    """Give every template the filter `label`."""
    app.jinja_env.filters["label"] = label


def label(value: enum.Enum | None) -> str:
    """Return what people call it; the value itself if nothing is said there."""
    if value is None:
        return "—"
    return _labels(type(value)).get(value.name, str(value.value))


@cache
def _labels(kind: type[enum.Enum]) -> dict[str, str]:
    source = textwrap.dedent(inspect.getsource(kind))
    body = ast.parse(source).body[0]
    if not isinstance(body, ast.ClassDef):
        return {}
    return {
        named.targets[0].id: said.value.value.strip()
        for named, said in zip(body.body, body.body[1:], strict=False)
        if isinstance(named, ast.Assign)
        and isinstance(named.targets[0], ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
        and isinstance(said.value.value, str)
    }

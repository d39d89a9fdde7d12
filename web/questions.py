"""What the form templates need to know about questions and what was typed."""

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from flask import Flask
from werkzeug.datastructures import MultiDict

from reviewflow.kinds.fields import SEVERAL, Condition, Field, as_sent

Row = Mapping[str, object]
MORE = "more"


def install(app: Flask) -> None:
    """Give the templates of forms their filters."""
    app.jinja_env.filters.update(
        as_typed=as_typed,
        field_id=field_id,
        is_day=is_day,
        row_about=row_about,
        rows_of=rows_of,
        when=when,
    )
    app.jinja_env.globals["new_submit_key"] = new_submit_key


def sent_answers(form: MultiDict[str, str]) -> dict[str, object]:
    """Return what a browser sent; several ticks of one question as a list."""
    return {
        name: values if len(values) > 1 else values[0]
        for name, values in form.lists()
        if values
    }


def wants_row(form: Mapping[str, object]) -> bool:
    """The button 再加一条 was pressed: show the form again, with what was typed."""
    return bool(form.get(MORE))


def new_submit_key() -> str:
    """Return a key no other form has."""
    return secrets.token_urlsafe(24)


def field_id(name: str) -> str:
    """Return the id of the element that takes an answer."""
    return f"field-{name}"


def is_day(text: object) -> bool:
    """A date box can show it; anything else is shown as it was typed."""
    return not text or bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(text)))


def as_typed(question: Field, value: object) -> str | list[str]:
    """Return an answer, stored or sent, as its box shows it."""
    if question.type in SEVERAL:
        many = value if isinstance(value, list | tuple) else [value]
        return [str(one) for one in many if one not in (None, "")]
    if isinstance(value, date):
        return value.isoformat()
    return as_sent(value)


def rows_of(question: Field, typed: Row) -> list[Row]:
    """Return the rows of a list, one empty row if there is none or more is asked."""
    rows = _rows(question, typed)
    if not rows or typed.get(MORE) == question.name:
        rows.append({})
    return rows


def row_about(question: Field, typed: Row, subject: object) -> Row:
    """Return the row whose first column names the subject, an empty one if none."""
    first = question.columns[0].name
    rows = _rows(question, typed)
    return next((row for row in rows if str(row.get(first)) == str(subject)), {})


def when(condition: Condition, name: str, own_name: str) -> str:
    """Return a condition as the script reads it: `name=ONE,OTHER;…`."""
    prefix = name.removesuffix(own_name)
    return ";".join(
        f"{prefix}{other}={','.join(wanted)}" for other, wanted in condition.items()
    )


def _rows(question: Field, typed: Row) -> list[Row]:
    stored = typed.get(question.name)
    if isinstance(stored, list | tuple):
        return [row for row in stored if isinstance(row, Mapping)]
    return _flattened(question.name, typed.items())


def _flattened(name: str, sent: Iterable[tuple[str, object]]) -> list[Row]:
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-([a-z_]+)")
    rows: dict[int, dict[str, object]] = {}
    for key, value in sent:
        if found := pattern.fullmatch(key):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    return [rows.get(place, {}) for place in range(max(rows, default=-1) + 1)]

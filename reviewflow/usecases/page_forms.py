"""What pages ask beside the forms of steps: files of forms next to the use cases."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from reviewflow.errors import Invalid
from reviewflow.kinds.entries import Sheet
from reviewflow.kinds.form_reading import read_forms
from reviewflow.kinds.forms import Form

Typed = Mapping[str, Any]


@cache
def forms_of(file: str) -> Mapping[str, Form]:
    """Return the forms of a file by name."""
    return read_forms(Sheet(file, files(__package__).joinpath(file).read_bytes()))


def row_answers(form: Form, typed: Typed, row: int, about: str) -> dict[str, Any]:
    """Return the answers about one row of a table, whose fields end in its number.

    Args:
        form: The form every row has.
        typed: What was sent for all rows: `turn-7`.
        row: Number of the row, often an id.
        about: What the row is about, for the sentences.

    Raises:
        Invalid: By the names of the row's fields.
    """
    sent = {field.name: typed.get(f"{field.name}-{row}") for field in form.fields}
    try:
        return form.parse(sent)
    except Invalid as error:
        named = error.errors.items()
        raise Invalid({f"{name}-{row}": about + said for name, said in named}) from None

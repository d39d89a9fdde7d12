"""What the pages of a hearing ask, beside the forms of its steps."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from reviewflow.errors import Invalid
from reviewflow.kinds.entries import Sheet
from reviewflow.kinds.form_reading import read_forms
from reviewflow.kinds.forms import Form

Typed = Mapping[str, Any]
FILE = "hearing_forms.yaml"


@cache
def hearing_forms() -> Mapping[str, Form]:
    """Return the forms by name."""
    return read_forms(Sheet(FILE, files(__package__).joinpath(FILE).read_bytes()))


def answers_to(form: str, typed: Typed) -> dict[str, Any]:
    """Return the answers to one of the forms.

    Raises:
        Invalid: With a sentence for each answer that has to be mended.
    """
    return hearing_forms()[form].parse(typed)


def row_answers_to(form: str, typed: Typed, row: int, about: str) -> dict[str, Any]:
    """Return the answers about one row of a table, whose fields end in its id.

    Args:
        form: Name of the form every row has.
        typed: What was sent for all rows: `turn-7`.
        row: Id of the row.
        about: What the row is about, for the sentences.

    Raises:
        Invalid: As for `answers_to`, by the names of the row's fields.
    """
    fields = hearing_forms()[form].fields
    sent = {field.name: typed.get(f"{field.name}-{row}") for field in fields}
    try:
        return answers_to(form, sent)
    except Invalid as error:
        named = error.errors.items()
        raise Invalid({f"{name}-{row}": about + said for name, said in named}) from None

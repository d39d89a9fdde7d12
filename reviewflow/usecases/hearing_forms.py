"""What the pages of a hearing ask, beside the forms of its steps."""

from collections.abc import Mapping
from typing import Any

from reviewflow.kinds.forms import Form
from reviewflow.usecases import page_forms

Typed = page_forms.Typed
FILE = "hearing_forms.yaml"


def hearing_forms() -> Mapping[str, Form]:
    """Return the forms by name."""
    return page_forms.forms_of(FILE)


def answers_to(form: str, typed: Typed) -> dict[str, Any]:
    """Return the answers to one of the forms.

    Raises:
        Invalid: With a sentence for each answer that has to be mended.
    """
    return hearing_forms()[form].parse(typed)


def row_answers_to(form: str, typed: Typed, row: int, about: str) -> dict[str, Any]:
    """Return the answers about one row of a table, whose fields end in its id.

    Raises:
        Invalid: As for `row_answers`.
    """
    return page_forms.row_answers(hearing_forms()[form], typed, row, about)

"""Which fields the template of a letter may use, with values to try it on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from reviewflow.letters.labels import LABELS
from reviewflow.letters.merge import Fields

SAMPLES = Path(__file__).parent / "samples.yaml"


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field as people read of it."""

    name: str
    label: str
    sample: str
    columns: tuple["TemplateField", ...] = ()
    """Of a list, what each row says."""


@cache
def _samples() -> Mapping[str, Fields]:
    loaded: Mapping[str, Fields] = yaml.safe_load(SAMPLES.read_text(encoding="utf-8"))
    return loaded


def sample_fields(sort: str) -> Fields:
    """Return values for every field of a sort of letter."""
    return _samples()[sort]


def known_names(sort: str) -> Mapping[str, frozenset[str]]:
    """Return the fields of a sort, each with the columns it has as a list."""
    return {
        name: frozenset(_columns(value)) for name, value in sample_fields(sort).items()
    }


def template_fields(sort: str) -> list[TemplateField]:
    """Return the fields of a sort as a page lists them."""
    return [
        TemplateField(
            name,
            LABELS[name],
            "" if _columns(value) else str(value),
            tuple(
                TemplateField(column, LABELS[column], str(cell))
                for column, cell in _columns(value).items()
            ),
        )
        for name, value in sample_fields(sort).items()
    ]


def _columns(value: object) -> Mapping[str, object]:
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        first: Mapping[str, object] = value[0]
        return first
    return {}

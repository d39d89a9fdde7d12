"""What stands in the yearly reports, and in which words: `reports.yaml`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from reviewflow.model.filing import Chain
from reviewflow.model.people import Role
from reviewflow.queries.definitions import book
from reviewflow.queries.question import Group

BEFORE = "<"
"""Behind a column: of the same span of the year before."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table that is named in the outline: a kind of document in a chain."""

    label: str
    chain: Chain
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table by groups, by named lines, or with one number in each row."""

    title: str
    by: Group | None = None
    head: str = ""
    """What stands above the groups, if not the usual word."""
    rows: tuple[Line, ...] = ()
    tally: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    chart: str = ""
    of: tuple[str, ...] = ()
    """The columns that are drawn."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of cases or the like, one by one; a long one only stands on paper."""

    title: str
    of: tuple[str, ...]
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """What a person writes."""

    id: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Rates:
    """Every indicator, by groups."""

    title: str
    by: Group


Part = str | Table | Listing | Asking | Rates


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter, or what is annexed."""

    id: str
    title: str
    parts: tuple[Part, ...]
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """One sort of report; `limits` say by when, or `when` says that none does."""

    key: str
    name: str
    title: str
    to: str
    limits: tuple[str, ...]
    writers: frozenset[Role]
    chapters: tuple[Section, ...]
    when: str = ""
    source: str = ""

    @property
    def askings(self) -> Mapping[str, Asking]:
        """What people write, by its name."""
        parts = (part for chapter in self.chapters for part in chapter.parts)
        return {part.id: part for part in parts if isinstance(part, Asking)}


@dataclass(frozen=True, slots=True)
class Outlines:
    """Every report, and the numbers and words only reports have."""

    reports: Mapping[str, Outline]
    counts: Mapping[str, str]
    headings: Mapping[str, str]
    problems: Mapping[str, str]
    conclusions: Mapping[str, str]
    results: Mapping[str, str]
    events: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    posts: Mapping[str, str]
    words: Mapping[str, str]

    def heading(self, column: str) -> str:
        """Return what stands above a column."""
        name = column.removesuffix(BEFORE)
        said = self.headings.get(name) or self.counts.get(name) or book().heading(name)
        return self.headings["before"].format(heading=said) if name != column else said

    def title(self, count: str) -> str:
        """Return what a number counts, in words."""
        return self.counts.get(count) or book().counts[count]


@cache
def outlines() -> Outlines:
    """Return the reports there are."""
    text = files(__package__).joinpath("reports.yaml").read_bytes()
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    reports = {key: _outline(key, told) for key, told in found["reports"].items()}
    lists = {name: tuple(headings) for name, headings in found["lists"].items()}
    return Outlines(**(found | {"reports": reports, "lists": lists}))


def _outline(key: str, told: Mapping[str, Any]) -> Outline:
    chapters = tuple(
        Section(**(chapter | {"parts": tuple(map(_part, chapter["parts"]))}))
        for chapter in told["chapters"]
    )
    return Outline(
        key=key,
        **{
            **told,
            "limits": tuple(told["limits"]),
            "writers": frozenset(map(Role, told["writers"])),
            "chapters": chapters,
        },
    )


def _part(told: Mapping[str, Any]) -> Part:
    ((sort, what),) = told.items()
    if sort == "say":
        return str(what)
    if sort == "ask":
        return Asking(**what)
    if sort == "list":
        return Listing(**(what | {"of": tuple(what["of"])}))
    by = Group(what["by"]) if "by" in what else None
    if sort == "rates":
        return Rates(what["title"], by or Group.LEVEL)
    rows = tuple(
        Line(row["label"], Chain(row["chain"]), row["key"])
        for row in what.get("rows", ())
    )
    many = {name: tuple(what.get(name, ())) for name in ("tally", "columns", "of")}
    return Table(**(what | many | {"by": by, "rows": rows}))

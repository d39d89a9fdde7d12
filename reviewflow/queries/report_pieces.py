"""The sentences of a yearly report: words, and numbers that open what they count."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from reviewflow.model.filing import Chain
from reviewflow.model.people import Level
from reviewflow.queries.indicators import TOTAL
from reviewflow.queries.question import Group
from reviewflow.queries.report_figures import Place, ReportFigures, ReportPart
from reviewflow.queries.report_outlines import BEFORE, outlines

NUMBER = re.compile(
    r"\{(?:(?P<chain>[A-Z]+)/)?(?P<name>[\w-]+)(?::(?P<key>\w+))?"
    r"(?:(?P<mark>[<~])(?P<unit>\w?))?\}"
)
COMPARED = "~"
NONE = "—"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, or a number; a number names the count it opens, and where."""

    text: str
    of: str = ""
    place: Place | None = None


Cell = tuple[Piece, ...]


def say(figures: ReportFigures, template: str) -> Cell:
    """Return a sentence of the outline with its numbers filled in."""
    found: list[Piece] = []
    end = 0
    for number in NUMBER.finditer(template):
        found.append(Piece(template[end : number.start()]))
        found += _said(figures, number)
        end = number.end()
    found.append(Piece(template[end:]))
    return tuple(piece for piece in found if piece.text)


def cell(part: ReportPart, column: str) -> Cell:
    """Return a number of a group: a count, or a rate with what it lacks behind it."""
    name = column.removesuffix(BEFORE)
    if part.rate(name) is not None:
        return (_percent(part, name),)
    return (counted(part, name),)


def counted(part: ReportPart, name: str) -> Piece:
    """Return how many belong to a count; nothing opens nothing."""
    count = part.count(name)
    return Piece(str(count), name if count else "", part.place)


def rated(part: ReportPart, name: str) -> Cell:
    """Return a rate with numerator and denominator."""
    rate = part.rate(name)
    if rate is None:
        return (counted(part, name),)
    of = rate.definition
    if of.is_count or of.denominator is None or of.numerator is None:
        return (Piece(rate.percent, of.numerator or "", part.place),)
    if not rate.denominator:
        return (Piece(NONE),)
    return (
        _percent(part, name),
        Piece("（"),
        counted(part, of.numerator),
        Piece("/"),
        counted(part, of.denominator),
        Piece("）"),
    )


def _percent(part: ReportPart, name: str) -> Piece:
    rate = part.rate(name)
    if rate is None:
        raise LookupError(name)
    opened = rate.definition.missing if rate.missing else rate.definition.denominator
    is_empty = not rate.denominator
    return Piece(rate.percent, "" if is_empty else opened or "", part.place)


def _said(figures: ReportFigures, number: re.Match[str]) -> Iterator[Piece]:
    name, key = number["name"], number["key"] or TOTAL
    if name in WORDS:
        yield Piece(WORDS[name](figures))
        return
    place = Place(
        chain=Chain(number["chain"] or Chain.GOV),
        group=Group.LEVEL if key in list(Level) else Group.KIND,
        key=key,
    )
    part = figures.part(place)
    if name in LENGTHS:
        length = LENGTHS[name](part)
        yield Piece(
            NONE if length is None else str(length), "reviews" * bool(length), place
        )
    elif number["mark"] == COMPARED:
        before = figures.part(replace(place, is_before=True))
        yield from _compared(part, before, name, number["unit"])
    elif number["mark"] == BEFORE:
        yield from cell(figures.part(replace(place, is_before=True)), name)
    else:
        yield from cell(part, name)


def _compared(
    part: ReportPart, before: ReportPart, name: str, unit: str
) -> Iterator[Piece]:
    """Say how a number differs from that of the year before."""
    words = outlines().words
    now, then = part.count(name), before.count(name)
    if now == then:
        yield Piece(words["same"])
    elif not then:
        yield Piece(words["none"])
    else:
        said = words["up" if now > then else "down"]
        told = said.replace("{by}", str(abs(now - then))).replace("{unit}", unit)
        first, _, rest = told.partition("{before}")
        yield from (Piece(first), counted(before, name), Piece(rest))


WORDS: dict[str, Callable[[ReportFigures], str]] = {
    "year": lambda figures: str(figures.year),
    "organ": lambda figures: figures.organ.name,
}
LENGTHS: dict[str, Callable[[ReportPart], str | int | None]] = {
    "mean": lambda part: part.figures.mean_working_days if part.figures else None,
    "ninetieth": lambda part: (
        part.figures.ninetieth_working_days if part.figures else None
    ),
}

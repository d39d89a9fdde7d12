"""Comments that say the same of the same provision, found without an ear.

Two texts say the same if nothing is left of their difference once width, spaces
and punctuation are gone, or if nearly all of their trigrams agree. A text with
another number or another negation never does, however alike it looks.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

ALIKE = 0.75
"""The share of trigrams two texts have in common, of all they have."""
SHORTEST = 12
"""Texts with fewer characters are the same only if they are equal."""
LONG = 300
"""Of longer texts every eighth trigram is compared, chosen by its checksum."""
NOT_SAID = re.compile(r"[\W_]+")
NUMBER = re.compile(r"[0-9]+|[〇零一二两三四五六七八九十百千万亿]+")
NEGATIONS = "不无未非勿否反禁"

Grams = frozenset[str]
Placed = list[tuple[int | None, list[int]]]
"""A group that is there already, or none for a new one, and who joins it."""
Tell = Callable[[int, int], None]
"""Takes how many are done, and of how many."""
Block = tuple[str, tuple[str, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as far as grouping looks at it; `group` if it has one already."""

    key: int
    clause: str
    text: str
    group: int | None = None


def normalise(text: str) -> str:
    """Return a text without width, case, spaces, punctuation and signs."""
    return NOT_SAID.sub("", unicodedata.normalize("NFKC", text).casefold())


def _tell_nobody(_done: int, _total: int) -> None:
    """Keep silent."""


def group(remarks: Sequence[Remark], tell: Tell = _tell_nobody) -> Placed:
    """Return what becomes of the remarks that have no group yet.

    Nobody is taken out of a group; the order of the remarks decides who leads.

    Args:
        remarks: All of them, with group and without.
        tell: Is told how many are placed, and of how many.

    Returns:
        A group that is there already, or none for a new one, and the keys of those
        that join it, the first of a new group first.
    """
    readings = [_read(remark) for remark in remarks]
    leaders = _Leaders(_ranks(readings))
    for remark, reading in zip(remarks, readings, strict=True):
        if remark.group is not None:
            leaders.lead(reading, remark.group)
    joined: dict[Hashable, list[int]] = defaultdict(list)
    places: dict[Hashable, int | None] = {}
    for place, (remark, reading) in enumerate(zip(remarks, readings, strict=True)):
        tell(place + 1, len(remarks))
        if remark.group is not None:
            continue
        found = leaders.find(reading)
        if found is None:
            found = ("new", remark.key)
            leaders.lead(reading, found)
        places[found] = found if isinstance(found, int) else None
        joined[found].append(remark.key)
    return [(places[place], keys) for place, keys in joined.items()]


def alike(one: Grams, other: Grams) -> float:
    """Return the share of trigrams in common, of all there are."""
    common = len(one & other)
    return common / ((len(one) + len(other) - common) or 1)


def _are_near(one: int, other: int) -> bool:
    """Sets of these sizes can be alike enough; looking at more would be for nothing."""
    return min(one, other) >= ALIKE * max(one, other)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A remark as it is compared.

    A text can only be like one of nearly its length, so a text near the border
    has both sets and no pair is missed.
    """

    plain: str
    block: Block
    """What has to be equal before two texts are compared."""
    grams: Mapping[bool, Grams]
    """All trigrams, and under True a sample of them."""

    @property
    def is_long(self) -> bool:
        return len(self.plain) > LONG


def _read(remark: Remark) -> _Reading:
    plain = normalise(remark.text)
    numbers = tuple(sorted(NUMBER.findall(plain)))
    negations = tuple(plain.count(sign) for sign in NEGATIONS)
    block = (remark.clause, numbers, negations)
    found: dict[bool, Grams] = {}
    if len(plain) >= SHORTEST:
        grams = frozenset(plain[i : i + 3] for i in range(len(plain) - 2))
        if len(plain) <= LONG / ALIKE:
            found[False] = grams
        if len(plain) >= LONG * ALIKE:
            found[True] = frozenset(g for g in grams if crc32(g.encode()) % 8 == 0)
    return _Reading(plain, block, found)


def _ranks(readings: Iterable[_Reading]) -> Mapping[str, int]:
    """Return the place of each trigram among all of them, the rarest first."""
    counted: Counter[str] = Counter()
    for reading in readings:
        for grams in reading.grams.values():
            counted.update(grams)
    in_order = sorted(sorted(counted), key=counted.__getitem__)
    return {gram: place for place, gram in enumerate(in_order)}


@dataclass(slots=True)
class _Leaders:
    """The first of each group, found by text or by their rarest trigrams.

    Two sets that are alike enough share one of their few rarest members, so only
    those have to be looked up.
    """

    ranks: Mapping[str, int]
    by_text: dict[tuple[str, str], Hashable] = field(default_factory=dict)
    by_gram: dict[tuple[bool, Block, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    known: list[tuple[Hashable, Grams]] = field(default_factory=list)
    rarest: dict[Grams, list[str]] = field(default_factory=dict)

    def lead(self, reading: _Reading, place: Hashable) -> None:
        """Let others be compared with this remark."""
        text = (reading.block[0], reading.plain)
        if text in self.by_text:
            return
        self.by_text[text] = place
        for is_sample, grams in reading.grams.items():
            self.known.append((place, grams))
            for gram in self._rarest(grams):
                key = (is_sample, reading.block, gram)
                self.by_gram[key].append(len(self.known) - 1)

    def find(self, reading: _Reading) -> Hashable | None:
        """Return the group a remark belongs to, the most alike first."""
        exact = self.by_text.get((reading.block[0], reading.plain))
        grams = reading.grams.get(reading.is_long, frozenset())
        if exact is not None or not grams:
            return exact
        near = {
            number
            for gram in self._rarest(grams)
            for number in self.by_gram.get((reading.is_long, reading.block, gram), ())
        }
        scored = [
            (alike(grams, self.known[number][1]), -number)
            for number in near
            if _are_near(len(grams), len(self.known[number][1]))
        ]
        best = max(scored, default=(0.0, 0))
        return self.known[-best[1]][0] if best[0] >= ALIKE else None

    def _rarest(self, grams: Grams) -> list[str]:
        found = self.rarest.get(grams)
        if found is None:
            enough = len(grams) - math.ceil(ALIKE * len(grams)) + 1
            found = sorted(grams, key=self.ranks.__getitem__)[:enough]
            self.rarest[grams] = found
        return found

"""Comments that say the same of the same provision, found without an ear.

Two texts say the same if nothing is left of their difference once width, spaces
and punctuation are gone, or if nearly all of their trigrams agree. A text with
another number or another negation never does, however alike it looks.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ALIKE = 0.75
"""The share of trigrams two texts have in common, of all they have."""
SHORTEST = 12
"""Texts with fewer characters are the same only if they are equal."""
NUMBER = re.compile(r"[0-9]+|[〇零一二两三四五六七八九十百千万亿]+")
NEGATIONS = "不无未非勿否反禁"

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
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")


def group(remarks: Sequence[Remark]) -> list[tuple[int | None, list[int]]]:
    """Return what becomes of the remarks that have no group yet.

    Nobody is taken out of a group; the order of the remarks decides who leads.

    Returns:
        A group that is there already, or none for a new one, and the keys of those
        that join it, the first of a new group first.
    """
    leaders = _Leaders(_commonness(remarks))
    for remark in remarks:
        if remark.group is not None:
            leaders.lead(remark, remark.group)
    joined: dict[Hashable, list[int]] = defaultdict(list)
    places: dict[Hashable, int | None] = {}
    for remark in remarks:
        if remark.group is not None:
            continue
        found = leaders.find(remark)
        if found is None:
            found = ("new", remark.key)
            leaders.lead(remark, found)
        places[found] = found if isinstance(found, int) else None
        joined[found].append(remark.key)
    return [(places[place], keys) for place, keys in joined.items()]


def trigrams(plain: str) -> frozenset[str]:
    """Return every run of three characters."""
    return frozenset(plain[i : i + 3] for i in range(max(1, len(plain) - 2)))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of trigrams in common, of all there are."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _commonness(remarks: Iterable[Remark]) -> Mapping[str, int]:
    counted: Counter[str] = Counter()
    for plain in {normalise(remark.text) for remark in remarks}:
        counted.update(trigrams(plain))
    return counted


def _block(remark: Remark, plain: str) -> Block:
    """Return what has to be equal before two texts are compared."""
    numbers = tuple(sorted(NUMBER.findall(plain)))
    negations = tuple(plain.count(sign) for sign in NEGATIONS)
    return remark.clause, numbers, negations


@dataclass(slots=True)
class _Leaders:
    """The first of each group, found by text or by their rarest trigrams.

    Two sets that are alike enough share one of their few rarest members, so only
    those have to be looked up.
    """

    commonness: Mapping[str, int]
    by_text: dict[tuple[str, str], Hashable] = field(default_factory=dict)
    by_trigram: dict[tuple[Block, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    known: list[tuple[Hashable, frozenset[str]]] = field(default_factory=list)

    def lead(self, remark: Remark, place: Hashable) -> None:
        """Let others be compared with this remark."""
        plain = normalise(remark.text)
        if (remark.clause, plain) in self.by_text:
            return
        self.by_text[remark.clause, plain] = place
        if len(plain) < SHORTEST:
            return
        grams, block = trigrams(plain), _block(remark, plain)
        self.known.append((place, grams))
        for gram in self._rarest(grams):
            self.by_trigram[block, gram].append(len(self.known) - 1)

    def find(self, remark: Remark) -> Hashable | None:
        """Return the group a remark belongs to, the most alike first."""
        plain = normalise(remark.text)
        exact = self.by_text.get((remark.clause, plain))
        if exact is not None or len(plain) < SHORTEST:
            return exact
        grams, block = trigrams(plain), _block(remark, plain)
        near = {
            number
            for gram in self._rarest(grams)
            for number in self.by_trigram.get((block, gram), ())
        }
        scored = [(alike(grams, self.known[number][1]), -number) for number in near]
        best = max(scored, default=(0.0, 0))
        return self.known[-best[1]][0] if best[0] >= ALIKE else None

    def _rarest(self, grams: frozenset[str]) -> list[str]:
        enough = len(grams) - math.ceil(ALIKE * len(grams)) + 1
        return sorted(grams, key=lambda gram: (self.commonness[gram], gram))[:enough]

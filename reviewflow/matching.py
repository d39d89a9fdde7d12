"""Rows of a list of issued documents, matched with the documents that are known.

Pure: texts and days in, matches out. A number decides; a title alone never does,
because the same title is issued again in other years.
"""

import enum
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from reviewflow.comments.grouping import alike, normalise

NEAR_DAYS = timedelta(days=31)
"""A register gives the day of signing, a website that of publication."""
ALIKE = 0.6
"""The share of pairs of characters two titles have in common, of all they have."""
FOREIGN = 0.2
"""Below it two titles have nothing to do with each other."""
BRACKETED_YEAR = re.compile(r"[\[({<【〔〈《](\d{4})[\])}>】〕〉》]")
PASSED_ON = re.compile(
    r".*?关于(?:印发|发布|公布|颁布|转发|批转)(.+?)(?:等文件)?的(?:通知|公告|通告|决定)"
)
"""A letter that only passes a document on is known by the document's title."""
ISSUED = re.compile(r"(关于.+)的(?:通知|公告|通告)")
TELLING = re.compile(r"\d+|修改|修正|废止|失效|延长|解读")
"""Figures and words that make another document of nearly the same title."""

Grams = frozenset[str]
Tell = Callable[[int, int], None]
"""Takes how many are done, and of how many."""


class Match(enum.StrEnum):
    """How a row of a list stands to what is known."""

    MATCHED = "MATCHED"
    """相符"""
    PROBABLE = "PROBABLE"
    """疑似"""
    UNMATCHED = "UNMATCHED"
    """没有找到"""


class Ground(enum.StrEnum):
    """What a match rests on."""

    NUMBER = "NUMBER"
    """文号相同"""
    TITLE_AND_DAY = "TITLE_AND_DAY"
    """名称和日期相同"""
    OTHER_TITLE = "OTHER_TITLE"
    """文号相同，名称不同"""
    OTHER_NUMBER = "OTHER_NUMBER"
    """名称相同，文号不同"""
    OTHER_DAY = "OTHER_DAY"
    """名称相同，日期不同"""
    NEAR_TITLE = "NEAR_TITLE"
    """名称相近，日期相近"""
    OTHER_ORGAN = "OTHER_ORGAN"
    """名称相同，制定机关不同"""


@dataclass(frozen=True, slots=True)
class Paper:
    """An issued document as far as matching looks at it; `key` tells it apart."""

    key: int
    title: str
    number: str
    issued_on: date | None
    organ: int = 0
    """Who issued it; a government and its office are one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a row: the known document it is, or may be, and why."""

    match: Match
    key: int | None = None
    ground: Ground | None = None


NOTHING = Found(Match.UNMATCHED)


def number_key(text: str) -> str:
    """Return a document number without differences of writing, empty if none.

    Brackets of any shape, width, spaces, 第 and leading zeros do not count.
    """
    narrow = unicodedata.normalize("NFKC", text)
    plain = BRACKETED_YEAR.sub(r"〔\1〕", re.sub(r"\s+", "", narrow))
    return re.sub(r"(?<=〕)第?0*(?=\d)", "", plain)


def title_key(text: str) -> str:
    """Return a title without differences of writing.

    Width, spaces, punctuation and 《》 do not count, nor that it was passed on:
    关于印发《甲办法》的通知 is 甲办法.
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    passed = PASSED_ON.fullmatch(plain)
    if passed is not None:
        plain = passed[1]
    elif (issued := ISSUED.search(plain)) is not None:
        plain = issued[1]
    return normalise(plain)


def match_all(
    rows: Sequence[Paper], known: Iterable[Paper], tell: Tell | None = None
) -> list[Found]:
    """Return what becomes of each row of a list, in its order.

    Args:
        rows: Of the list.
        known: Documents the rows are matched with.
        tell: Is told how many rows are done, and of how many.
    """
    index = _Index.of(known)
    found = []
    for place, row in enumerate(rows, start=1):
        found.append(index.find(row))
        if tell is not None:
            tell(place, len(rows))
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """A paper as it is compared."""

    paper: Paper
    number: str
    title: str
    grams: Grams
    telling: tuple[str, ...]

    @classmethod
    def of(cls, paper: Paper) -> "_Reading":
        title = title_key(paper.title)
        grams = frozenset(one + other for one, other in pairwise(title))
        telling = tuple(TELLING.findall(title))
        return cls(paper, number_key(paper.number), title, grams, telling)

    def days_to(self, other: "_Reading") -> timedelta:
        """Return how far apart they were issued; for ever if one does not say."""
        one, two = self.paper.issued_on, other.paper.issued_on
        return timedelta.max if one is None or two is None else abs(one - two)

    def is_of(self, other: "_Reading") -> bool:
        """Both are of one organ."""
        return self.paper.organ == other.paper.organ

    def distance(self, other: "_Reading") -> tuple[bool, timedelta]:
        """Return how far one of the same title is from being the same."""
        return not self.is_of(other), self.days_to(other)


@dataclass(frozen=True, slots=True)
class _Index:
    """Known papers by number, by title, and by the rarest pairs of their titles."""

    by_number: Mapping[str, _Reading]
    by_title: Mapping[str, list[_Reading]]
    by_gram: Mapping[str, list[_Reading]]
    counted: Counter[str]

    @classmethod
    def of(cls, known: Iterable[Paper]) -> "_Index":
        readings = [_Reading.of(paper) for paper in known]
        counted = Counter(gram for one in readings for gram in one.grams)
        by_title, by_gram = defaultdict(list), defaultdict(list)
        for one in readings:
            by_title[one.title].append(one)
            for gram in _rarest(one.grams, counted):
                by_gram[gram].append(one)
        by_number = {one.number: one for one in readings if one.number}
        return cls(by_number, by_title, by_gram, counted)

    def find(self, paper: Paper) -> Found:
        row = _Reading.of(paper)
        numbered = self.by_number.get(row.number)
        if numbered is not None:
            is_foreign = alike(row.grams, numbered.grams) < FOREIGN
            if is_foreign and row.title not in numbered.title:
                return _found(Match.PROBABLE, numbered, Ground.OTHER_TITLE)
            return _found(Match.MATCHED, numbered, Ground.NUMBER)
        titled = self.by_title.get(row.title, ()) if row.title else ()
        if titled:
            return _same_title(row, min(titled, key=row.distance))
        near = self._nearest(row)
        if near is None:
            return NOTHING
        return _found(Match.PROBABLE, near, Ground.NEAR_TITLE)

    def _nearest(self, row: _Reading) -> _Reading | None:
        """Return the paper of about the same days whose title is most alike."""
        best, share = None, ALIKE
        for gram in _rarest(row.grams, self.counted):
            for other in self.by_gram.get(gram, ()):
                if row.telling != other.telling or row.days_to(other) > NEAR_DAYS:
                    continue
                if not row.is_of(other):
                    continue
                common = alike(row.grams, other.grams)
                if common > share or (common == share and best is None):
                    best, share = other, common
        return best


def _same_title(row: _Reading, other: _Reading) -> Found:
    if not row.is_of(other):
        is_near = row.days_to(other) <= NEAR_DAYS
        return _found(Match.PROBABLE, other, Ground.OTHER_ORGAN) if is_near else NOTHING
    if row.number and other.number:
        return _found(Match.PROBABLE, other, Ground.OTHER_NUMBER)
    if row.days_to(other):
        return _found(Match.PROBABLE, other, Ground.OTHER_DAY)
    return _found(Match.MATCHED, other, Ground.TITLE_AND_DAY)


def _found(match: Match, other: _Reading, ground: Ground) -> Found:
    return Found(match, other.paper.key, ground)


def _rarest(grams: Grams, counted: Mapping[str, int]) -> list[str]:
    """Return so many of the rarest that titles alike enough share one of them."""
    enough = len(grams) - -(-int(ALIKE * 100) * len(grams) // 100) + 1
    in_order = sorted(grams, key=lambda gram: (counted.get(gram, 0), gram))
    return in_order[:enough]

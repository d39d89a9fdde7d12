"""What becomes of filings, drawn by lot: in time, late, back, asked for more, never."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from reviewflow.law.lawbook import Law

AS_OF = date(2026, 11, 23)
YEARS = 5
BEFORE_THE_LAW = timedelta(days=15)
KINDS = ("BMGFXWJ",) * 12 + ("ZFGFXWJ",) * 7 + ("ZFGZ",)
Sent = tuple[date, date | None]
Asked = tuple[date, date, date | None]


@dataclass(frozen=True, slots=True)
class Review:
    """What came of the review of a filing."""

    begun_on: date
    due_on: date
    decided_on: date | None
    has_problem: bool
    correct_by: date | None
    mended_on: date | None


@dataclass(frozen=True, slots=True)
class Told:
    """One filing: what was done when; what comes after the last day is left out."""

    exempt: bool
    sent: Sequence[Sent]
    asked: Sequence[Asked]
    registered: date | None
    is_complete: bool
    review: Review | None


class Lot:
    """Draws filings, always the same ones; nothing is known after the last day."""

    def __init__(self, law: Law) -> None:
        """Take the law by which days are counted."""
        self.chance = random.Random(2026)  # noqa: S311 # drawn again the same

        def due(limit_id: str, day: date) -> date:
            if not law.knows(limit_id, day):
                return day + BEFORE_THE_LAW
            return law.deadline(limit_id, day).due_on

        self.due: Callable[[str, date], date] = cache(due)

    def published(self) -> date:
        """Draw the day a document was published."""
        return AS_OF - timedelta(days=self.chance.randrange(365 * YEARS))

    def told(self, published: date) -> Told:
        """Draw what was done about a duty: mostly at once and in time."""
        due = self.due("TL-13", published)
        exempt = self._is(2)
        if exempt or self._is(3):
            return Told(exempt, (), (), None, is_complete=True, review=None)
        day = self._after(published, 40 if self._is(5) else (due - published).days)
        sent: list[Sent] = []
        if self._is(3):
            back = self._after(day, 5)
            sent.append((day, back))
            day = self._after(back, 8)
        sent.append((day, None))
        asked, arrived = self._asked(day) if self._is(7) else ([], day)
        registered = _known(arrived and self._after(arrived, 10))
        return Told(
            exempt=False,
            sent=[(on, _known(back)) for on, back in sent if on <= AS_OF],
            asked=[(on, by, _known(came)) for on, by, came in asked if on <= AS_OF],
            registered=registered,
            is_complete=not self._is(3),
            review=self._review(registered) if registered and self._is(90) else None,
        )

    def _asked(self, day: date) -> tuple[list[Asked], date | None]:
        """Draw a supplement that was asked for, and when it came, if it did."""
        notice = self._after(day, 5)
        came = None if self._is(10) else self._after(notice, 8)
        return [(notice, self.due("TL-16", notice), came)], came

    def _review(self, registered: date) -> Review | None:
        """Draw a review: mostly in time and without a finding."""
        begun = self._after(registered, 5)
        if begun > AS_OF:
            return None
        due, decided = self.due("TL-18", registered), _known(self._after(begun, 27))
        if decided is None or not self._is(4):
            return Review(begun, due, decided, False, None, None)  # noqa: FBT003
        by, mended = self.due("TL-20", decided), self._after(decided, 45)
        return Review(begun, due, decided, True, by, _known(mended))  # noqa: FBT003

    def _is(self, percent: int) -> bool:
        """Draw whether something is so that is so in so many of a hundred."""
        return self.chance.random() * 100 < percent

    def _after(self, day: date, most: int) -> date:
        return day + timedelta(days=self.chance.randint(0, most))


def _known(day: date | None) -> date | None:
    return None if day is None or day > AS_OF else day

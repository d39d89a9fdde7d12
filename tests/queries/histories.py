"""Random histories of filings, and a second reckoning that shares no code with ours.

The reference keeps to the words of the definitions: what is dated later than the day
asked about is not known; a filing by the wrong route does not count; who supplements
too late has not filed in time. It reads the shipped calendar, and counts days itself.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
FIRST = date(2024, 1, 2)
Spans = list[tuple[date, date | None]]


@dataclass
class History:
    """One duty to file; joint documents have several makers and one duty."""

    id: int
    makers: tuple[int, ...]
    """Who issued it; the first is in charge and files it."""
    published: date
    exempt: bool
    sent: list[tuple[date, date | None]]
    """When it was sent, and when that was returned."""
    supplements: list[tuple[date, date | None]]
    """When a supplement was asked for, and when it came."""
    registered: date | None
    is_complete: bool


def histories(seed: int, count: int) -> Iterator[History]:
    """Give so many histories: in time, late, lapsed, returned, waived, joint."""
    chance = random.Random(seed)  # noqa: S311 # a sample that can be drawn again
    for number in range(1, count + 1):
        published = _later(chance, FIRST, 900)
        sent, day = _sent(chance, published)
        arrived = bool(sent) and sent[-1][1] is None
        supplements, registered = _received(chance, day) if arrived else ([], None)
        yield History(
            id=number,
            makers=tuple(chance.sample(range(1, 9), chance.choice((1, 1, 1, 2, 3)))),
            published=published,
            exempt=chance.random() < 0.05,
            sent=sent,
            supplements=supplements,
            registered=registered,
            is_complete=chance.random() < 0.9,
        )


def _later(chance: random.Random, day: date, most: int) -> date:
    return day + chance.randint(0, most) * DAY


def _sent(chance: random.Random, published: date) -> tuple[Spans, date]:
    """Up to three times by the wrong route, then mostly by the right one."""
    sent: Spans = []
    day = _later(chance, published, 30)
    while chance.random() < 0.25 and len(sent) < 3:
        back = _later(chance, day, 6)
        sent.append((day, back))
        day = _later(chance, back, 12)
    if chance.random() < 0.85:
        sent.append((day, None))
    return sent, day


def _received(chance: random.Random, day: date) -> tuple[Spans, date | None]:
    """Up to three supplements, some too late, some never; then mostly registered."""
    supplements: Spans = []
    day = _later(chance, day, 5)
    while chance.random() < 0.25 and len(supplements) < 3:
        came = _later(chance, day, 12) if chance.random() < 0.8 else None
        supplements.append((day, came))
        if came is None:
            return supplements, None
        day = _later(chance, came, 4)
    return supplements, _later(chance, day, 10) if chance.random() < 0.9 else None


class Reference:
    """Reckons the rates of filings as of a day, the long way."""

    def __init__(self, off: set[date], made_up: set[date], *, by_work: bool) -> None:
        """Take the days off, the make-up days, and how the limit is counted."""
        self.off, self.made_up, self.by_work = off, made_up, by_work

    def works(self, day: date) -> bool:
        """Offices work on that day."""
        return day in self.made_up or (day.isoweekday() < 6 and day not in self.off)

    def after(self, day: date, count: int) -> date:
        """The day so many working days later."""
        while count > 0:
            day += DAY
            count -= 1 if self.works(day) else 0
        return day

    def due(self, published: date) -> date:
        """The last day of fifteen, or of fifteen working days."""
        if self.by_work:
            return self.after(published, 15)
        last = published + 15 * DAY
        return last if self.works(last) else self.after(last, 1)

    def rates(
        self, found: list[History], today: date
    ) -> dict[str, tuple[set[int], set[int]]]:
        """Numerator and denominator of each rate, as ids of duties."""
        known = [one for one in found if not one.exempt and one.published <= today]
        said = {
            one.id: self.sending(one, today) | self.receiving(one, today)
            for one in known
        }

        def of(*words: str) -> set[int]:
            return {number for number, told in said.items() if told >= set(words)}

        return {
            "I-1": (of("filed"), of("due")),
            "I-2": (of("in time"), of("due")),
            "I-2-filed": (of("in time"), of("filed")),
            "I-3": (of("clean"), of("decided")),
            "I-3-corrected": (of("entered"), of("decided")),
            "I-4": (of("entered", "filed"), of("filed")),
        }

    def rates_of_makers(
        self, found: list[History], today: date
    ) -> dict[int, dict[str, tuple[set[int], set[int]]]]:
        """The rates of each maker: a joint document is of the one in charge."""
        in_charge = {one.makers[0] for one in found}
        return {
            maker: self.rates([one for one in found if one.makers[0] == maker], today)
            for maker in in_charge
        }

    def sending(self, one: History, today: date) -> set[str]:
        """What the maker has done by then."""
        last = self.due(one.published)
        good = [
            sent
            for sent, back in one.sent
            if sent <= today and not (back and back <= today)
        ]
        came = [
            (asked, came if came and came <= today else None)
            for asked, came in one.supplements
            if asked <= today
        ]
        missed = [day for asked, day in came if (day or today) > self.after(asked, 5)]
        said = {"due"} if good or today > last else set()
        if good and None not in missed:
            said.add("filed")
            said |= {"in time"} if not missed and good[0] <= last else set()
        return said

    def receiving(self, one: History, today: date) -> set[str]:
        """What the receiver has done by then."""
        returned = any(back and back <= today for _, back in one.sent)
        asked = any(day <= today for day, _ in one.supplements)
        is_in = one.registered is not None and one.registered <= today
        said = {"decided"} if is_in or returned or asked else set()
        if is_in:
            said.add("entered")
            at_once = one.is_complete and not returned and not asked
            said |= {"clean"} if at_once else set()
        return said

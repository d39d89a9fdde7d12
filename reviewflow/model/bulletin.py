"""Figures of a period as they were told, signed and never changed (情况通报)."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.people import Unit, User

FORM = re.compile(
    r"(?P<year>[12]\d{3})"
    r"(?:Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2])|/(?P<until>0[1-9]|1[0-2]))?"
)
FIRST, LAST = 1, 12
MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months of one year."""

    key: str
    """`2026-10`, `2026Q3`, `2026`, or `2026/10` for January to October."""
    label: str
    from_on: date
    to_on: date

    def is_over(self, today: date) -> bool:
        """Nothing more can happen in it."""
        return self.to_on < today


class Bulletin(Row):
    """A report of a government on a period; a second thought is another row."""

    __tablename__ = "bulletin"
    __table_args__ = (sa.Index(None, "organ_id", "period"),)

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    period: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date]
    as_of: Mapped[date]
    rule_version: Mapped[str]
    snapshot: Mapped[str]
    """What was told, in canonical JSON; its bytes are what is signed."""
    sha256: Mapped[str]
    signature: Mapped[str]
    public_key: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    organ: Mapped[Unit] = relationship(lazy="joined")
    made_by: Mapped[User] = relationship(lazy="joined")


def read_period(text: str) -> Period | None:
    """Return the period of that key; none if it is no key."""
    found = FORM.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        last = int(found["quarter"]) * MONTHS_IN_A_QUARTER
        label = f"{year}年第{'一二三四'[last // MONTHS_IN_A_QUARTER - 1]}季度"
        return _months(found[0], label, year, (last - MONTHS_IN_A_QUARTER + 1, last))
    if found["month"]:
        month = int(found["month"])
        return _months(found[0], f"{year}年{month}月", year, (month, month))
    if found["until"]:
        last = int(found["until"])
        return _months(found[0], f"{year}年1月至{last}月", year, (FIRST, last))
    return _months(found[0], f"{year}年", year, (FIRST, LAST))


def _months(key: str, label: str, year: int, span: tuple[int, int]) -> Period:
    first, last = span
    end = date(year, last, monthrange(year, last)[1])
    return Period(key, label, date(year, first, 1), end)

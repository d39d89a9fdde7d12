"""Which matters may not be decided without the advice of counsel."""

from dataclasses import dataclass
from datetime import date

from reviewflow.law.rows import Row, Verified


@dataclass(frozen=True)
class AdviceDuty:
    """Matters of these codes need at least one signed opinion of counsel.

    Source: 《重大行政决策程序暂行条例》第二十八条; the rows say what else. Towns
    follow it by analogy (第四十二条), so `levels` names whose matters are meant.
    """

    id: str
    title: str
    codes: tuple[str, ...]
    levels: tuple[str, ...]
    basis: str
    source: str
    place: str
    first_day: date
    verified: Verified
    note: str = ""
    local: bool = False


def read_advice_duty(row: Row) -> AdviceDuty:
    """Return the duty that a row holds.

    Raises:
        Invalid: A field is wrong; the sentence names row and field.
    """
    return AdviceDuty(
        **row.origin(),
        title=row.text("title"),
        codes=row.texts("codes"),
        levels=row.texts("levels"),
        basis=row.text("basis"),
    )

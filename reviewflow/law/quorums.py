"""How many must be there, as a share of those invited, before a sitting may begin."""

from dataclasses import dataclass
from datetime import date

from reviewflow.law.rows import Row, Verified


@dataclass(frozen=True)
class Quorum:
    """A share that has to be present (法定人数); law of the place, never a constant."""

    id: str
    title: str
    present: int
    out_of: int
    basis: str
    source: str
    place: str
    first_day: date
    verified: Verified
    note: str = ""
    local: bool = False
    exceeds: bool = False
    """More than the share have to be there (过半数), not just as many."""

    def least(self, invited: int) -> int:
        """Return how many of those invited have to be there."""
        if self.exceeds:
            return invited * self.present // self.out_of + 1
        return -(-invited * self.present // self.out_of)


def read_quorum(row: Row) -> Quorum:
    """Return the share that a row holds.

    Raises:
        Invalid: A field is wrong; the sentence names row and field.
    """
    quorum = Quorum(
        **row.origin(),
        title=row.text("title"),
        present=row.whole("present"),
        out_of=row.whole("out_of"),
        basis=row.text("basis"),
        exceeds=row.flag("exceeds", default=False),
    )
    if quorum.present > quorum.out_of:
        raise row.wrong("“present”大于“out_of”")
    return quorum

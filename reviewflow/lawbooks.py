"""The law in force in an installation: the files, then what was decided here."""

import threading

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reviewflow.law.amendments import Amendment, Register, amended
from reviewflow.law.lawbook import Law
from reviewflow.model.law_change import LawChange

_LATEST = sa.select(sa.func.max(LawChange.serial))
_APPROVED = (
    sa.select(LawChange).where(LawChange.serial.is_not(None)).order_by(LawChange.serial)
)


class Lawbooks:
    """Gives the law as it is now; it is put together only when it has changed."""

    def __init__(self, shipped: Law) -> None:
        """Take the law of the files."""
        self.shipped = shipped
        self._kept: tuple[int, Law] = (0, shipped)
        self._lock = threading.Lock()

    def current(self, session: Session) -> Law:
        """Return the law with every change approved so far."""
        latest = session.scalar(_LATEST) or 0
        kept, law = self._kept
        if kept == latest:
            return law
        with self._lock:
            rows = session.scalars(_APPROVED)
            law = amended(self.shipped, [amendment_of(row) for row in rows])
            self._kept = (latest, law)
        return law


def amendment_of(row: LawChange) -> Amendment:
    """Return a change as the law data take it."""
    return Amendment(Register(row.register), row.key, row.fields)

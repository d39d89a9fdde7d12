"""People without an account: how much one of them may send."""

from datetime import timedelta

import sqlalchemy as sa

from reviewflow.errors import TooMany
from reviewflow.model.access import StrangerAct
from reviewflow.work import Work

WITHIN = timedelta(hours=1)
MOST = 20


def admit_stranger(work: Work, address_digest: str) -> None:
    """Count one thing sent from an address; older counts are forgotten.

    A household or an office shares an address, so an hour allows several people.

    Args:
        work: Work of the system itself.
        address_digest: Keyed digest of the address, so that it is not stored.

    Raises:
        TooMany: The hour's measure is full.
    """
    since = work.now - WITHIN
    work.session.execute(sa.delete(StrangerAct).where(StrangerAct.at < since))
    sent = work.session.scalar(
        sa.select(sa.func.count(StrangerAct.id)).where(
            StrangerAct.address_digest == address_digest
        )
    )
    if (sent or 0) >= MOST:
        raise TooMany
    work.session.add(StrangerAct(address_digest=address_digest, at=work.now))

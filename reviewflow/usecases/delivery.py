"""The outbox is worked off: each notice is handed to a channel, then marked."""

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.channels import Channel
from reviewflow.model.outbox import OutboxMessage
from reviewflow.work import Runtime

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
BATCH = 100


def deliver_outbox(
    runtime: Runtime, channel: Channel, at: datetime | None = None
) -> int:
    """Send what waits, at least once each; mark it sent afterwards.

    Returns:
        How many were sent.
    """
    sent = 0
    while waiting := _waiting(runtime, at):
        for message_id, key, to, text in waiting:
            try:
                channel.send(key, to, text)
            except OSError as error:
                log.warning("notice not sent: %s", error, extra={"notice": message_id})
                _mark(runtime, message_id, sent=False, at=at)
            else:
                _mark(runtime, message_id, sent=True, at=at)
                sent += 1
    return sent


def _waiting(runtime: Runtime, at: datetime | None) -> list[tuple[int, str, str, str]]:
    with runtime.read(None, at) as work:
        rows = work.session.scalars(
            sa.select(OutboxMessage)
            .where(
                OutboxMessage.sent_at.is_(None),
                sa.or_(
                    OutboxMessage.next_try_at.is_(None),
                    OutboxMessage.next_try_at <= work.now,
                ),
            )
            .order_by(OutboxMessage.id)
            .limit(BATCH)
            .options(joinedload(OutboxMessage.user))
        )
        return [(row.id, row.dedupe_key, row.user.name, row.text) for row in rows]


def _mark(
    runtime: Runtime, message_id: int, *, sent: bool, at: datetime | None
) -> None:
    with runtime.begin(None, at) as work:
        row = work.get(OutboxMessage, message_id)
        row.tries += 1
        if sent:
            row.sent_at = work.now
        else:
            row.next_try_at = work.now + min(
                FIRST_WAIT * 2 ** (row.tries - 1), LONGEST_WAIT
            )

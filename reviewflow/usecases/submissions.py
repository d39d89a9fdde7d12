"""A form or request that comes again gets its first answer again."""

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.errors import KeyReused
from reviewflow.model.submission import Submission
from reviewflow.work import Work

_REMEMBER = sa.update(Submission).where(Submission.key == sa.bindparam("of_key"))


def first_answer(work: Work, key: str, body: str) -> str | None:
    """Return what came of the same submission before, or note a new one.

    Args:
        work: Actor, instant and transaction; the note belongs to it.
        key: 128 random bits the form or the client chose.
        body: What was sent, in one canonical text.

    Returns:
        The first result, or none if this is the first time.

    Raises:
        KeyReused: The key was another person's or came with another body.
    """
    digest = journal.text_digest(body)
    known = work.session.get(Submission, key)
    if known is None:
        facts = {"user_id": work.actor.id, "body_digest": digest, "at": work.now}
        note = {"key": key, "result": "", **facts}
        work.session.connection().execute(sa.insert(Submission), note)
        return None
    if known.user_id != work.actor.id or known.body_digest != digest:
        raise KeyReused
    return known.result


def remember_answer(work: Work, key: str, result: str) -> None:
    """Store what came of a submission, to be given again."""
    work.session.connection().execute(_REMEMBER, {"of_key": key, "result": result})

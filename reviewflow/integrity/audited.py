"""Signed rows against the audit records that told of them when they were made."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow.model.access import AuditRecord
from reviewflow.work import Work


class Words(NamedTuple):
    """What is said of a row that is gone, was never told of, or was told otherwise."""

    gone: str
    untold: str
    differs: str


def strays(
    work: Work,
    noun: str,
    kinds: tuple[str, ...],
    digests: Mapping[int, str],
    words: Words,
) -> Iterator[tuple[int, str]]:
    """Give the number of each row that the audit does not tell alike, and a sentence.

    Args:
        work: Reading work of the system.
        noun: Subjects are written `noun:number`.
        kinds: Of the records that tell of such rows.
        digests: SHA-256 of each row that is there, by its number.
        words: The sentences.
    """
    told = dict(_told(work, noun, kinds))
    for number in sorted(told.keys() | digests.keys()):
        if number not in digests:
            yield number, words.gone
        elif number not in told:
            yield number, words.untold
        elif digests[number] != told[number]:
            yield number, words.differs


def _told(work: Work, noun: str, kinds: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    rows = work.session.scalars(
        sa.select(AuditRecord).where(AuditRecord.kind.in_(kinds))
    )
    for row in rows:
        number = re.fullmatch(rf"{noun}:(\d+)", row.subject)
        if number is not None:
            yield int(number[1]), str(row.details.get("sha256"))

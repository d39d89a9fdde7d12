"""Who makes bulletins for which government, as of when, and whether one still holds."""

import enum
import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from reviewflow import signing
from reviewflow.law.deadlines import Deadline
from reviewflow.law.routes import Chain
from reviewflow.model.bulletin import Bulletin, Period
from reviewflow.model.people import Role, Unit, UnitDuty, UnitSort
from reviewflow.visibility import BULLETIN_DESK
from reviewflow.work import Work


class Seal(enum.StrEnum):
    """What digest and signature say of a bulletin."""

    INTACT = "INTACT"
    """签名有效"""
    OTHER_KEY = "OTHER_KEY"
    """签名有效，但不是本系统现用的密钥所签"""
    UNSIGNED = "UNSIGNED"
    """签名无效，通报不可采信"""
    ALTERED = "ALTERED"
    """内容与签名时不一致，通报不可采信"""


def governments(work: Work) -> Sequence[Unit]:
    """Return the governments for which the actor makes bulletins, in official order.

    Auditors do so for the government they belong to; of others, the signers and
    filing reviewers of its review office.
    """
    auditing = [unit for role, unit in work.actor.posts if role is Role.AUDITOR]
    at_desk = [unit for role, unit in work.actor.posts if role in BULLETIN_DESK]
    serving = sa.or_(
        Unit.id.in_(auditing),
        Unit.id.in_(at_desk)
        & sa.or_(Unit.duty == UnitDuty.REVIEW, Unit.sort == UnitSort.GOVERNMENT),
    )
    served = sa.case(
        (Unit.sort == UnitSort.GOVERNMENT, Unit.id), else_=Unit.government_id
    )
    return work.session.scalars(
        sa.select(Unit)
        .where(Unit.id.in_(sa.select(served).where(serving)))
        .order_by(Unit.position, Unit.id)
    ).all()


def settled(work: Work, period: Period) -> Deadline | None:
    """Return when the last limit of filing ends that began in a period.

    There is none if no limit was in force yet.

    Raises:
        Invalid: The calendar does not reach.

    Source: domain rule 6.4 (product rule): closed periods are judged as of the
    period's end and the limit, so that late filings of its last days count.
    """
    routes = [route for route in work.law.filing_routes if route.chain is Chain.GOV]
    limits = [
        route.limit for route in routes if work.law.knows(route.limit, period.to_on)
    ]
    ends = [
        work.law.deadline(limit, period.to_on)
        for limit in sorted(dict.fromkeys(limits))
    ]
    return max(ends, key=lambda end: end.due_on, default=None)


def seal_of(work: Work, row: Bulletin) -> Seal:
    """Return whether a bulletin is what was signed, worked out anew."""
    if signing.digest(row.snapshot) != row.sha256 or not _says_the_same(row):
        return Seal.ALTERED
    if not signing.is_signed(row.snapshot, row.signature, row.public_key):
        return Seal.UNSIGNED
    is_own = row.public_key == work.signer.public_key
    return Seal.INTACT if is_own else Seal.OTHER_KEY


def _says_the_same(row: Bulletin) -> bool:
    """The columns by which a bulletin is found say what its text says."""
    try:
        said = json.loads(row.snapshot)
        figures = said["figures"]
        told = (
            *(said["organ"]["id"], said["period"]["key"], said["made_by"]["id"]),
            *(figures["from"], figures["to"], figures["as_of"]),
            *(figures["rule_version"], datetime.fromisoformat(said["made_at"])),
        )
    except (ValueError, LookupError, TypeError):
        return False
    return told == (
        *(row.organ_id, row.period, row.made_by_id),
        *(str(row.from_on), str(row.to_on), str(row.as_of)),
        *(row.rule_version, row.made_at),
    )

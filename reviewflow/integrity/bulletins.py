"""Whether every bulletin still is what was told and signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.bulletin_rows import Seal, seal_of
from reviewflow.model.access import AuditRecord
from reviewflow.model.bulletin import Bulletin
from reviewflow.work import Work

SENTENCES = {
    Seal.ALTERED: "内容与签名时不一致，被改动。",
    Seal.UNSIGNED: "签名无效。",
    Seal.OTHER_KEY: "不是本系统现用的密钥所签，请与当时公布的公钥核对。",
}
FROZEN, SUBJECT = "bulletin.frozen", re.compile(r"bulletin:(\d+)")


@dataclass(frozen=True, slots=True)
class BulletinFlaw:
    """One thing that is not as it was: which bulletin, what rule, a sentence."""

    bulletin_id: int
    rule: str
    sentence: str


def verify_bulletins(work: Work) -> list[BulletinFlaw]:
    """Return every bulletin that is not what was signed, or is not there.

    Args:
        work: Reading work of the system.
    """
    rows = work.session.scalars(sa.select(Bulletin).order_by(Bulletin.id)).unique()
    digests: dict[int, str] = {}
    found: list[BulletinFlaw] = []
    for row in rows:
        digests[row.id] = row.sha256
        seal = seal_of(work, row)
        if seal in SENTENCES:
            found.append(BulletinFlaw(row.id, "B1", SENTENCES[seal]))
    told = dict(_told(work))
    for number in sorted(told.keys() | digests.keys()):
        if number not in digests:
            found.append(BulletinFlaw(number, "B2", "制作过，现在没有了。"))
        elif number not in told:
            found.append(BulletinFlaw(number, "B2", "没有制作记录。"))
        elif digests[number] != told[number]:
            found.append(BulletinFlaw(number, "B2", "与制作记录中的摘要不一致。"))
    return found


def _told(work: Work) -> Iterator[tuple[int, str]]:
    rows = work.session.scalars(
        sa.select(AuditRecord).where(AuditRecord.kind == FROZEN)
    )
    for row in rows:
        number = SUBJECT.fullmatch(row.subject)
        if number is not None:
            yield int(number[1]), str(row.details.get("sha256"))

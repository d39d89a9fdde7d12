"""Whether every bulletin still is what was told and signed."""

from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.bulletin_rows import Seal, seal_of
from reviewflow.integrity.audited import Words, strays
from reviewflow.model.bulletin import Bulletin
from reviewflow.work import Work

SENTENCES = {
    Seal.ALTERED: "内容与签名时不一致，被改动。",
    Seal.UNSIGNED: "签名无效。",
    Seal.OTHER_KEY: "不是本系统现用的密钥所签，请与当时公布的公钥核对。",
}
WORDS = Words("制作过，现在没有了。", "没有制作记录。", "与制作记录中的摘要不一致。")


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
    lost = strays(work, "bulletin", ("bulletin.frozen",), digests, WORDS)
    return found + [BulletinFlaw(number, "B2", said) for number, said in lost]

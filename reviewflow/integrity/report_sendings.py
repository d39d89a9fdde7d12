"""Whether every record of a yearly report's sending still is what was signed."""

from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import signing
from reviewflow.integrity.audited import Words, strays
from reviewflow.model.report import ReportSending
from reviewflow.report_sendings import flaws_of, proof_of
from reviewflow.work import Work

KINDS = ("report.sent", "report.sending_corrected")
WORDS = Words(
    "登记过，现在没有了。", "没有登记时的审计记录。", "与审计记录中的摘要不一致。"
)


@dataclass(frozen=True, slots=True)
class SendingFlaw:
    """One thing that is not as it was: which record, what rule, a sentence."""

    sending_id: int
    rule: str
    sentence: str


def verify_sendings(work: Work) -> list[SendingFlaw]:
    """Return every record that is not what was signed, or is not there.

    Args:
        work: Reading work of the system.
    """
    rows = work.session.scalars(sa.select(ReportSending).order_by(ReportSending.id))
    digests: dict[int, str] = {}
    found: list[SendingFlaw] = []
    for row in rows.unique():
        digests[row.id] = signing.digest(proof_of(row))
        found += [SendingFlaw(row.id, "R1", said) for said in flaws_of(work, row)]
    lost = strays(work, "report_sending", KINDS, digests, WORDS)
    return found + [SendingFlaw(number, "R2", said) for number, said in lost]

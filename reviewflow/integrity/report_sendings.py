"""Whether every record of a yearly report's sending still is what was signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import signing
from reviewflow.model.access import AuditRecord
from reviewflow.model.report import ReportSending
from reviewflow.report_sendings import flaws_of, proof_of
from reviewflow.work import Work

KINDS = ("report.sent", "report.sending_corrected")
SUBJECT = re.compile(r"report_sending:(\d+)")


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
    told = dict(_told(work))
    for number in sorted(told.keys() | digests.keys()):
        if number not in digests:
            found.append(SendingFlaw(number, "R2", "登记过，现在没有了。"))
        elif number not in told:
            found.append(SendingFlaw(number, "R2", "没有登记时的审计记录。"))
        elif digests[number] != told[number]:
            found.append(SendingFlaw(number, "R2", "与审计记录中的摘要不一致。"))
    return found


def _told(work: Work) -> Iterator[tuple[int, str]]:
    rows = work.session.scalars(
        sa.select(AuditRecord).where(AuditRecord.kind.in_(KINDS))
    )
    for row in rows:
        number = SUBJECT.fullmatch(row.subject)
        if number is not None:
            yield int(number[1]), str(row.details.get("sha256"))

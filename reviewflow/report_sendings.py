"""Which record of a yearly report's sending stands, and whether it is what it was."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow import journal, signing
from reviewflow.model.report import ReportSending
from reviewflow.work import Work

SORT, SCHEMA = "reviewflow.report_sending", 1
UNSIGNED = "登记的内容与签名时不一致，不可采信。"
OTHER_KEY = "不是本系统现用的密钥所签，请与当时公布的公钥核对。"
NO_PAPER = "登记时固定的文书缺失或者被改动。"
NO_FILE = "报送件缺失或者被改动。"


class Owed(NamedTuple):
    """Which report: whose, on what year, of what sort."""

    organ_id: int
    year: int
    report: str


def sendings_of(
    work: Work, organs: Collection[int], years: Collection[int]
) -> Mapping[Owed, Sequence[ReportSending]]:
    """Return what was written down on the sending of reports, the first thing first.

    The actor sees that of the governments whose reports he reads.
    """
    rows = work.session.scalars(
        sa.select(ReportSending)
        .where(ReportSending.organ_id.in_(organs), ReportSending.year.in_(years))
        .order_by(ReportSending.id)
    ).unique()
    found: dict[Owed, list[ReportSending]] = defaultdict(list)
    for row in rows:
        found[Owed(row.organ_id, row.year, row.report)].append(row)
    return found


def standing(
    rows: Sequence[ReportSending], until: datetime | None = None
) -> ReportSending | None:
    """Return the record that stands; none if the report did not go out.

    Args:
        rows: All that was written down on one report, the first thing first.
        until: What was written down at that instant or later is not known yet.
    """
    known = [row for row in rows if until is None or row.recorded_at < until]
    return known[-1] if known and known[-1].sent_on else None


def sent_reports(
    work: Work, organs: Collection[int], years: Collection[int]
) -> Mapping[Owed, ReportSending]:
    """Return the record that stands of every report that went out."""
    found = sendings_of(work, organs, years)
    stands = {owed: standing(rows) for owed, rows in found.items()}
    return {owed: row for owed, row in stands.items() if row is not None}


def proof_of(row: ReportSending) -> str:
    """Return what is signed: who wrote down what of which report, in one text."""
    return journal.canonical(
        {
            "sort": SORT,
            "schema": SCHEMA,
            "organ_id": row.organ_id,
            "year": row.year,
            "report": row.report,
            "receiver": row.receiver,
            "sent_on": row.sent_on,
            "way": row.way,
            "number": row.number,
            "file_name": row.file_name,
            "file_type": row.file_type,
            "file_sha256": row.file_sha256,
            "file_bytes": row.file_bytes,
            "as_of": row.as_of,
            "rule_version": row.rule_version,
            "paper_sha256": row.paper_sha256,
            "paper_bytes": row.paper_bytes,
            "replaces_id": row.replaces_id,
            "reason": row.reason,
            "recorded_at": row.recorded_at,
            "recorded_by_id": row.recorded_by_id,
        }
    )


def flaws_of(work: Work, row: ReportSending) -> Iterator[str]:
    """Give what is not as it was when it was signed, worked out anew."""
    if not signing.is_signed(proof_of(row), row.signature, row.public_key):
        yield UNSIGNED
    elif row.public_key != work.signer.public_key:
        yield OTHER_KEY
    if not work.files.is_intact(row.paper_sha256, row.paper_bytes):
        yield NO_PAPER
    if row.file_sha256 and not work.files.is_intact(row.file_sha256, row.file_bytes):
        yield NO_FILE

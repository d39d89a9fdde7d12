"""Receipts: what was received, from whom, when, so that anybody can check it."""

import secrets
from typing import Any

import sqlalchemy as sa

from reviewflow import journal, numbering, organs
from reviewflow.model.case import Case
from reviewflow.model.document import Document
from reviewflow.model.filing import FilingObligation, FilingSubmission
from reviewflow.work import Work

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that are not taken for one another."""
PARTS, PART_SIGNS = 4, 4
REPLY = "authority_reply"
"""What a receiver outside answered, scanned; it is not sent to it again."""


def new_code() -> str:
    """Return a code nobody guesses, as it is read out on the telephone."""
    parts = (
        "".join(secrets.choice(SIGNS) for _ in range(PART_SIGNS)) for _ in range(PARTS)
    )
    return "-".join(parts)


def give_receipt(work: Work, case: Case, row: FilingSubmission) -> None:
    """Confirm what was sent, with number, code and the digest of its manifest.

    The time is the server's; what is uploaded afterwards is not in the manifest.
    """
    duty = row.obligation
    handler = organs.handler_of(work, duty.authority)
    row.receipt_number = numbering.next_number(work, f"{handler.document_prefix}收")
    row.receipt_code = new_code()
    seal_manifest(work, case, row)


def seal_manifest(work: Work, case: Case, row: FilingSubmission) -> None:
    """Keep what was sent, with its digest."""
    row.manifest = journal.plain(filing_manifest(work, case, row.obligation))
    row.manifest_digest = journal.text_digest(journal.canonical(row.manifest))


def filing_manifest(work: Work, case: Case, duty: FilingObligation) -> dict[str, Any]:
    """Return what is in the package of a filing now: files by digest."""
    publication = duty.publication
    documents = work.session.scalars(
        sa.select(Document)
        .where(Document.case_id == case.id, Document.role != REPLY)
        .order_by(Document.id)
    ).unique()
    latest = [(one, one.latest) for one in documents]
    return {
        "title": publication.title,
        "doc_number": publication.doc_number,
        "published_on": publication.published_on,
        "maker": duty.maker.name,
        "authority": duty.authority.name,
        "sent_by": case.unit.name,
        "documents": [
            {
                "role": document.role,
                "title": document.title,
                "number": version.number,
                "size": version.size_bytes,
                "sha256": version.sha256,
            }
            for document, version in latest
        ],
    }

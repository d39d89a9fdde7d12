"""A receipt of a filing, checked by anybody who holds its code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from reviewflow.errors import Missing
from reviewflow.journal import canonical, text_digest
from reviewflow.model.filing import FilingSubmission
from reviewflow.work import Work

NONE = "没有这份回执，请核对验证码。"


@dataclass(frozen=True, slots=True)
class PublicReceipt:
    """What a receipt confirms; of the filing no more than what was published."""

    number: str
    code: str
    at: datetime
    digest: str
    manifest: dict[str, Any]
    is_intact: bool
    """The manifest still has the digest the receipt names."""
    returned: bool
    """It was sent to the wrong receiver and given back."""
    register_number: str | None


def public_receipt(work: Work, code: str) -> PublicReceipt:
    """Return the receipt with that code, however it was typed.

    Raises:
        Missing: There is none.
    """
    typed = code.strip().upper()
    row = work.session.scalar(
        sa.select(FilingSubmission).where(
            FilingSubmission.receipt_code == typed, FilingSubmission.receipt_code != ""
        )
    )
    if row is None:
        raise Missing(NONE)
    return PublicReceipt(
        number=row.receipt_number,
        code=row.receipt_code,
        at=row.submitted_at,
        digest=row.manifest_digest,
        manifest=row.manifest,
        is_intact=text_digest(canonical(row.manifest)) == row.manifest_digest,
        returned=row.returned_on is not None,
        register_number=row.obligation.register_number,
    )

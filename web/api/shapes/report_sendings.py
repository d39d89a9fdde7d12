"""How the sending of a yearly report looks, and how one is written down."""

from typing import Any, Literal

from pydantic import Field

from reviewflow.model.report import ReportSending, SendingWay
from reviewflow.queries.report_sendings import SendingPage
from reviewflow.report_sendings import proof_of
from reviewflow.signing import ALGORITHM, digest
from reviewflow.usecases.reports import NOTHING_READ
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Instant, Key, Text, Word
from web.report_papers import ANEW


class Sending(Answer):
    """That a report went out; without a day, that it never did."""

    id: int
    organ: Organ
    report: str
    year: int
    receiver: str
    sent_on: Day | None
    way: SendingWay | None
    number: str
    file_name: str
    file_sha256: str
    as_of: Day
    rule_version: str
    paper_sha256: str
    replaces_id: int | None
    reason: str
    recorded_at: Instant
    recorded_by: str


class SendingProof(Sending):
    """A record with the text that was signed, and what is not as it was."""

    snapshot: str
    sha256: str
    algorithm: str
    signature: str
    public_key: str
    flaws: list[str]


class Sendings(Answer):
    """Every record of a report, the latest first; the first one stands."""

    items: list[SendingProof]
    total: int
    next: str | None


class NewSending(Body):
    """That a report was sent, or what is wrong with what was written down."""

    report: Word
    organ_id: Key
    sent: bool = True
    receiver: Word = ""
    sent_on: Day | None = None
    way: Literal["", "EXCHANGE", "OFFICE_SYSTEM", "IN_PERSON", "MAIL"] = ""
    number: Word = ""
    as_of: Day | None = None
    refreeze: bool = False
    replaces_id: int | None = None
    reason: Text = ""
    file: Any = Field(
        default=None, json_schema_extra={"type": "string", "format": "binary"}
    )

    def typed(self) -> dict[str, str]:
        """Return it as the page sends it."""
        is_anew = self.refreeze or self.replaces_id is None
        return {
            "report": self.report,
            "organ": str(self.organ_id),
            "sent": "yes" if self.sent else "no",
            "receiver": self.receiver,
            "sent_on": str(self.sent_on or ""),
            "way": self.way,
            "number": self.number,
            "as_of": str(self.as_of or ""),
            "paper": ANEW if is_anew else "",
            "read": str(self.replaces_id or NOTHING_READ),
            "reason": self.reason,
        }


def sending_shape(row: ReportSending) -> Sending:
    """Return one record."""
    return Sending(**_told(row))


def sendings_shape(page: SendingPage) -> Sendings:
    """Return every record of a report."""
    return Sendings(
        items=[
            SendingProof(
                **_told(line.row),
                snapshot=proof_of(line.row),
                sha256=digest(proof_of(line.row)),
                algorithm=ALGORITHM,
                signature=line.row.signature,
                public_key=line.row.public_key,
                flaws=list(line.flaws),
            )
            for line in page.lines
        ],
        total=len(page.lines),
        next=None,
    )


def _told(row: ReportSending) -> dict[str, Any]:
    names = set(Sending.model_fields) - {"organ", "recorded_by"}
    told = {name: getattr(row, name) for name in names}
    organ = Organ.model_validate(row.organ)
    return {**told, "organ": organ, "recorded_by": row.recorded_by.display_name}

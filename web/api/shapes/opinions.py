"""How signed opinions look."""

from reviewflow.model.opinion import Adoption, Conclusion, Nature
from web.api.shapes.people import Person
from web.api.wire import Answer, Instant


class Finding(Answer):
    """One point of an opinion, and what became of it."""

    position: int
    clause: str
    quote: str
    problem: str
    basis: str
    suggestion: str
    nature: Nature
    adoption: Adoption | None
    adoption_reason: str


class Opinion(Answer):
    """What the review office holds, signed."""

    id: int
    round: int
    conclusion: Conclusion
    doc_number: str | None
    reasons: str
    signed_at: Instant
    signed_by: Person
    statement_digest: str | None
    findings: list[Finding]

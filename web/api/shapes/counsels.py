"""How the register of counsel and what they hold look to programs."""

from reviewflow.model.advice import Manner, Verdict
from reviewflow.model.counsel import CounselSort
from reviewflow.model.opinion import Adoption
from reviewflow.queries.advices import AdviceRow
from reviewflow.queries.counsels import CounselRow
from web.api.shapes.people import Organ
from web.api.wire import Answer, Day, Instant


class Counsel(Answer):
    """One counsel; what the register does not say yet is null."""

    id: int
    display_name: str
    pools: list[Organ]
    sort: CounselSort | None
    practice: str | None
    licence: str | None
    firm: str | None
    term_from: Day | None
    term_to: Day | None
    in_term: bool
    open: int
    done: int
    in_time: int


class Counsels(Answer):
    """Everybody who is counsel today."""

    items: list[Counsel]
    total: int
    next: str | None


class Advice(Answer):
    """One opinion that may be read."""

    counsel: str
    round: int
    manner: Manner
    because: str
    verdict: Verdict | None
    outline: dict[str, str]
    signed_at: Instant | None
    released_at: Instant | None
    digest: str
    adoption: Adoption | None
    reason: str


class Advices(Answer):
    """How many of those asked now are in, and what may be read by now."""

    asked: int
    received: int
    items: list[Advice]
    total: int
    next: str | None


def counsel_shape(row: CounselRow) -> Counsel:
    """Return one line of the register."""
    entry = row.entry
    return Counsel(
        id=row.user.id,
        display_name=row.user.display_name,
        pools=[Organ.model_validate(pool) for pool in row.pools],
        sort=entry.sort if entry else None,
        practice=entry.fields if entry else None,
        licence=entry.licence if entry else None,
        firm=entry.firm if entry else None,
        term_from=entry.term_from if entry else None,
        term_to=entry.term_to if entry else None,
        in_term=row.is_in_term,
        open=row.load.open,
        done=row.load.done,
        in_time=row.load.in_time,
    )


def advice_shape(row: AdviceRow) -> Advice:
    """Return one opinion."""
    advice = row.advice
    return Advice(
        counsel=advice.counsel.display_name,
        round=advice.round,
        manner=advice.manner,
        because=advice.because,
        verdict=advice.verdict,
        outline={
            one.question.name: str(one.answer)
            for one in row.answered.said
            if one.question.type == "long_text"
        },
        signed_at=advice.signed_at,
        released_at=advice.released_at,
        digest=advice.digest,
        adoption=advice.adoption,
        reason=advice.reason,
    )

"""有效期: what is decided about the end, and who is told of it."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.event import Event
from reviewflow.model.library import LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.papers import assessed, decide, ending_case, fire, published
from tests.steps import bring_to, new_case

UNTIL, SIX = date(2028, 8, 31), date(2028, 2, 29)


def cases_told(as_: As, kind: str) -> set[int]:
    """Return the cases in whose record something stands."""
    with as_(None) as work:
        told = sa.select(Event.case_id).where(Event.kind == kind)
        return set(work.session.scalars(told))


def origin_of(as_: As, document_id: int) -> int:
    """Return the case by which a document was made."""
    with as_(None) as work:
        return work.get(LibraryDocument, document_id).case_id


def test_an_extension_beyond_the_usual_keeps_its_reason(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast, valid_until=str(UNTIL))
    fire(runtime, SIX)
    case_id = assessed(as_, cast, document_id, "EXTEND")
    longer = {"valid_until": "2035-12-31", "long_reason": "配套规划到2035年。"}
    decide(as_, cast, case_id, "EXTEND", **longer)
    with as_(None) as work:
        row = work.get(LibraryDocument, document_id)
        assert (str(row.valid_until), row.long_reason) == tuple(longer.values())
    both = {case_id, origin_of(as_, document_id)}
    assert cases_told(as_, "validity.extended") == both


def test_a_repeal_is_recorded_once_it_is_announced(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast, valid_until=str(UNTIL))
    fire(runtime, SIX)
    case_id = assessed(as_, cast, document_id, "REPEAL")
    early = {"announced_on": "2028-06-02", "ends_on": "2028-07-01"}
    with pytest.raises(Invalid) as refusal:
        decide(as_, cast, case_id, "REPEAL", **early)
    assert list(refusal.value.errors) == ["announced_on"]


def test_the_end_is_told_to_those_who_drafted_and_published_and_on_both_cases(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast, valid_until=str(UNTIL))
    fire(runtime, SIX)
    both = {ending_case(as_, document_id), origin_of(as_, document_id)}
    assert cases_told(as_, "validity.ending") == both
    fire(runtime, UNTIL)
    assert cases_told(as_, "document.expired") == both
    with as_(None) as work:
        told = sa.select(OutboxMessage.user_id).where(
            OutboxMessage.template == "document_expired"
        )
        people = set(work.session.scalars(told))
    assert people == {cast.drafter, cast.publisher}


def test_of_what_the_city_made_its_office_publishes_the_end(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast, maker=str(cast.units["city"]))
    until = {"valid_until": str(UNTIL)}
    bring_to(as_, cast, case_id, "archive_file", publish=until)
    fire(runtime, SIX)
    fire(runtime, UNTIL)
    with as_(None) as work:
        told = sa.select(OutboxMessage.user_id).where(
            OutboxMessage.template == "document_expired"
        )
        people = set(work.session.scalars(told))
    assert cast.publisher in people  # of the office, for a government has none

"""What a document rests on has changed: its unit is told, and the clean-up marks it."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.integrity.verify import verify
from reviewflow.model.event import Event
from reviewflow.model.library import LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.cleanups import cleanup_page
from reviewflow.usecases.bases import remove_basis
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.cleanups import start_cleanup
from reviewflow.usecases.library import change_document
from reviewflow.work import Runtime
from tests.bases import LAW, drafted, enter
from tests.cast import Cast
from tests.cleanups import CAMPAIGN
from tests.conftest import As
from tests.papers import TODAY, fire, published
from tests.steps import bring_to

REPEAL = {
    "sort": "REPEALS",
    "number": "",
    "effective_on": "2026-03-02",
    "basis": "局长办公会议决定",
}


@pytest.fixture
def ground(as_: As, cast: Cast) -> int:
    """A document of the library that others rest on."""
    return published(as_, cast, valid_until="2028-08-31")


def title_of(as_: As, document_id: int) -> str:
    with as_(None) as work:
        return work.get(LibraryDocument, document_id).publication.title


def resting_on(as_: As, cast: Cast, ground: int) -> tuple[int, int]:
    """Return a case in drafting with a row that names the document, and the row."""
    case_id = drafted(as_, cast)
    source = f"《{title_of(as_, ground)}》第三条"
    (basis_id,) = enter(as_, cast, case_id, {**LAW, "source": source})
    return case_id, basis_id


def repeal(as_: As, cast: Cast, ground: int) -> None:
    with as_(cast.publisher) as work:
        change_document(work, ground, REPEAL)


def told(as_: As, case_id: int) -> list[dict[str, Any]]:
    select = sa.select(Event.payload).where(
        Event.case_id == case_id, Event.kind == "document.basis_changed"
    )
    with as_(None) as work:
        return [payload or {} for payload in work.session.scalars(select)]


def test_a_draft_in_the_making_hears_of_it(as_: As, cast: Cast, ground: int) -> None:
    case_id, _ = resting_on(as_, cast, ground)
    repeal(as_, cast, ground)
    (said,) = told(as_, case_id)
    assert (said["title"], said["what"]) == (title_of(as_, ground), "已废止")
    of_case = OutboxMessage.case_id == case_id
    with as_(None) as work:
        rows = work.session.scalars(sa.select(OutboxMessage).where(of_case)).all()
        asked = {
            row.user_id: row.text for row in rows if row.template == "basis_changed"
        }
        assert set(asked) == {cast.drafter, cast.unit_legal}
        assert "已废止（2026年3月2日起），请核对有关条款" in asked[cast.drafter]
        assert verify(work) == []


def test_nobody_hears_of_what_no_row_names_any_more(
    as_: As, cast: Cast, ground: int
) -> None:
    removed, basis_id = resting_on(as_, cast, ground)
    with as_(cast.drafter) as work:
        remove_basis(work, removed, basis_id)
    given_up, _ = resting_on(as_, cast, ground)
    with as_(cast.unit_head) as work:
        withdraw_case(work, given_up, "另行研究。")
    other = drafted(as_, cast)
    enter(as_, cast, other, LAW)
    repeal(as_, cast, ground)
    assert [told(as_, case_id) for case_id in (removed, given_up, other)] == [
        [],
        [],
        [],
    ]


def test_a_document_in_force_is_marked_in_the_clean_up(
    as_: As, cast: Cast, ground: int
) -> None:
    case_id, _ = resting_on(as_, cast, ground)
    bring_to(as_, cast, case_id, "never")
    repeal(as_, cast, ground)
    (said,) = told(as_, case_id)
    assert said["effective_on"] == str(TODAY)
    with as_(cast.review_intake) as work:
        raw = {**CAMPAIGN, "organ_id": str(cast.units["city"])}
        cleanup = start_cleanup(work, raw)
        page = cleanup_page(work, cleanup.id)
        marks = {
            item.document.case_id: page.changed_bases.get(item.document_id)
            for item in page.items
        }
    assert marks[case_id] == [f"《{title_of(as_, ground)}》已废止"]


def test_a_validity_that_runs_out_is_told_too(
    runtime: Runtime, as_: As, cast: Cast, ground: int
) -> None:
    case_id, _ = resting_on(as_, cast, ground)
    fire(runtime, date(2028, 8, 31))
    assert [said["what"] for said in told(as_, case_id)] == ["有效期已届满"]

"""清理: every document in force is asked about, confirmed, and the result published."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.case import Case
from reviewflow.model.cleanup import CleanupItem, CleanupResult
from reviewflow.model.library import DocumentState, LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.cleanups import cleanup_page, cleanup_sheet
from reviewflow.usecases.cleanups import (
    answer_item,
    confirm_item,
    publish_cleanup,
    start_cleanup,
)
from reviewflow.usecases.library import change_document
from tests.cast import Cast
from tests.cleanups import CAMPAIGN, PUBLISHED
from tests.conftest import As
from tests.papers import TODAY, published

CHANGED = {"sort": "REPEALS", "effective_on": "2026-03-02", "basis": "会议决定"}


def started(as_: As, cast: Cast, **typed: str) -> tuple[int, list[int]]:
    """Start a campaign of the bureau; return it and the items of its list."""
    raw = {**CAMPAIGN, "organ_id": str(cast.units["housing"]), **typed}
    with as_(cast.unit_legal) as work:
        cleanup_id = start_cleanup(work, raw).id
        of = CleanupItem.cleanup_id == cleanup_id
        ids = sa.select(CleanupItem.id).where(of).order_by(CleanupItem.id)
        return cleanup_id, list(work.session.scalars(ids))


def settled(as_: As, cast: Cast, item_id: int, result: str) -> None:
    """Answer and confirm one item."""
    with as_(cast.drafter) as work:
        answer_item(work, item_id, result, "上位法已经修改。")
    with as_(cast.unit_legal) as work:
        confirm_item(work, item_id, result, "")


def test_the_units_asked_are_told_what_is_asked_of_them(as_: As, cast: Cast) -> None:
    first, _ = published(as_, cast), published(as_, cast)
    started(as_, cast)
    told = sa.select(OutboxMessage).where(OutboxMessage.template == "cleanup_started")
    with as_(None) as work:
        notices = work.session.scalars(told).all()
        row = work.get(LibraryDocument, first)
        assert {one.user_id for one in notices} == {cast.unit_head, cast.unit_legal}
        assert {one.case_id for one in notices} == {row.case_id}
        assert "》等2件文件列入“2026年规范性文件清理”" in notices[0].text
        assert "请在2026年3月31日前" in notices[0].text


def test_units_are_told_of_cases_the_review_office_never_saw(
    as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast)
    with as_(None) as work:
        row = work.get(LibraryDocument, document_id)
        row.publication.maker_id, case_id = cast.units["city"], row.case_id
    raw = {**CAMPAIGN, "organ_id": str(cast.units["city"])}
    with as_(cast.review_intake) as work:
        with pytest.raises(Missing):
            work.get(Case, case_id)
        start_cleanup(work, raw)
    with as_(None) as work:
        told = sa.select(OutboxMessage.user_id).where(OutboxMessage.case_id == case_id)
        told = told.where(OutboxMessage.template == "cleanup_started")
        assert set(work.session.scalars(told)) == {cast.unit_head, cast.unit_legal}


def test_all_that_holds_on_the_day_is_on_the_list_and_nothing_else(
    as_: As, cast: Cast
) -> None:
    kept = [published(as_, cast) for _ in range(3)]
    ended = published(as_, cast)
    with as_(cast.publisher) as work:
        change_document(work, ended, CHANGED)

    cleanup_id, items = started(as_, cast)

    with as_(cast.drafter) as work:
        page = cleanup_page(work, cleanup_id)
        assert [one.document_id for one in page.items] == kept
        assert page.waiting == {"六安市住房和城乡建设局": 3}
        assert (len(items), page.unconfirmed) == (3, 3)
        words = {one: one.value for one in CleanupResult}
        rows = list(cleanup_sheet(page, words).rows)
        assert [row[5] for row in rows] == ["尚未确认"] * 3


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"title": " "}, "title"),
        ({"basis": ""}, "basis"),
        ({"reference_on": "2026-03-03"}, "reference_on"),
        ({"reference_on": "2025-01-01"}, "reference_on"),
        ({"due_on": "2026-03-01"}, "due_on"),
        ({"organ_id": "3"}, "organ_id"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], named: str
) -> None:
    published(as_, cast)
    with pytest.raises(Invalid) as refusal:
        started(as_, cast, **typed)
    assert list(refusal.value.errors) == [named]


def test_only_the_unit_answers_and_only_the_review_office_confirms(
    as_: As, cast: Cast
) -> None:
    published(as_, cast)
    _, (item_id,) = started(as_, cast)
    with pytest.raises(Missing), as_(cast.other_drafter) as work:
        answer_item(work, item_id, "KEEP", "仍需执行。")
    with pytest.raises(Refused), as_(cast.publisher) as work:
        answer_item(work, item_id, "KEEP", "仍需执行。")
    with pytest.raises(Conflict, match="还没有提出"), as_(cast.unit_legal) as work:
        confirm_item(work, item_id, "KEEP", "")
    with as_(cast.drafter) as work:
        answer_item(work, item_id, "KEEP", "仍需执行。")
    with pytest.raises(Refused), as_(cast.drafter) as work:
        confirm_item(work, item_id, "KEEP", "")


def test_another_result_than_proposed_needs_a_reason(as_: As, cast: Cast) -> None:
    published(as_, cast)
    _, (item_id,) = started(as_, cast)
    with pytest.raises(Invalid), as_(cast.drafter) as work:
        answer_item(work, item_id, "KEEP", " ")
    with as_(cast.drafter) as work:
        answer_item(work, item_id, "KEEP", "仍需执行。")
    with pytest.raises(Invalid), as_(cast.unit_legal) as work:
        confirm_item(work, item_id, "REPEAL", "")
    with as_(cast.unit_legal) as work:
        confirm_item(work, item_id, "REPEAL", "依据已经废止。")
    with pytest.raises(Conflict), as_(cast.drafter) as work:
        answer_item(work, item_id, "KEEP", "仍需执行。")


def test_nothing_is_published_before_every_document_has_its_result(
    as_: As, cast: Cast
) -> None:
    published(as_, cast)
    published(as_, cast)
    cleanup_id, (first, second) = started(as_, cast)
    settled(as_, cast, first, "KEEP")
    with pytest.raises(Conflict, match="还有 1 件"), as_(cast.unit_legal) as work:
        publish_cleanup(work, cleanup_id, PUBLISHED)
    settled(as_, cast, second, "KEEP")
    with pytest.raises(Invalid), as_(cast.unit_legal) as work:
        publish_cleanup(work, cleanup_id, {**PUBLISHED, "published_on": "2026-03-03"})
    with as_(cast.unit_legal) as work:
        publish_cleanup(work, cleanup_id, PUBLISHED)
    with pytest.raises(Conflict, match="已经公布"), as_(cast.unit_legal) as work:
        publish_cleanup(work, cleanup_id, PUBLISHED)


def test_the_published_result_ends_what_it_says(as_: As, cast: Cast) -> None:
    ids = [published(as_, cast) for _ in range(5)]
    cleanup_id, items = started(as_, cast)
    results = ("KEEP", "AMEND", "REPEAL", "LAPSE", "REPEAL")
    for item_id, result in zip(items, results, strict=True):
        settled(as_, cast, item_id, result)
    with as_(cast.publisher) as work:  # meanwhile the last one is revoked
        change_document(work, ids[4], {**CHANGED, "sort": "REVOKES"})

    with as_(cast.unit_legal) as work:
        publish_cleanup(work, cleanup_id, PUBLISHED)

    with as_(None) as work:
        rows = [work.get(LibraryDocument, one) for one in ids]
        assert [row.state_on(date(2026, 3, 2)) for row in rows] == [
            DocumentState.IN_FORCE,
            DocumentState.IN_FORCE,
            DocumentState.REPEALED,
            DocumentState.LAPSED,
            DocumentState.REVOKED,
        ]
        assert rows[2].ended_on == TODAY
    with as_(cast.filing_reviewer) as work:  # what is published is for all
        assert len(cleanup_page(work, cleanup_id).items) == len(ids)

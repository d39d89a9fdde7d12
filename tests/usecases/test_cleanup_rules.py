"""清理: each rule of a campaign, broken by somebody who may not or too early."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.cleanup import CleanupItem
from reviewflow.model.library import DocumentRelation, LibraryDocument
from reviewflow.model.publication import Publication
from reviewflow.usecases.cleanups import (
    answer_item,
    confirm_item,
    publish_cleanup,
    start_cleanup,
)
from reviewflow.usecases.library import change_document
from reviewflow.usecases.post_assessments import finish_assessment, plan_assessment
from tests.cast import Cast
from tests.cleanups import CAMPAIGN, PUBLISHED
from tests.conftest import As
from tests.papers import at, published
from tests.steps import bring_to, new_case

REASON = "上位法已经修改。"


def settled(as_: As, cast: Cast, *results: str) -> int:
    """Answer and confirm a campaign of the bureau; return its id."""
    raw = {**CAMPAIGN, "organ_id": str(cast.units["housing"])}
    with as_(cast.unit_legal) as work:
        cleanup_id = start_cleanup(work, raw).id
        ids = sa.select(CleanupItem.id).order_by(CleanupItem.id)
        items = work.session.scalars(ids).all()
    for item_id, result in zip(items, results, strict=True):
        with as_(cast.drafter) as work:
            answer_item(work, item_id, result, REASON)
        with as_(cast.unit_legal) as work:
            confirm_item(work, item_id, result, "")
    return cleanup_id


def of_government(as_: As, cast: Cast, maker: str, number: str) -> int:
    """Publish what the bureau drafted for the city or its office."""
    case_id = new_case(as_, cast, maker=str(cast.units[maker]))
    said = {"doc_number": number}
    bring_to(as_, cast, case_id, "archive_file", register_number=said)
    with as_(None) as work:
        one = sa.select(LibraryDocument.id).where(LibraryDocument.case_id == case_id)
        return work.session.scalars(one).one()


def test_a_government_looks_at_its_own_and_its_office_s_documents(
    as_: As, cast: Cast
) -> None:
    own = of_government(as_, cast, "city", "六政〔2026〕8号")
    office = of_government(as_, cast, "office", "六政办〔2026〕9号")
    published(as_, cast)  # the bureau's own is not the government's
    raw = {**CAMPAIGN, "organ_id": str(cast.units["city"])}
    with as_(cast.review_intake) as work:
        cleanup_id = start_cleanup(work, raw).id
    with as_(cast.review_intake) as work:
        of = CleanupItem.cleanup_id == cleanup_id
        items = work.session.scalars(sa.select(CleanupItem).where(of)).unique().all()
        assert {one.document_id for one in items} == {own, office}
        assert {one.unit_id for one in items} == {cast.units["housing"]}


def test_who_reviews_for_no_organ_starts_nothing_and_publishes_nothing(
    as_: As, cast: Cast
) -> None:
    published(as_, cast)
    with pytest.raises(Refused), as_(cast.drafter) as work:
        start_cleanup(work, {})
    cleanup_id = settled(as_, cast, "KEEP")
    with pytest.raises(Refused), as_(cast.drafter) as work:
        publish_cleanup(work, cleanup_id, PUBLISHED)


def test_a_result_is_confirmed_once_and_has_to_be_one(as_: As, cast: Cast) -> None:
    published(as_, cast)
    settled(as_, cast, "KEEP")
    with as_(None) as work:
        item_id = work.session.scalars(sa.select(CleanupItem.id)).one()
    with pytest.raises(Conflict, match="已经确认"), as_(cast.unit_legal) as work:
        confirm_item(work, item_id, "REPEAL", REASON)


@pytest.mark.parametrize("proposal", ["", "ELSE"])
def test_a_proposal_that_is_none_is_refused(as_: As, cast: Cast, proposal: str) -> None:
    published(as_, cast)
    raw = {**CAMPAIGN, "organ_id": str(cast.units["housing"])}
    with as_(cast.unit_legal) as work:
        start_cleanup(work, raw)
        item_id = work.session.scalars(sa.select(CleanupItem.id)).one()
    with pytest.raises(Invalid) as refusal, as_(cast.drafter) as work:
        answer_item(work, item_id, proposal, REASON)
    assert list(refusal.value.errors) == ["proposal"]


def test_a_publication_says_when_where_and_by_whose_decision(
    as_: As, cast: Cast
) -> None:
    repealed = published(as_, cast)
    cleanup_id = settled(as_, cast, "REPEAL")
    for name, typed in (
        ("published_on", "2026-03-01"),  # before the reference day
        ("published_on", "2026-03-03"),
        *(("channel", " "), ("decision", "")),
    ):
        wrong = {**PUBLISHED, name: typed}
        with pytest.raises(Invalid) as refusal, as_(cast.unit_legal) as work:
            publish_cleanup(work, cleanup_id, wrong)
        assert list(refusal.value.errors) == [name]
    with as_(cast.unit_legal) as work:
        publish_cleanup(work, cleanup_id, PUBLISHED)
    with as_(None) as work:
        done = work.session.scalars(sa.select(DocumentRelation)).one()
        assert done.changed_id == repealed
        assert done.basis == "2026年规范性文件清理（局长办公会议决定）"


def test_what_has_ended_meanwhile_does_not_hinder_the_publication(
    as_: As, cast: Cast
) -> None:
    lapsing = published(as_, cast, valid_until="2026-03-10")
    ending = published(as_, cast)
    cleanup_id = settled(as_, cast, "REPEAL", "REPEAL")
    typed = {"sort": "REVOKES", "effective_on": "2026-06-01", "basis": "会议决定"}
    with as_(cast.publisher) as work:
        change_document(work, ending, typed)

    later = date(2026, 3, 20)
    with as_(cast.unit_legal, at(later)) as work:
        publish_cleanup(work, cleanup_id, {**PUBLISHED, "published_on": str(later)})

    with as_(None) as work:
        sorts = work.session.scalars(sa.select(DocumentRelation.sort)).all()
        assert [one.value for one in sorts] == ["REVOKES"]
        assert work.get(LibraryDocument, lapsing).ended_on is None


def test_a_post_assessment_of_the_city_is_the_drafting_unit_s(
    as_: As, cast: Cast
) -> None:
    of_government(as_, cast, "city", "六政〔2026〕8号")
    with as_(None) as work:
        number = work.session.scalars(sa.select(Publication.doc_number)).one()
    raw = {"number": number, "reason": REASON, "due_on": "2026-11-30"}
    with pytest.raises(Refused), as_(cast.drafter) as work:
        plan_assessment(work, {})
    with as_(cast.review_intake) as work:
        row = plan_assessment(work, {**raw, "year": "2026"})
        assert row.unit_id == cast.units["housing"]
        plan_assessment(work, {**raw, "year": "2027"})  # another year, another one
        assessment_id = row.id
    said = {"conclusion": "KEEP", "summary": REASON, "next_steps": REASON}
    with pytest.raises(Invalid) as refusal, as_(cast.drafter) as work:
        finish_assessment(work, assessment_id, {**said, "done_on": "2026-03-03"}, None)
    assert set(refusal.value.errors) == {"done_on", "report"}

"""年度目录: proposed, argued, consented to, published, adjusted; and by whom."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.case import Case
from reviewflow.model.catalogue import Catalogue, CatalogueItem, ItemState
from reviewflow.queries.catalogues import catalogue_page, catalogue_sheet
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.catalogue_items import (
    link_case,
    propose_item,
    remove_item,
    settle_item,
)
from reviewflow.usecases.catalogues import consent_catalogue, publish_catalogue
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import START, days, new_case

TODAY = date(2026, 3, 2)
TYPED = {
    "sort": "DECISIONS",
    "year": "2026",
    "category": "PLAN",
    "title": "《六安市城区学校布局规划》",
    "schedule": "9月完成",
    "grounds": "学位不足，布点不匹配。",
}


def proposed(as_: As, cast: Cast, **typed: str) -> tuple[int, int]:
    """Propose a matter as the drafter; return the ids of catalogue and item."""
    with as_(cast.drafter) as work:
        raw = {**TYPED, "unit_id": str(cast.units["housing"]), **typed}
        item = propose_item(work, raw)
        return item.catalogue_id, item.id


def listed(as_: As, cast: Cast, **typed: str) -> tuple[int, int]:
    """Propose a matter and list it."""
    catalogue_id, item_id = proposed(as_, cast, **typed)
    with as_(cast.office_intake) as work:
        settle_item(work, item_id, is_listed=True, reason="充分论证。")
    return catalogue_id, item_id


def published(as_: As, cast: Cast) -> tuple[int, int]:
    """Publish a catalogue of one item."""
    catalogue_id, item_id = listed(as_, cast)
    with as_(cast.office_intake) as work:
        consent_catalogue(work, catalogue_id, TODAY, "市委常委会第12次会议")
        publish_catalogue(work, catalogue_id, TODAY, "市政府门户网站")
    return catalogue_id, item_id


def test_proposals_of_a_year_come_into_one_catalogue(as_: As, cast: Cast) -> None:
    first, _ = proposed(as_, cast)
    second, item_id = proposed(as_, cast, title="公共停车设施规划")
    other, _ = proposed(as_, cast, sort="RULES", category="RULE_NEW")

    assert first == second != other
    with as_(cast.drafter) as work:
        item = work.get(CatalogueItem, item_id)
        assert item.catalogue.organ_id == cast.units["city"]
        assert (item.title, item.state) == ("公共停车设施规划", ItemState.PROPOSED)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"sort": "ELSE"}, {"sort", "category"}),
        ({"category": "RULE_NEW"}, {"category"}),
        ({"year": "2025"}, {"year"}),
        ({"year": "二〇二六"}, {"year"}),
        ({"title": "《\u200b》"}, {"title"}),
        ({"title": "长" * 201}, {"title"}),
        ({"schedule": ""}, {"schedule"}),
        ({"grounds": ""}, {"grounds"}),
    ],
)
def test_a_proposal_that_cannot_be_is_refused_whole(
    as_: As, cast: Cast, wrong: dict[str, str], named: set[str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        proposed(as_, cast, **wrong)
    assert set(refusal.value.errors) == named
    with as_(None) as work:
        assert work.session.scalars(sa.select(Catalogue)).all() == []


def test_only_those_of_the_unit_propose_for_it(as_: As, cast: Cast) -> None:
    raw = {**TYPED, "unit_id": str(cast.units["housing"])}
    with pytest.raises(Invalid) as refusal, as_(cast.other_drafter) as work:
        propose_item(work, raw)
    assert list(refusal.value.errors) == ["unit_id"]
    for who in (cast.handler, cast.office_intake):
        with pytest.raises(Refused), as_(who) as work:
            propose_item(work, raw)


@pytest.mark.parametrize("who", ["drafter", "handler", "secretary"])
def test_only_the_office_keeps_the_catalogue(as_: As, cast: Cast, who: str) -> None:
    catalogue_id, item_id = proposed(as_, cast)
    actor = cast.people[who]
    with pytest.raises(Refused), as_(actor) as work:
        settle_item(work, item_id, is_listed=True, reason="")
    with pytest.raises(Refused), as_(actor) as work:
        consent_catalogue(work, catalogue_id, TODAY, "市委常委会")
    with pytest.raises(Refused), as_(actor) as work:
        publish_catalogue(work, catalogue_id, TODAY, "网站")
    with pytest.raises(Refused), as_(actor) as work:
        remove_item(work, item_id, "理由")
    with pytest.raises(Refused), as_(actor) as work:
        link_case(work, item_id, "审登〔2026〕1号")


def test_what_is_declined_needs_a_reason_and_is_settled_once(
    as_: As, cast: Cast
) -> None:
    _, item_id = proposed(as_, cast)
    with pytest.raises(Invalid), as_(cast.office_intake) as work:
        settle_item(work, item_id, is_listed=False, reason=" ")
    with as_(cast.office_intake) as work:
        settle_item(work, item_id, is_listed=False, reason="条件不成熟。")
    with pytest.raises(Conflict), as_(cast.office_intake) as work:
        settle_item(work, item_id, is_listed=True, reason="")


def test_consent_waits_for_every_proposal(as_: As, cast: Cast) -> None:
    catalogue_id, _ = listed(as_, cast)
    proposed(as_, cast, title="另一项")
    with pytest.raises(Conflict, match="待论证"), as_(cast.office_intake) as work:
        consent_catalogue(work, catalogue_id, TODAY, "市委常委会")


def test_nothing_is_consented_to_without_items_day_and_reference(
    as_: As, cast: Cast
) -> None:
    catalogue_id, item_id = proposed(as_, cast)
    with as_(cast.office_intake) as work:
        settle_item(work, item_id, is_listed=False, reason="条件不成熟。")
    with pytest.raises(Invalid) as empty, as_(cast.office_intake) as work:
        consent_catalogue(work, catalogue_id, TODAY, "市委常委会")
    assert "还没有事项" in empty.value.errors["consent_on"]

    listed(as_, cast)
    tomorrow = TODAY + days(1)
    with pytest.raises(Invalid) as early, as_(cast.office_intake) as work:
        consent_catalogue(work, catalogue_id, tomorrow, "")
    assert set(early.value.errors) == {"consent_on", "consent_reference"}


def test_publication_follows_consent_once(as_: As, cast: Cast) -> None:
    catalogue_id, _ = listed(as_, cast)
    with pytest.raises(Conflict, match="同意"), as_(cast.office_intake) as work:
        publish_catalogue(work, catalogue_id, TODAY, "网站")
    with as_(cast.office_intake) as work:
        consent_catalogue(work, catalogue_id, TODAY, "市委常委会")
    with pytest.raises(Invalid), as_(cast.office_intake) as work:
        publish_catalogue(work, catalogue_id, TODAY - days(1), "网站")
    with as_(cast.office_intake) as work:
        publish_catalogue(work, catalogue_id, TODAY, "网站")
    with pytest.raises(Conflict, match="已经公布"), as_(cast.office_intake) as work:
        publish_catalogue(work, catalogue_id, TODAY, "网站")
    with pytest.raises(Conflict, match="已经公布"), as_(cast.office_intake) as work:
        consent_catalogue(work, catalogue_id, TODAY, "市委常委会")


def test_after_publication_every_change_is_an_adjustment_with_its_reason(
    as_: As, cast: Cast
) -> None:
    catalogue_id, first = published(as_, cast)
    _, second = proposed(as_, cast, title="补充的一项")
    with pytest.raises(Invalid), as_(cast.office_intake) as work:
        settle_item(work, second, is_listed=True, reason="")
    with pytest.raises(Invalid), as_(cast.office_intake) as work:
        remove_item(work, first, "")
    with as_(cast.office_intake) as work:
        settle_item(work, second, is_listed=True, reason="省政府新部署。")
        remove_item(work, first, "条件变化。")
        page = catalogue_page(work, catalogue_id)
        assert [row.item.id for row in page.listed] == [second]
        assert all(row.item.is_adjustment for row in page.rows)


def test_a_listed_matter_becomes_one_case_and_then_stays(as_: As, cast: Cast) -> None:
    catalogue_id, item_id = published(as_, cast)
    _, other_id = listed(as_, cast, title="另一项")
    case_id = new_case(as_, cast)
    with as_(None) as work:
        number = work.get(Case, case_id).number

    with as_(cast.office_intake) as work:
        link_case(work, item_id, f" {number} ")
        page = catalogue_page(work, catalogue_id)
        assert [row.case.id for row in page.listed if row.case] == [case_id]

    with pytest.raises(Conflict, match="已经启动"), as_(cast.office_intake) as work:
        remove_item(work, item_id, "条件变化。")
    for wanted in (number, "审登〔2026〕999号"):
        with pytest.raises(Invalid), as_(cast.office_intake) as work:
            link_case(work, other_id, wanted)


def test_a_case_nobody_sees_cannot_be_linked(as_: As, cast: Cast) -> None:
    _, item_id = published(as_, cast)
    with as_(cast.other_drafter) as work:
        unit_id = cast.units["streets"]
        case = submit_case(work, "normative_document", "另一件", unit_id, START)
        number = case.number
    with pytest.raises(Invalid), as_(cast.office_intake) as work:
        link_case(work, item_id, number)


def test_from_september_what_has_not_begun_is_marked(as_: As, cast: Cast) -> None:
    catalogue_id, _ = published(as_, cast)

    def late(after: int) -> list[bool]:
        with as_(cast.drafter, NOON_MONDAY + days(after)) as work:
            return [row.is_late for row in catalogue_page(work, catalogue_id).rows]

    last_of_august = (date(2026, 8, 31) - TODAY).days
    assert late(last_of_august) == [False]
    assert late(last_of_august + 1) == [True]


def test_the_sheet_has_the_five_official_columns(as_: As, cast: Cast) -> None:
    catalogue_id, _ = published(as_, cast)
    with as_(cast.drafter) as work:
        sheet = catalogue_sheet(catalogue_page(work, catalogue_id), "目录", ["规划"])
    assert sheet.headings == ("序号", "事项类别", "决策事项", "承办单位", "时间安排")
    row = (1, "规划", "六安市城区学校布局规划", "六安市住房和城乡建设局", "9月完成")
    assert list(sheet.rows) == [row]


def test_until_it_is_published_a_catalogue_is_the_government_s_own(
    as_: As, cast: Cast
) -> None:
    catalogue_id, item_id = listed(as_, cast)
    with pytest.raises(Missing), as_(cast.filing_reviewer) as work:  # of the province
        work.get(Catalogue, catalogue_id)
    with pytest.raises(Missing), as_(cast.filing_reviewer) as work:
        work.get(CatalogueItem, item_id)
    published(as_, cast)
    with as_(cast.filing_reviewer) as work:
        assert work.get(CatalogueItem, item_id).title

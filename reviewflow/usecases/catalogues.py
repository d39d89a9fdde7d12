"""Yearly catalogues: consented to, and published."""

from datetime import date

import sqlalchemy as sa

from reviewflow import organs
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.catalogue import Catalogue, CatalogueItem, ItemState
from reviewflow.model.people import Unit
from reviewflow.usecases.people import audit
from reviewflow.work import Work


def consent_catalogue(
    work: Work, catalogue_id: int, consent_on: date | None, reference: str
) -> Catalogue:
    """Note that the Party committee (or for rules the government) has consented.

    Raises:
        Missing, Refused: As for settling an item.
        Conflict: It is published, or a proposal has not been settled.
        Invalid: The day is missing or has not come, or nothing is listed.

    Source: 《重大行政决策程序暂行条例》第三条; 《规章制定程序条例》第十二条.
    """
    catalogue = work.get(Catalogue, catalogue_id, lock=True)
    require_keeper(work, catalogue.organ)
    if catalogue.published_on is not None:
        raise Conflict("目录已经公布，以后的变动按调整办理。")
    if _count(work, catalogue, ItemState.PROPOSED):
        raise Conflict("还有待论证的事项，请先逐项处理。")
    errors = {}
    if not _count(work, catalogue, ItemState.LISTED):
        errors["consent_on"] = "目录中还没有事项，不能报请同意。"
    elif consent_on is None or consent_on > work.today:
        errors["consent_on"] = "请填写同意的日期，不能晚于今天。"
    if not reference.strip():
        errors["consent_reference"] = "请填写会议或者批复，例如：市委常委会第12次会议。"
    if errors:
        raise Invalid(errors)
    catalogue.consent_on, catalogue.consent_reference = consent_on, reference.strip()
    audit(work, "catalogue.consented", f"catalogue:{catalogue.id}")
    return catalogue


def publish_catalogue(
    work: Work, catalogue_id: int, published_on: date | None, channel: str
) -> Catalogue:
    """Note where and when the catalogue was published.

    Raises:
        Missing, Refused: As for settling an item.
        Conflict: There is no consent yet, or it was published before.
        Invalid: The day is missing or impossible, or no channel is named.
    """
    catalogue = work.get(Catalogue, catalogue_id, lock=True)
    require_keeper(work, catalogue.organ)
    if catalogue.consent_on is None:
        raise Conflict("目录还没有经过同意，请先登记同意情况。")
    if catalogue.published_on is not None:
        raise Conflict("目录已经公布。")
    errors = {}
    if published_on is None or not catalogue.consent_on <= published_on <= work.today:
        errors["published_on"] = "公布日期应在同意之后，不能晚于今天。"
    if not channel.strip():
        errors["channel"] = "请填写公布渠道，例如：市政府门户网站。"
    if errors:
        raise Invalid(errors)
    catalogue.published_on, catalogue.channel = published_on, channel.strip()
    audit(work, "catalogue.published", f"catalogue:{catalogue.id}")
    return catalogue


def require_keeper(work: Work, organ: Unit) -> None:
    """Insist that the actor keeps the catalogue of a government.

    Raises:
        Refused: The actor does not.
    """
    if not organs.actor_is_its_clerk(work, organ):
        raise Refused(f"只有{organ.name}办公机构的收文人员可以管理目录。")


def _count(work: Work, catalogue: Catalogue, state: ItemState) -> int:
    counted = sa.select(sa.func.count(CatalogueItem.id)).where(
        CatalogueItem.catalogue_id == catalogue.id, CatalogueItem.state == state
    )
    return work.session.scalar(counted) or 0

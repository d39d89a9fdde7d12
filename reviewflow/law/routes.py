"""Who files what with whom (备案途径): the routing table as rows of data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.law.rows import Row, Verified


class Chain(StrEnum):
    """The line of authorities a filing goes up."""

    GOV = "GOV"
    """政府系统"""
    NPC = "NPC"
    """人大"""


class RouteKey(StrEnum):
    """Which line of the routing table a maker's document takes."""

    GOVERNMENT = "GOVERNMENT"
    """政府及其办公室"""
    DEPARTMENT = "DEPARTMENT"
    """政府部门"""
    TOWNSHIP = "TOWNSHIP"
    """乡镇人民政府"""
    DISPATCHED = "DISPATCHED"
    """派出机关"""
    VERTICAL = "VERTICAL"
    """垂直管理部门"""
    AUTHORISED = "AUTHORISED"
    """法律、法规授权的组织"""
    RULE = "RULE"
    """政府规章"""


class Receiver(StrEnum):
    """Which authority, seen from the maker."""

    SUPERIOR_GOVERNMENT = "superior_government"
    """上一级人民政府"""
    OWN_GOVERNMENT = "own_government"
    """本级人民政府"""
    SAME_LEVEL_CONGRESS = "same_level_congress"
    """本级人大常委会"""
    SUPERIOR_CONGRESS = "superior_congress"
    """上一级人大常委会"""
    SUPERIOR_DEPARTMENT = "superior_department"
    """上一级主管部门"""
    FOUNDING_GOVERNMENT = "founding_government"
    """设立它的人民政府"""
    MANAGING_BODY = "managing_body"
    """直接管理它的政府或者部门"""
    STATE_COUNCIL = "state_council"
    """国务院"""


@dataclass(frozen=True)
class FilingRoute:
    """One filing a publication gives rise to: to whom, by which limit.

    Source:
        《安徽省行政规范性文件管理办法》第二十九条; for rules 《立法法》第一百零九条
        第四项. The rows name theirs.
    """

    id: str
    key: RouteKey
    chain: Chain
    receiver: Receiver
    copy_to: tuple[Receiver, ...]
    limit: str
    kinds: tuple[str, ...]
    source: str
    place: str
    first_day: date
    verified: Verified
    note: str = ""
    local: bool = False


def read_route(row: Row) -> FilingRoute:
    """Return the line of the routing table that a row holds.

    Raises:
        Invalid: A field is wrong; the sentence names row and field.
    """
    return FilingRoute(
        **row.origin(),
        key=row.choice("key", RouteKey),
        chain=row.choice("chain", Chain),
        receiver=row.choice("receiver", Receiver),
        copy_to=row.choices("copy_to", Receiver),
        limit=row.text("limit"),
        kinds=row.texts("kinds"),
    )

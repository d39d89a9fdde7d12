"""A town and a street office under a district, added to the cast where needed."""

from typing import Any

import sqlalchemy as sa

from reviewflow import passwords
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Level, Role, Unit, UnitDuty, UnitSort
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.people import add_unit, add_user
from tests.cast import HIRED, PASSWORD, Cast
from tests.steps import START, As, bring_to

UNITS = {
    # key: name, prefix, level, sort, duty, government
    "district": ("金安区人民政府", "金政", "COUNTY", "GOVERNMENT", "", "city"),
    "district_justice": (
        *("金安区司法局", "金司", "COUNTY", "DEPARTMENT", "REVIEW", "district"),
    ),
    "town": ("三十铺镇人民政府", "三政", "TOWN", "GOVERNMENT", "", "district"),
    "town_office": ("三十铺镇党政办公室", "三党政", "TOWN", "OFFICE", "OFFICE", "town"),
    "street": ("中市街道办事处", "中办", "TOWN", "DISPATCHED", "", "district"),
}
STATION = ("三十铺司法所", "三司", "TOWN", "DEPARTMENT", "REVIEW", "town")
PACKET = {"changes": "采纳村民意见，修改第五条。"}
DISTRICT = {"handler_id": "district_handler", "signer_id": "district_signer"}
REVIEWERS = {
    "town_handler": ("司法员", "review_handler"),
    "town_signer": ("政法委员", "review_signer"),
}
PEOPLE = {
    # key: display name, [(role, unit), …]
    "town_drafter": ("石璞", [("drafter", "town"), ("drafter", "street")]),
    "town_clerk": (
        "党政员",
        [
            (role, unit)
            for role in ("office_intake", "hearing_host")
            for unit in ("town_office", "street")
        ],
    ),
    "town_head": ("石镇长", [("unit_head", "town"), ("unit_head", "street")]),
    "town_filer": ("史备", [("filer", "town"), ("filer", "street")]),
    "district_handler": ("金承", [("review_handler", "district_justice")]),
    "district_signer": ("金签", [("review_signer", "district_justice")]),
    "district_filing": ("金备", [("filing_reviewer", "district_justice")]),
}


def settle(as_: As, cast: Cast, *, has_station: bool = False) -> Cast:
    """Add the town to the cast; with a judicial office of its own, if so said."""
    wider = Cast(dict(cast.people), dict(cast.units))
    units = UNITS | ({"station": STATION} if has_station else {})
    people = dict(PEOPLE)
    if has_station:
        for key, (name, role) in REVIEWERS.items():
            people[key] = (name, [(role, "station")])
    with as_(None, HIRED) as work:
        for key, row in units.items():
            wider.units[key] = add_unit(work, _unit(wider, row)).id
        password = passwords.accepted(PASSWORD, "")
        for key, (name, posts) in people.items():
            held = [(Role(role), wider.units[unit]) for role, unit in posts]
            user = add_user(work, key.replace("_", "."), name, password, held)
            wider.people[key] = user.id
    return wider


def _unit(cast: Cast, row: tuple[str, ...]) -> Unit:
    name, prefix, level, sort, duty, government = row
    return Unit(
        name=name,
        short_name=name,
        document_prefix=prefix,
        level=Level(level),
        sort=UnitSort(sort),
        duty=UnitDuty(duty) if duty else None,
        government_id=cast.units[government],
    )


def town_case(
    as_: As, cast: Cast, kind: str, unit: str = "town", **fields: object
) -> int:
    """Register a matter of the town or the street; return its id."""
    with as_(cast.town_drafter) as work:
        said = {**START, **fields}
        title = "三十铺镇农村公益性公墓管理办法"
        return submit_case(work, kind, title, cast.units[unit], said).id


def reviewers(cast: Cast, by: dict[str, str]) -> dict[str, Any]:
    """Return the answers that let these two review."""
    chosen = {field: cast.people[key] for field, key in by.items()}
    forward = {"outcome": "FORWARD", **chosen}
    return {"send_packet": PACKET, "office_check": forward}


def finish(
    as_: As, cast: Cast, case_id: int, by: dict[str, str], **answers: Any
) -> None:
    """Do the usual until the case has ended, reviewed by these two."""
    bring_to(as_, cast, case_id, "never", **reviewers(cast, by), **answers)


def authorities(as_: As) -> list[tuple[str, str, str]]:
    """Return receiver, limit and due day of every duty to file."""
    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(FilingObligation).order_by(FilingObligation.id)
        )
        return [(row.authority.name, row.limit_id, str(row.due_on)) for row in rows]

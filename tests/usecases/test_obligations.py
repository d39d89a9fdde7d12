"""Who files what to whom, for every sort of maker (domain: the routing table)."""

from typing import NamedTuple

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.case import CaseParty, Part
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Level, Unit, UnitDuty, UnitSort
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.people import add_unit
from tests.cast import Cast
from tests.conftest import As
from tests.duties import CLASSES, Press, day
from tests.steps import START, do_next

ORGANS = {
    # key: level, sort, duty, government, superior
    "county": ("COUNTY", "GOVERNMENT", "", "city", ""),
    "county_office": ("COUNTY", "OFFICE", "OFFICE", "county", ""),
    "county_justice": ("COUNTY", "DEPARTMENT", "REVIEW", "county", ""),
    "county_congress": ("COUNTY", "CONGRESS", "", "county", ""),
    "county_water": ("COUNTY", "DEPARTMENT", "", "county", ""),
    "town": ("TOWN", "GOVERNMENT", "", "county", ""),
    "street": ("TOWN", "DISPATCHED", "", "county", ""),
    "province_tobacco": ("PROVINCE", "VERTICAL", "", "province", ""),
    "tobacco": ("CITY", "VERTICAL", "", "city", "province_tobacco"),
    "institute": ("CITY", "AUTHORISED", "", "city", "market"),
    "society": ("CITY", "AUTHORISED", "", "city", ""),
}


class Duty(NamedTuple):
    """What a duty to file says: chain, receiver, who handles it, who files, copies."""

    chain: str
    authority: str
    handler: str
    filer: str
    copy_to: str = ""


OF_CITY = [
    Duty("GOV", "province", "province_justice", "justice"),
    Duty("NPC", "congress", "congress", "justice"),
]
OF_COUNTY = [
    Duty("GOV", "city", "justice", "county_justice"),
    Duty("NPC", "county_congress", "county_congress", "county_justice"),
]
DEPARTMENT, GOVERNMENT = "BMGFXWJ", "ZFGFXWJ"


@pytest.fixture
def cast(cast: Cast, as_: As) -> Cast:
    """The cast of this module: with organs at every level."""
    wider = Cast(dict(cast.people), dict(cast.units))
    with as_(None) as work:
        for key, (level, sort, duty, government, superior) in ORGANS.items():
            unit = Unit(
                name=key,
                short_name=key,
                document_prefix=key,
                level=Level(level),
                sort=UnitSort(sort),
                duty=UnitDuty(duty) if duty else None,
                government_id=wider.units[government],
                superior_id=wider.units.get(superior),
            )
            wider.units[key] = add_unit(work, unit).id
    return wider


def duties(as_: As, cast: Cast, filings: list[int]) -> list[Duty]:
    names = {unit_id: key for key, unit_id in cast.units.items()}
    with as_(None) as work:
        found = [work.get(FilingObligation, filing) for filing in filings]
        parts = {
            (party.case_id, party.part): names[party.unit_id]
            for party in work.session.scalars(sa.select(CaseParty))
        }
        return [
            Duty(
                duty.chain.value,
                names[duty.authority_id],
                parts[duty.case_id, Part.FILING_AUTHORITY],
                parts[duty.case_id, Part.FILING_UNIT],
                duty.copy_to,
            )
            for duty in found
        ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (("justice", GOVERNMENT, "city"), OF_CITY),
        (("justice", GOVERNMENT, "office"), OF_CITY),
        (("housing", DEPARTMENT, ""), [Duty("GOV", "city", "justice", "housing")]),
        (("county_water", GOVERNMENT, "county"), OF_COUNTY),
        (("county_water", GOVERNMENT, "county_office"), OF_COUNTY),
        (
            ("county_water", DEPARTMENT, ""),
            [Duty("GOV", "county", "county_justice", "county_water")],
        ),
        (("town", GOVERNMENT, ""), [Duty("GOV", "county", "county_justice", "town")]),
        (
            ("street", DEPARTMENT, ""),
            [Duty("GOV", "county", "county_justice", "street")],
        ),
        (
            ("tobacco", DEPARTMENT, ""),
            [
                Duty(
                    *("GOV", "province_tobacco", "province_tobacco", "tobacco"),
                    copy_to="六安市人民政府",
                )
            ],
        ),
        (("institute", DEPARTMENT, ""), [Duty("GOV", "market", "market", "institute")]),
        (("society", DEPARTMENT, ""), [Duty("GOV", "city", "justice", "society")]),
    ],
)
def test_duties_follow_the_routing_table(
    press: Press,
    as_: As,
    cast: Cast,
    document: tuple[str, str, str],
    expected: list[Duty],
) -> None:
    filings = press.publish(day("03-10"), *document)
    assert duties(as_, cast, filings) == expected


def test_each_duty_has_a_case_and_a_due_day_of_its_own(press: Press, as_: As) -> None:
    filings = press.publish(day("03-10"), "justice", GOVERNMENT, "city")
    with as_(None) as work:
        found = [work.get(FilingObligation, filing) for filing in filings]
        assert len({duty.case_id for duty in found}) == len(found)
        due = {duty.chain.value: (duty.limit_id, duty.due_on) for duty in found}
    assert due == {"GOV": ("TL-13", day("03-25")), "NPC": ("TL-15", day("04-09"))}


def test_a_roster_without_the_receiver_is_said(press: Press) -> None:
    with pytest.raises(Invalid, match="备案机关"):
        press.publish(day("03-10"), "province_tobacco")


def test_a_document_owes_nothing_under_a_limit_of_later_years(
    as_: As, cast: Cast
) -> None:
    fields = {**START, "kind_code": "ZFGFXWJ"}
    with as_(cast.drafter) as work:
        unit_id = cast.units["housing"]
        kind, title = "published_document", "市级储备粮管理办法"
        case_id = submit_case(work, kind, title, unit_id, fields).id
    days = {"published_on": "2021-11-25", "effective_on": "2021-12-01"}
    number = {"doc_number": "六政办〔2021〕36号"}
    do_next(as_, cast, case_id, "register_document", **days, **number)
    do_next(as_, cast, case_id, "confirm_classification", **CLASSES)

    with as_(None) as work:
        select = sa.select(FilingObligation)
        found = {duty.limit_id for duty in work.session.scalars(select).unique()}
    assert found == {"TL-13"}  # TL-15 and TL-22 hold from 2022 and 2023

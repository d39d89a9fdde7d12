from datetime import date
from pathlib import Path

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.law.lawbook import load_law
from reviewflow.law.routes import Chain, FilingRoute, Receiver, RouteKey
from reviewflow.law.rows import Verified

LAW = load_law()
TODAY = date(2026, 3, 2)

A_ROUTE = """
- id: FR-TOWNSHIP-NPC
  key: TOWNSHIP
  chain: NPC
  receiver: same_level_congress
  copy_to: [superior_government]
  limit: TL-15
  kinds: [ZFGFXWJ]
  source: 示例市的做法
  place: 示例市
  first_day: 2026-03-01
  verified: local
"""


def overlay(folder: Path, text: str) -> Path:
    (folder / "filing_routes.yaml").write_text(text, encoding="utf-8")
    return folder


def in_short(route: FilingRoute) -> tuple[str, str, str]:
    return (route.chain, route.receiver, route.limit)


@pytest.mark.parametrize(
    ("key", "routes"),
    [
        (
            "GOVERNMENT",
            [
                ("GOV", "superior_government", "TL-13"),
                ("NPC", "same_level_congress", "TL-15"),
            ],
        ),
        ("DEPARTMENT", [("GOV", "own_government", "TL-13")]),
        ("TOWNSHIP", [("GOV", "superior_government", "TL-13")]),
        ("DISPATCHED", [("GOV", "founding_government", "TL-13")]),
        ("VERTICAL", [("GOV", "superior_department", "TL-13")]),
        ("AUTHORISED", [("GOV", "managing_body", "TL-13")]),
        (
            "RULE",
            [
                ("GOV", "state_council", "TL-14"),
                ("GOV", "superior_government", "TL-14"),
                ("NPC", "superior_congress", "TL-14"),
                ("NPC", "same_level_congress", "TL-14"),
            ],
        ),
    ],
)
def test_who_files_with_whom(key: str, routes: list[tuple[str, str, str]]) -> None:
    assert [in_short(route) for route in LAW.routes(key, TODAY)] == routes


def test_every_key_has_a_route_in_the_government_chain() -> None:
    for key in RouteKey:
        chains = {route.chain for route in LAW.routes(key, TODAY)}
        assert Chain.GOV in chains


def test_a_vertical_department_sends_a_copy_to_the_local_government() -> None:
    (route,) = LAW.routes("VERTICAL", TODAY)

    assert route.copy_to == (Receiver.OWN_GOVERNMENT,)
    assert route.verified is Verified.YES


def test_an_unknown_key_is_missing() -> None:
    with pytest.raises(Missing, match="备案途径表中没有“MAYOR”"):
        LAW.routes("MAYOR", TODAY)


def test_a_route_does_not_hold_before_its_first_day() -> None:
    assert LAW.routes("GOVERNMENT", date(2018, 5, 15)) == []
    assert len(LAW.routes("RULE", date(2015, 3, 14))) == 3


def test_a_city_can_add_a_route(tmp_path: Path) -> None:
    law = load_law(overlay(tmp_path, A_ROUTE))

    before = law.routes("TOWNSHIP", date(2026, 2, 28))
    after = law.routes("TOWNSHIP", date(2026, 3, 1))

    assert [route.chain for route in before] == [Chain.GOV]
    assert [route.chain for route in after] == [Chain.GOV, Chain.NPC]
    assert after[1].copy_to == (Receiver.SUPERIOR_GOVERNMENT,)
    assert law.version != LAW.version


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("key: TOWNSHIP", "key: VILLAGE", "FR-TOWNSHIP-NPC：“key”应为：GOVERNMENT、"),
        ("chain: NPC", "chain: PARTY", "“chain”应为：GOV、NPC"),
        ("same_level_congress", "neighbour", "“receiver”应为：superior_government、"),
        ("[superior_government]", "[mayor]", "“copy_to”应为：superior_government、"),
        ("limit: TL-15", "limit: TL-99", "FR-TOWNSHIP-NPC：时限库中没有“TL-99”"),
        ("verified: local", "veryfied: local", "缺少“verified”"),
        ("place: 示例市", "place: 示例市\n  until: 2027", "没有“until”这样的字段"),
    ],
)
def test_a_wrong_route_is_refused(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in A_ROUTE

    with pytest.raises(Invalid) as refused:
        load_law(overlay(tmp_path, A_ROUTE.replace(old, new)))

    assert problem in refused.value.message
    assert refused.value.message.startswith("filing_routes.yaml FR-TOWNSHIP-NPC")

"""Tables of bases, for programs."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.bases import ARTICLES, LAW, OWN, REST, drafted, hand_in
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.web.program import Programs, body, fields, sentence


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let the programs ask on the Monday too."""
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft has three provisions."""
    return drafted(as_, cast)


def test_a_row_is_added_changed_and_removed(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    drafter, place = programs(cast.drafter), f"/cases/{case_id}/bases"
    assert set(fields(drafter.post(place, {**LAW, "quote": ""}))) == {"quote"}
    first = body(drafter.post(place, LAW, "k"), 201)
    assert body(drafter.post(place, LAW, "k"), 201) == first, "the same key, once"

    second = body(
        drafter.post(f"{place}/{first['id']}", {**LAW, "note": "由本市规定。"})
    )
    late = drafter.post(f"{place}/{first['id']}", LAW)
    gone = drafter.post(f"{place}/{second['id']}/removal")

    assert (second["number"], second["note"]) == (first["number"], "由本市规定。")
    assert "更改或者删除" in sentence(late, 409)
    assert body(gone)["missing"] == ["第一条", "第二条", "第三条"]
    assert body(drafter.get(place)) == body(gone)


def test_rows_are_imported_whole_or_not_at_all_and_laid(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    drafter, place = programs(cast.drafter), f"/cases/{case_id}/bases"
    assert "还没有依据" in sentence(drafter.post(f"{place}/table"), 409)
    wrong = {"rows": [LAW, {**OWN, "clause": "第九条"}]}
    refused = fields(drafter.post(f"{place}/import", wrong))
    assert set(refused) == {"第 2 行“条款”"}
    assert len(body(drafter.get(place))["missing"]) == 3

    rows = {"rows": [LAW, *REST]}
    assert body(drafter.post(f"{place}/import", rows)) == {
        "added": 3,
        "known": 0,
        "blank": 0,
    }
    assert body(drafter.post(f"{place}/table"))["laid"] == "CURRENT"
    documents = body(drafter.get(f"/cases/{case_id}"))["documents"]
    assert "basis_table" in [one["role"] for one in documents]


def test_rows_follow_a_new_draft(
    programs: Programs, as_: As, cast: Cast, case_id: int
) -> None:
    drafter, place = programs(cast.drafter), f"/cases/{case_id}/bases"
    body(drafter.post(f"{place}/import", {"rows": [LAW, *REST]}))
    moved = ARTICLES[1].replace("二", "三")
    hand_in(as_, cast, case_id, ARTICLES[0].replace("秩序", "行为"), moved)
    (first,) = body(drafter.get(place))["provisions"][0]["bases"]
    assert first["mark"] == "CHANGED"

    done = body(drafter.post(f"{place}/{first['id']}/confirmation"))
    table = body(drafter.post(f"{place}/moves"))

    assert done["mark"] is None
    assert table["stray"] == []
    clauses = {one["clause"]: len(one["bases"]) for one in table["provisions"]}
    assert clauses == {"第一条": 1, "第三条": 2}


def test_who_reviews_reads_and_enters_nothing(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    auditor, place = programs(cast.auditor), f"/cases/{case_id}/bases"
    assert body(auditor.get(place))["laid"] == "NONE"
    assert "起草单位" in sentence(auditor.post(place, LAW), 403)
    sentence(programs(cast.other_drafter).get(place), 404)

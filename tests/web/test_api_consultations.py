"""Consultations and other units' opinions, for programs."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.asking import FEE, LETTER, asked_case
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import new_case
from tests.web.program import Programs, body, fields, sentence

GREEN = "绿化带应当保留，不要改成停车位。"
NO = {"adoption": "NONE", "reason": "上位法另有规定。"}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let the programs ask on the Monday too."""
    with time_machine.travel(NOON_MONDAY, tick=False):
        yield


@pytest.fixture
def place(as_: As, cast: Cast) -> str:
    """Where the consultation of a case is found."""
    return f"/cases/{asked_case(as_, cast)}/consultation"


def test_comments_are_entered_grouped_and_answered(
    programs: Programs, cast: Cast, place: str
) -> None:
    drafter = programs(cast.drafter)
    first = body(drafter.post(f"{place}/comments", LETTER), 201)
    body(drafter.post(f"{place}/comments", {**LETTER, "text": GREEN}), 201)
    body(drafter.post(f"{place}/comments", LETTER), 201)

    grouped = body(drafter.post(f"{place}/grouping"))
    rows = body(drafter.get(f"{place}/groups", answer="NEW"))
    answers = [{"group_id": row["id"], **NO} for row in rows["items"]]
    done = body(drafter.post(f"{place}/answers", {"answers": answers}))

    assert first["number"] == 1
    assert first["receipt"]
    assert (grouped["comments"], grouped["groups"], grouped["ungrouped"]) == (3, 2, 0)
    assert [(row["text"], row["comments"]) for row in rows["items"]] == [
        (FEE, 2),
        (GREEN, 1),
    ]
    assert done["unanswered"] == 0
    assert body(drafter.get(place)) == done


def test_a_list_of_groups_comes_in_parts(
    programs: Programs, cast: Cast, place: str
) -> None:
    drafter = programs(cast.drafter)
    for text in (FEE, GREEN):
        body(drafter.post(f"{place}/comments", {**LETTER, "text": text}), 201)
    body(drafter.post(f"{place}/grouping"))

    first = body(drafter.get(f"{place}/groups", limit=1))
    second = body(drafter.get(first["next"]))

    assert (first["total"], second["next"]) == (2, None)
    assert {first["items"][0]["text"], second["items"][0]["text"]} == {FEE, GREEN}


def test_one_bad_answer_keeps_none(programs: Programs, cast: Cast, place: str) -> None:
    drafter = programs(cast.drafter)
    for text in (FEE, GREEN):
        body(drafter.post(f"{place}/comments", {**LETTER, "text": text}), 201)
    body(drafter.post(f"{place}/grouping"))
    ids = [row["id"] for row in body(drafter.get(f"{place}/groups"))["items"]]
    answers = [
        {"group_id": ids[0], **NO},
        {"group_id": ids[1], "adoption": "NONE"},  # without its reason
    ]

    refused = drafter.post(f"{place}/answers", {"answers": answers})

    assert refused.status_code == 422
    assert body(drafter.get(place))["unanswered"] == 2


def test_a_day_outside_the_period_is_named(
    programs: Programs, cast: Cast, place: str
) -> None:
    sent = {**LETTER, "received_on": "2026-01-01"}
    answer = programs(cast.drafter).post(f"{place}/comments", sent)
    assert "received_on" in fields(answer)


def test_who_reviews_reads_and_enters_nothing(
    programs: Programs, cast: Cast, place: str
) -> None:
    auditor = programs(cast.auditor)
    assert body(auditor.get(place))["is_open"] is True
    assert "起草单位" in sentence(auditor.post(f"{place}/comments", LETTER), 403)


def test_where_nobody_was_asked_there_is_no_period(
    programs: Programs, as_: As, cast: Cast
) -> None:
    place = f"/cases/{new_case(as_, cast)}/consultation"
    assert body(programs(cast.drafter).get(place))["period"] is None
    sentence(programs(cast.drafter).get(f"{place}/groups"), 404)


def test_units_are_asked_answer_and_are_reconciled(
    programs: Programs, as_: As, cast: Cast
) -> None:
    drafter = programs(cast.drafter)
    place = f"/cases/{new_case(as_, cast)}/units"
    asked = body(
        drafter.post(
            place, {"unit_ids": [cast.units["streets"]], "due_on": "2026-03-16"}
        )
    )
    one = f"{place}/{asked['items'][0]['id']}"
    against = {"stance": "DISAGREE", "text": "应当明确。", "answered_on": "2026-03-02"}

    early = drafter.post(f"{one}/settlement", {"settlement": "SETTLED", "note": "已谈"})
    body(drafter.post(f"{one}/answer", against))
    done = body(
        drafter.post(f"{one}/settlement", {"settlement": "CARRIED", "note": "请定"})
    )

    assert "没有不同意见" in sentence(early, 409)
    (row,) = done["items"]
    assert (row["stance"], row["settlement"]) == ("DISAGREE", "CARRIED")
    assert body(drafter.get(place)) == done


def test_the_public_is_given_more_time(
    programs: Programs, cast: Cast, place: str
) -> None:
    drafter = programs(cast.drafter)
    wrong = drafter.post(
        f"{place}/extension", {"ends_on": "2026-03-23", "reason": "无"}
    )
    assert set(fields(wrong)) == {"ends_on"}
    more = {"ends_on": "2026-04-01", "reason": "应企业要求，延长提出意见的时间。"}
    period = body(drafter.post(f"{place}/extension", more))["period"]
    assert (period["ends_on"], period["first_ends_on"]) == ("2026-04-01", "2026-03-23")
    assert period["extension_reason"] == more["reason"]

from datetime import date

import pytest

from reviewflow.errors import Invalid
from reviewflow.law.lawbook import load_law
from reviewflow.law.limits import Unit
from reviewflow.model.filing import Chain
from reviewflow.queries.question import (
    ChangedLimit,
    Group,
    Question,
    read_question,
    unverified_limits,
)

TODAY = date(2026, 11, 23)
LAW = load_law()


def test_nothing_said_means_everything_up_to_today() -> None:
    assert read_question({}, TODAY) == Question(TODAY)
    assert read_question({"from": "", "group": None}, TODAY) == Question(TODAY)


def test_everything_can_be_said() -> None:
    raw = {
        "from": "2026-01-01",
        "to": " 2026-03-31 ",
        "as_of": "2026-06-30",
        "group": "unit",
        "chain": "NPC",
        "limit": "TL-13 = 15个工作日",
    }

    assert read_question(raw, TODAY) == Question(
        as_of=date(2026, 6, 30),
        from_on=date(2026, 1, 1),
        to_on=date(2026, 3, 31),
        group=Group.UNIT,
        chain=Chain.NPC,
        limit=ChangedLimit("TL-13", 15, Unit.WORKING_DAY),
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("from", "2026-02-30"),
        ("to", "去年"),
        ("as_of", "9999-12-31"),
        ("as_of", "0001-01-01"),
        ("group", "colour"),
        ("chain", "PARTY"),
        ("limit", "15工作日"),
        ("limit", "TL-13=15"),
        ("limit", "TL-13=0日"),
        ("limit", "TL-13=3651日"),
        ("limit", "TL-13=15月"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_question({name: text}, TODAY)

    assert list(refusal.value.errors) == [name]
    assert text in refusal.value.message


@pytest.mark.parametrize("day", ["1900-01-01", "9999-12-31"])
def test_a_day_out_of_reach_is_not_called_misspelt(day: str) -> None:
    with pytest.raises(Invalid, match="应在 1949 年至 2199 年之间"):
        read_question({"as_of": day}, TODAY)


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(Invalid, match="早于起始日期"):
        read_question({"from": "2026-03-02", "to": "2026-03-01"}, TODAY)


@pytest.mark.parametrize("limit", ["TL-99=15日", "TL-24=15日", "TL-21=15工作日"])
def test_a_limit_that_cannot_be_changed_like_that_is_refused(limit: str) -> None:
    changed = read_question({"limit": limit}, TODAY).limit
    assert changed is not None

    with pytest.raises(Invalid) as refusal:
        changed.applied(LAW)

    assert list(refusal.value.errors) == ["limit"]


def test_limits_nobody_has_verified_can_be_tried_in_the_other_unit() -> None:
    assert unverified_limits(LAW, Chain.GOV, TODAY) == [
        ("TL-13=15工作日", "公布 → 报送备案：15日改按15个工作日")
    ]

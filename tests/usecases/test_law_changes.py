"""A limit, or the holidays of a year, are changed by two people."""

from datetime import date

import pytest

from reviewflow import runtime as runtimes
from reviewflow.config import Settings
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.people import Role
from reviewflow.usecases.law_changes import (
    drop_change,
    propose_limit,
    propose_year,
)
from reviewflow.usecases.people import give_post
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import day
from tests.laws import LATER, TL13, YEAR_2027, approve, change, law, propose


@pytest.fixture
def holds(as_: As, cast: Cast) -> None:
    """The signer also administers, so both acts could be one person's."""
    with as_(None) as work:
        give_post(work, cast.signer, Role.ADMIN, cast.units["justice"])


@pytest.mark.usefixtures("holds")
def test_nobody_changes_the_law_alone(runtime: Runtime, as_: As, cast: Cast) -> None:
    with pytest.raises(Refused):
        propose(as_, cast.drafter)
    own = propose(as_, cast.signer)
    with pytest.raises(Refused, match="不能自己批准"):
        approve(as_, cast.signer, own)
    with pytest.raises(Refused, match="由审查机构负责人批准"):
        approve(as_, cast.admin, own)
    with pytest.raises(Refused), as_(cast.drafter, LATER) as work:
        drop_change(work, own)
    assert law(runtime).version == runtime.lawbooks.shipped.version


def test_one_change_of_a_rule_waits_at_a_time(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    first = propose(as_, cast.admin)
    with pytest.raises(Conflict, match="等待批准"):
        propose(as_, cast.admin, days="20")
    with as_(cast.admin, LATER) as work:
        drop_change(work, first)
    with pytest.raises(Conflict, match="已经批准或者撤销"):
        approve(as_, cast.signer, first)
    second = propose(as_, cast.admin, days="20")
    approve(as_, cast.signer, second)
    with pytest.raises(Conflict):
        approve(as_, cast.signer, second)
    assert law(runtime).limit("TL-13", day("03-01")).days == 20
    with pytest.raises(Missing):
        approve(as_, cast.signer, 999)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"days": "十五"}, "days", "正整数"),
        ({"days": ""}, "days", "正整数"),
        ({"days": "99999"}, "days", "正整数"),
        ({"unit": "周"}, "TL-13", "unit"),
        ({"first_day": "2026-02-30"}, "first_day", "不能识别"),
        ({"verified": "maybe"}, "TL-13", "verified"),
        ({"source": ""}, "source", "请填写"),
        ({"reason": " "}, "reason", "理由"),
        ({"at_least": "20"}, "TL-13", "at_least"),
    ],
)
def test_a_wrong_row_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as refused:
        propose(as_, cast.admin, **typed)
    assert sentence in refused.value.errors[field]


def test_the_same_row_again_is_no_change(as_: As, cast: Cast) -> None:
    change(as_, cast)
    with pytest.raises(Invalid, match="没有需要变更"):
        propose(as_, cast.admin)
    with pytest.raises(Missing), as_(cast.admin, LATER) as work:
        propose_limit(work, "TL-99", TL13)


def test_another_process_reads_the_change_and_so_does_a_restart(
    settings: Settings, as_: As, cast: Cast
) -> None:
    other = runtimes.open_runtime(settings)
    assert law(other).limit("TL-13", day("03-01")).unit == "日"
    change(as_, cast)
    assert law(other).limit("TL-13", day("03-01")).unit == "工作日"
    assert law(runtimes.open_runtime(settings)).version == law(other).version
    assert law(other).limit("TL-13", date(2025, 12, 31)).unit == "日"


def test_a_year_is_proposed_whole_or_not_at_all(as_: As, cast: Cast) -> None:
    with pytest.raises(Invalid, match="请填写"), as_(cast.admin, LATER) as work:
        propose_year(work, {**YEAR_2027, "title": ""})
    with pytest.raises(Invalid, match="未识别"), as_(cast.admin, LATER) as work:
        propose_year(work, {**YEAR_2027, "text": "一、春节：2月30日放假。"})
    with pytest.raises(Refused), as_(cast.drafter, LATER) as work:
        propose_year(work, YEAR_2027)

"""The public is given more time, while it still has some; it reads why."""

from datetime import date

import pytest

from reviewflow.consulted import find_consultation
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case
from reviewflow.queries.public_consultations import public_page
from reviewflow.usecases.consultation_extensions import extend_consultation
from tests.asking import AFTER, asked_case, consultation_of
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import days, do_next

WHY = "应企业要求，延长提出意见的时间。"
FIRST, LATER = date(2026, 3, 23), date(2026, 4, 1)
DONE = NOON_MONDAY + days(31)
"""2 April, the day after the later one."""


CLOSED = {"closed_on": "2026-03-23", "comments": 0, "adopted": 0}


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft lies open till 23 March."""
    return asked_case(as_, cast)


def extend(as_: As, who: int, case_id: int, ends_on: str, reason: str = WHY) -> None:
    with as_(who) as work:
        extend_consultation(work, case_id, ends_on, reason)


def test_the_public_reads_the_new_day_the_first_and_the_reason(
    as_: As, cast: Cast, case_id: int
) -> None:
    extend(as_, cast.drafter, case_id, "2026-03-27")
    extend(as_, cast.drafter, case_id, str(LATER))
    consultation_id = consultation_of(as_, case_id)
    with as_(None, AFTER) as work:
        shown = public_page(work, consultation_id).consultation
        assert (shown.ends_on, shown.first_ends_on) == (LATER, FIRST)
        assert shown.extension_reason == WHY
        assert shown.is_open

    with pytest.raises(Invalid) as early:
        do_next(as_, cast, case_id, "close_consultation", AFTER, **CLOSED)
    assert "4月1日" in early.value.errors["shortened_reason"]
    closed = {**CLOSED, "closed_on": str(LATER)}
    do_next(as_, cast, case_id, "close_consultation", DONE, **closed)


def test_what_is_no_later_day_or_has_no_reason_is_refused(
    as_: As, cast: Cast, case_id: int
) -> None:
    for typed in ("2026-03-23", "2026-03-01", "下周", ""):
        with pytest.raises(Invalid) as refused:
            extend(as_, cast.drafter, case_id, typed, reason=" ")
        assert set(refused.value.errors) == {"ends_on", "extension_reason"}
    with pytest.raises(Invalid, match="精简"):
        extend(as_, cast.drafter, case_id, str(LATER), reason="延" * 1001)
    with pytest.raises(Refused):
        extend(as_, cast.unit_legal, case_id, str(LATER))
    with as_(None) as work:
        row = find_consultation(work, work.get(Case, case_id))
        assert row is not None
        assert (row.ends_on, row.first_ends_on) == (FIRST, None)


def test_once_the_last_day_is_over_nothing_is_put_off(
    as_: As, cast: Cast, case_id: int
) -> None:
    with (
        pytest.raises(Conflict, match="已经届满"),
        as_(cast.drafter, AFTER) as work,
    ):
        extend_consultation(work, case_id, str(LATER), WHY)

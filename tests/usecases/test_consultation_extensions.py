"""The public is given more time, or asked again; it reads why."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.consulted import find_consultation
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case
from reviewflow.model.consultation import Consultation
from reviewflow.queries.public_consultations import public_page
from reviewflow.usecases.consultation_extensions import extend_consultation
from tests.asking import AFTER, asked_case, consultation_of
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.steps import days, do_next, open_steps

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


def test_after_a_rewrite_the_public_is_asked_again(
    as_: As, cast: Cast, case_id: int
) -> None:
    again = {**CLOSED, "asks_again": "yes"}
    do_next(as_, cast, case_id, "close_consultation", AFTER, **again)
    assert "open_consultation" in open_steps(as_, case_id)
    opened = {"starts_on": "2026-03-24", "ends_on": "2026-04-23"}
    do_next(as_, cast, case_id, "open_consultation", AFTER, **opened)
    with as_(None, AFTER) as work:
        rows = work.session.scalars(
            sa.select(Consultation).where(Consultation.case_id == case_id)
        ).all()
        assert [row.closed_on is None for row in rows] == [False, True]
        shown = public_page(work, rows[-1].id).consultation
        assert (shown.ends_on, shown.is_open) == (date(2026, 4, 23), True)
    closed = {**CLOSED, "closed_on": "2026-04-23"}
    do_next(
        *(as_, cast, case_id, "close_consultation", NOON_MONDAY + days(53)), **closed
    )
    assert "close_consultation" not in open_steps(as_, case_id)

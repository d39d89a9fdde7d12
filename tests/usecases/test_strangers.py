from datetime import timedelta

import pytest
import sqlalchemy as sa

from reviewflow.errors import TooMany
from reviewflow.model.access import StrangerAct
from reviewflow.usecases.strangers import MOST, WITHIN, admit_stranger
from tests.conftest import NOON_MONDAY, As

ONE, OTHER = "one address", "another"


def test_an_address_may_send_so_much_an_hour_and_no_more(as_: As) -> None:
    for _ in range(MOST):
        with as_(None) as work:
            admit_stranger(work, ONE)

    with pytest.raises(TooMany), as_(None) as work:
        admit_stranger(work, ONE)
    with as_(None) as work:
        admit_stranger(work, OTHER)


def test_after_an_hour_it_may_send_again_and_nothing_older_is_kept(as_: As) -> None:
    for _ in range(MOST):
        with as_(None) as work:
            admit_stranger(work, ONE)

    with as_(None, NOON_MONDAY + WITHIN + timedelta(seconds=1)) as work:
        admit_stranger(work, ONE)
        kept = work.session.scalars(sa.select(StrangerAct.at)).all()

    assert kept == [NOON_MONDAY + WITHIN + timedelta(seconds=1)]

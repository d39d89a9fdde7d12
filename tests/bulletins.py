"""Bulletins made in a city with the filings of the example."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from reviewflow.model.people import Unit
from reviewflow.queries.bulletin_comparisons import Comparison
from reviewflow.queries.bulletin_figures import bulletin_figures
from reviewflow.queries.bulletins import BulletinPage, bulletin_page, comparison
from reviewflow.usecases.bulletins import freeze_bulletin
from reviewflow.work import Work
from tests.cast import Cast
from tests.conftest import As
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS

THEN = datetime(2026, 11, 23, 4, tzinfo=UTC)
"""Noon of the day of the example."""
TO_OCTOBER = {"period": "2026/10", "as_of": "TODAY"}
"""What was published later is not due that day: the example's rates."""


def enter_filings(as_: As, cast: Cast) -> dict[str, int]:
    """Enter the filings of the example, by their names; all makers are the city's."""
    with as_(None) as work:
        entered = {filing.id: Ledger(work, cast).enter(filing) for filing in FILINGS}
        units = sa.select(Unit).where(Unit.government_id.is_(None))
        for unit in work.session.scalars(units):
            if unit.id not in cast.units.values():
                unit.government_id = cast.units["city"]
    return entered


def freeze(work: Work, cast: Cast, **said: str) -> int:
    """Freeze the figures of the city."""
    typed = {"organ_id": str(cast.units["city"]), **TO_OCTOBER, **said}
    return freeze_bulletin(work, typed, bulletin_figures).id


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.fixture
def filed(as_: As, cast: Cast) -> dict[str, int]:
    """The filings of the example, by name."""
    return enter_filings(as_, cast)


@pytest.fixture
def bulletin(as_: As, cast: Cast, filed: dict[str, int]) -> int:
    """The report on January to October, made on the day of the example."""
    assert filed
    with as_(cast.city_filing_reviewer, THEN) as work:
        return freeze(work, cast)


def read(as_: As, who: int, bulletin_id: int) -> BulletinPage:
    with as_(who, THEN) as work:
        return bulletin_page(work, bulletin_id)


def compared(as_: As, who: int, bulletin_id: int) -> Comparison:
    with as_(who, THEN) as work:
        return comparison(work, bulletin_id)[1]

"""The sample city is sound from end to end."""

import pytest
import sqlalchemy as sa

from reviewflow import demo
from reviewflow.errors import Conflict
from reviewflow.integrity.verify import verify
from reviewflow.meeting_rows import tally
from reviewflow.model.case import Case
from reviewflow.model.meeting import AgendaItem, Voice
from reviewflow.queries.letters import letter, letters
from reviewflow.work import Runtime
from tests.conftest import AS_OF


def test_the_sample_city_is_what_its_journal_says(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        assert verify(work) == []


def test_a_city_with_people_is_not_loaded_again(city_to_read: Runtime) -> None:
    with pytest.raises(Conflict, match="只能装入空库"):
        demo.load_sample_city(city_to_read, AS_OF, None, lambda _sentence: None)


def test_every_letter_of_the_sample_city_can_be_written(city_to_read: Runtime) -> None:
    written = 0
    with city_to_read.read(None) as work:
        for case in work.session.query(Case).order_by(Case.id):
            for entry in letters(work, case.id):
                assert letter(work, case.id, entry.name).title
                written += 1
    assert written


def test_the_sample_city_keeps_dissent_and_a_reason(city_to_read: Runtime) -> None:
    with city_to_read.read(None) as work:
        items = work.session.scalars(sa.select(AgendaItem).order_by(AgendaItem.id))
        told = [(one.is_recorded, tally(one)[Voice.DISAGREE], one) for one in items]
        assert [(is_recorded, against) for is_recorded, against, _ in told] == [
            (True, 1),
            (True, 3),
            (False, 0),  # waits for its meeting
        ]
        assert all(
            bool(one.departure_reason) is (against == 3) for _, against, one in told
        )

"""The worker begins the end of a document's validity; what fails is reported."""

from datetime import date

import sqlalchemy as sa
from flask import Flask

from reviewflow.model.deadline import Incident
from reviewflow.model.library import LibraryDocument
from reviewflow.model.publication import Publication
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.papers import at, ending_case, published
from tests.web.desk import Desk

UNTIL, SIX = date(2028, 8, 31), date(2028, 2, 29)
BEFORE_THE_REGISTER = date(1949, 10, 1)


def incidents(as_: As) -> list[Incident]:
    """Return what waits for a person."""
    with as_(None) as work:
        opened = sa.select(Incident).where(Incident.closed_at.is_(None))
        return list(work.session.scalars(opened))


def make_pilot(as_: As, document_id: int, effective_on: date) -> None:
    """Let a document be a pilot rule that holds from a day."""
    with as_(None) as work:
        row = work.get(LibraryDocument, document_id)
        row.is_pilot = effective_on == BEFORE_THE_REGISTER
        work.session.execute(
            sa.update(Publication)
            .where(Publication.id == row.publication_id)
            .values(effective_on=effective_on)
        )


def test_what_cannot_be_begun_opens_one_incident_and_the_others_go_on(
    app: Flask, runtime: Runtime, as_: As, cast: Cast
) -> None:
    failing, fine = (published(as_, cast, valid_until=str(UNTIL)) for _ in range(2))
    make_pilot(as_, failing, BEFORE_THE_REGISTER)  # of no limit the register knows

    for hour in (10, 11, 12):
        fire_due_timers(runtime, at(SIX, hour))

    assert ending_case(as_, fine)
    (found,) = incidents(as_)
    with as_(None) as work:
        row = work.get(LibraryDocument, failing)
        assert (found.case_id, row.validity_case_id) == (row.case_id, None)
    assert found.text
    assert not found.text.isascii()
    assert "有效期届满处理未能开始" in Desk(app, "admin").page("/system")

    make_pilot(as_, failing, date(2026, 3, 2))
    fire_due_timers(runtime, at(SIX, 13))
    assert ending_case(as_, failing)
    assert incidents(as_) == []

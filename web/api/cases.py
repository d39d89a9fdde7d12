"""Cases: found, read, begun and taken back."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.model.case import Case as CaseRow
from reviewflow.queries.case_files import Wanted, case_files, list_case_files
from reviewflow.queries.deadlines import explain
from reviewflow.queries.journals import list_clocks, list_events
from reviewflow.usecases.cases import submit_case, withdraw_case
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import CasePath
from web.api.shapes.cases import (
    Case,
    CaseQuery,
    Cases,
    Event,
    Events,
    NewCase,
    Withdrawal,
    case_shape,
)
from web.api.shapes.deadlines import Clocks, explained_shape
from web.api.wire import Window

bp = noun("cases")


def case_now(work: Work, case: CaseRow) -> Case:
    """Return a case as it stands after what was just done."""
    work.settle()
    return case_shape(case_files(work, [case])[0], work.today)


@bp.get("/cases", responses={200: Cases})
def find(query: CaseQuery) -> Response:
    """List the cases that may be seen."""
    wanted = Wanted(query.kind, query.state, query.unit, query.q, query.due_before)
    with tokens.begin_reading() as work:
        found = list_case_files(work, wanted, pages.window(query))
        return tokens.show(
            Cases(
                items=[case_shape(file, work.today) for file in found.items],
                total=found.total,
                next=pages.next_part(query, found.total),
            )
        )


@bp.post("/cases", responses={201: Case})
def begin(body: NewCase) -> Response:
    """Register a matter and start its process."""
    with tokens.begin_work() as work:
        case = submit_case(work, body.kind, body.title, body.unit_id, body.fields)
        place = flask.url_for("api.cases.show", case_id=case.id)
        return tokens.reply(work, case_now(work, case), HTTPStatus.CREATED, place)


@bp.get(f"/cases/{CasePath.RULE}", responses={200: Case})
def show(path: CasePath) -> Response:
    """Show one case."""
    with tokens.begin_reading() as work:
        file = case_files(work, [work.get(CaseRow, path.case_id)])[0]
        return tokens.show(case_shape(file, work.today))


@bp.post(f"/cases/{CasePath.RULE}/withdraw", responses={200: Case})
def withdraw(path: CasePath, body: Withdrawal) -> Response:
    """Take a case back."""
    with tokens.begin_work() as work:
        case = withdraw_case(work, path.case_id, body.reason)
        return tokens.reply(work, case_now(work, case))


@bp.get(f"/cases/{CasePath.RULE}/events", responses={200: Events})
def events(path: CasePath, query: Window) -> Response:
    """Show the journal of a case, from its first line on."""
    with tokens.begin_reading() as work:
        case = work.get(CaseRow, path.case_id)
        found = list_events(work, case, pages.window(query))
        return tokens.show(
            Events(
                items=[Event.model_validate(event) for event in found.items],
                total=found.total,
                next=pages.next_part(query, found.total),
            )
        )


@bp.get(f"/cases/{CasePath.RULE}/deadlines", responses={200: Clocks})
def deadlines(path: CasePath, query: Window) -> Response:
    """Show the limits of a case, each with how its due date comes about."""
    with tokens.begin_reading() as work:
        case = work.get(CaseRow, path.case_id)
        found = list_clocks(work, case, pages.window(query))
        explained = [explain(work, row) for row in found.items]
        return tokens.show(
            Clocks(
                items=[explained_shape(one, work.today) for one in explained],
                total=found.total,
                next=pages.next_part(query, found.total),
            )
        )

"""Duties to file: found, read, sent, registered, corrected, given back."""

from http import HTTPStatus

from flask import Response

from reviewflow.errors import Missing
from reviewflow.model.filing import FilingObligation
from reviewflow.queries.done import waiting_tasks
from reviewflow.queries.filing_lists import list_duties
from reviewflow.queries.filing_page import find_review
from reviewflow.usecases.filing_reviews import begin_filing_review
from reviewflow.usecases.filings import FilingAct, act_on_filing
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import FilingPath
from web.api.shapes.filings import (
    Filing,
    FilingQuery,
    FilingReview,
    Filings,
    Note,
    Reason,
    Registration,
    filing_shape,
)
from web.api.wire import Body

bp = noun("filings")


@bp.get("/filings", responses={200: Filings})
def find(query: FilingQuery) -> Response:
    """List the duties to file, those due first at the top."""
    with tokens.begin_reading() as work:
        found = list_duties(work, query.status, query.chain, pages.window(query))
        waiting = waiting_tasks(work, [duty.case_id for duty in found.items])
        return tokens.show(
            Filings(
                items=[
                    filing_shape(duty, waiting.get(duty.case_id, ()), work.today)
                    for duty in found.items
                ],
                total=found.total,
                next=pages.next_part(query, found.total),
            )
        )


@bp.get(f"/filings/{FilingPath.RULE}", responses={200: Filing})
def show(path: FilingPath) -> Response:
    """Show one duty to file."""
    with tokens.begin_reading() as work:
        return tokens.show(_filing(work, work.get(FilingObligation, path.filing_id)))


@bp.post(f"/filings/{FilingPath.RULE}/submit", responses={200: Filing})
def submit(path: FilingPath, body: Note) -> Response:
    """Send the document to its receiver."""
    return _act(path, FilingAct.SUBMIT, body)


@bp.post(f"/filings/{FilingPath.RULE}/register", responses={200: Filing})
def register(path: FilingPath, body: Registration) -> Response:
    """Register what was sent."""
    return _act(path, FilingAct.REGISTER, body)


@bp.post(f"/filings/{FilingPath.RULE}/request-correction", responses={200: Filing})
def request_correction(path: FilingPath, body: Reason) -> Response:
    """Ask for what is missing."""
    return _act(path, FilingAct.REQUEST_CORRECTION, body)


@bp.post(f"/filings/{FilingPath.RULE}/correct", responses={200: Filing})
def correct(path: FilingPath, body: Note) -> Response:
    """Hand in what was missing."""
    return _act(path, FilingAct.CORRECT, body)


@bp.post(f"/filings/{FilingPath.RULE}/return", responses={200: Filing})
def send_back(path: FilingPath, body: Reason) -> Response:
    """Give back what was sent to the wrong organ."""
    return _act(path, FilingAct.RETURN, body)


@bp.get(f"/filings/{FilingPath.RULE}/review", responses={200: FilingReview})
def review(path: FilingPath) -> Response:
    """Show how the content is reviewed."""
    with tokens.begin_reading() as work:
        row = find_review(work, work.get(FilingObligation, path.filing_id))
        if row is None:
            raise Missing
        return tokens.show(FilingReview.model_validate(row))


@bp.post(f"/filings/{FilingPath.RULE}/review", responses={201: FilingReview})
def begin_review(path: FilingPath) -> Response:
    """Begin to review what was registered."""
    with tokens.begin_work() as work:
        row = begin_filing_review(work, path.filing_id)
        work.settle()
        shape = FilingReview.model_validate(row)
        return tokens.reply(work, shape, HTTPStatus.CREATED)


def _act(path: FilingPath, act: FilingAct, body: Body) -> Response:
    with tokens.begin_work() as work:
        duty = act_on_filing(work, path.filing_id, act, body.model_dump())
        work.settle()
        return tokens.reply(work, _filing(work, duty))


def _filing(work: Work, duty: FilingObligation) -> Filing:
    waiting = waiting_tasks(work, [duty.case_id])
    return filing_shape(duty, waiting.get(duty.case_id, ()), work.today)

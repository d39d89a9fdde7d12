"""Clean-up campaigns: begun, answered document by document, confirmed, published."""

from http import HTTPStatus
from typing import Any

import flask
from flask import Response

from reviewflow.queries.cleanups import cleanup_page, list_cleanups
from reviewflow.usecases import cleanups
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import CleanupItemPath, CleanupPath
from web.api.shapes.cleanups import (
    CleanupOpinion,
    CleanupPublication,
    CleanupRecord,
    Cleanups,
    NewCleanup,
    cleanup_line,
    cleanup_record,
)
from web.api.wire import Window

bp = noun("cleanups")
PLACE = f"/cleanups/{CleanupPath.RULE}"
ITEM = f"/cleanups/items/{CleanupItemPath.RULE}"
DONE: dict[str, Any] = {"responses": {200: CleanupRecord}}


@bp.get("/cleanups", responses={200: Cleanups})
def find(query: Window) -> Response:
    """List the campaigns, the latest first."""
    with tokens.begin_reading() as work:
        rows = list_cleanups(work)
        part = rows[query.offset : query.offset + query.limit]
        return tokens.show(
            Cleanups(
                items=[cleanup_line(row) for row in part],
                total=len(rows),
                next=pages.next_part(query, len(rows)),
            )
        )


@bp.get(PLACE, **DONE)
def show(path: CleanupPath) -> Response:
    """Show one campaign with every document of its list."""
    with tokens.begin_reading() as work:
        return tokens.show(cleanup_record(cleanup_page(work, path.cleanup_id)))


@bp.post("/cleanups", responses={201: CleanupRecord})
def start(body: NewCleanup) -> Response:
    """Begin a campaign."""
    with tokens.begin_work() as work:
        cleanup = cleanups.start_cleanup(work, body.typed())
        place = flask.url_for("api.cleanups.show", cleanup_id=cleanup.id)
        return _reply(work, cleanup.id, HTTPStatus.CREATED, place)


@bp.post(f"{ITEM}/answer", **DONE)
def answer(path: CleanupItemPath, body: CleanupOpinion) -> Response:
    """Say for the drafting unit what is to become of a document."""
    with tokens.begin_work() as work:
        item = cleanups.answer_item(
            work, path.cleanup_item_id, body.proposal.value, body.reason
        )
        return _reply(work, item.cleanup_id)


@bp.post(f"{ITEM}/confirmation", **DONE)
def confirm(path: CleanupItemPath, body: CleanupOpinion) -> Response:
    """Confirm for the review office what is to become of a document."""
    with tokens.begin_work() as work:
        item = cleanups.confirm_item(
            work, path.cleanup_item_id, body.proposal.value, body.reason
        )
        return _reply(work, item.cleanup_id)


@bp.post(f"{PLACE}/publication", **DONE)
def publish(path: CleanupPath, body: CleanupPublication) -> Response:
    """Note the publication of the result."""
    with tokens.begin_work() as work:
        cleanups.publish_cleanup(work, path.cleanup_id, body.typed())
        return _reply(work, path.cleanup_id)


def _reply(
    work: Work,
    cleanup_id: int,
    status: HTTPStatus = HTTPStatus.OK,
    place: str | None = None,
) -> Response:
    work.settle()
    shape = cleanup_record(cleanup_page(work, cleanup_id))
    return tokens.reply(work, shape, status, place)

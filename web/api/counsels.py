"""Counsel: the register, and what they hold of a case once all of them are in."""

from flask import Response

from reviewflow.queries.advices import advice_page
from reviewflow.queries.counsels import list_counsels
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import CasePath
from web.api.shapes.counsels import Advices, Counsels, advice_shape, counsel_shape
from web.api.wire import Window

bp = noun("counsels")


@bp.get("/counsels", responses={200: Counsels})
def find(query: Window) -> Response:
    """List everybody who is counsel today."""
    with tokens.begin_reading() as work:
        rows = list_counsels(work)
        part = rows[query.offset : query.offset + query.limit]
        return tokens.show(
            Counsels(
                items=[counsel_shape(row) for row in part],
                total=len(rows),
                next=pages.next_part(query, len(rows)),
            )
        )


@bp.get(f"/cases/{CasePath.RULE}/advice", responses={200: Advices})
def advice(path: CasePath, query: Window) -> Response:
    """Show how many are in, and each opinion that may be read."""
    with tokens.begin_reading() as work:
        page = advice_page(work, path.case_id)
        part = page.rows[query.offset : query.offset + query.limit]
        return tokens.show(
            Advices(
                asked=len(page.commissions),
                received=page.received,
                items=[advice_shape(row) for row in part],
                total=len(page.rows),
                next=pages.next_part(query, len(page.rows)),
            )
        )

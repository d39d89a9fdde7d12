"""Due dates of any period."""

from flask import Response

from reviewflow.queries.deadlines import deadline
from web.api import tokens
from web.api.blueprints import noun
from web.api.shapes.deadlines import Period, Reckoning

bp = noun("deadlines")


@bp.get("/deadline", responses={200: Reckoning})
def reckon(query: Period) -> Response:
    """Say when a period ends, and why."""
    with tokens.begin_reading() as work:
        found = deadline(work.law, str(query.start), str(query.days), query.unit)
    return tokens.show(Reckoning.model_validate(found))

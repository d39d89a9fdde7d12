"""Indicators, each with the lists behind its numbers."""

import json

from flask import Response, current_app

from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import read_question
from reviewflow.queries.trials import require_short
from web.api import tokens
from web.api.blueprints import noun
from web.api.shapes.indicators import IndicatorQuery, Indicators

bp = noun("indicators")


@bp.get("/indicators", responses={200: Indicators})
def show(query: IndicatorQuery) -> Response:
    """Show every indicator of a period as of a day."""
    asked = query.model_dump(mode="json", by_alias=True)
    with tokens.begin_reading() as work:
        question = read_question(asked, work.today)
        require_short(work, question, current_app.config["MOST_TRIED"])
        answer = indicators(work, question)
        text = json.dumps(document(answer), ensure_ascii=False)
    return Response(text, mimetype=tokens.JSON)

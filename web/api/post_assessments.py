"""Post-assessments: the plan of a year."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.queries.post_assessments import assessment_year
from reviewflow.usecases.post_assessments import plan_assessment
from web.api import tokens
from web.api.blueprints import noun
from web.api.shapes.catalogues import YearQuery
from web.api.shapes.post_assessments import (
    NewPostAssessment,
    PostAssessment,
    PostAssessments,
    assessment_shape,
    assessments_shape,
)

bp = noun("post_assessments")


@bp.get("/post-assessments", responses={200: PostAssessments})
def find(query: YearQuery) -> Response:
    """Show the plan of a year, and which organs are behind it."""
    with tokens.begin_reading() as work:
        page = assessment_year(work, query.year or work.today.year)
        return tokens.show(assessments_shape(page, work.today))


@bp.post("/post-assessments", responses={201: PostAssessment})
def plan(body: NewPostAssessment) -> Response:
    """Put a document into the plan of a year."""
    with tokens.begin_work() as work:
        row = plan_assessment(work, body.typed())
        work.settle()
        shape = assessment_shape(row, work.today)
        place = flask.url_for("api.post_assessments.find", year=row.year)
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)

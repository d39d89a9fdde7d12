"""Yearly lists of rules: who owes one, and what was sent."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.queries.rule_lists import rule_list_year
from reviewflow.usecases.rule_lists import send_rule_list
from web.api import tokens
from web.api.blueprints import noun
from web.api.shapes.rule_lists import (
    NewRuleList,
    RuleList,
    RuleListQuery,
    RuleLists,
    rule_list_shape,
    rule_lists_shape,
)

bp = noun("rule_lists")


@bp.get("/rule-lists", responses={200: RuleLists})
def find(query: RuleListQuery) -> Response:
    """Show who owes the list of a year, by when and why, and what was sent."""
    with tokens.begin_reading() as work:
        page = rule_list_year(work, query.year or work.today.year - 1)
        return tokens.show(rule_lists_shape(page))


@bp.post("/rule-lists", responses={201: RuleList})
def send(body: NewRuleList) -> Response:
    """Note that a list was sent, with what stands on it today."""
    with tokens.begin_work() as work:
        row = send_rule_list(work, body.typed())
        work.settle()
        place = flask.url_for("api.rule_lists.find", year=row.year)
        return tokens.reply(work, rule_list_shape(row), HTTPStatus.CREATED, place)

"""Limits and holidays, and their changes."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.queries.calendars import calendar_page
from reviewflow.queries.law_changes import change_page
from reviewflow.queries.rules import list_rules, rule_page
from reviewflow.usecases.law_changes import (
    approve_change,
    drop_change,
    propose_limit,
    propose_year,
)
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import ChangePath, LimitPath
from web.api.shapes.catalogues import YearQuery
from web.api.shapes.rules import (
    Change,
    ChangeInFull,
    NewRule,
    NewYear,
    RuleHistory,
    RuleQuery,
    Rules,
    WorkYear,
    change_in_full,
    change_shape,
    rule_history_shape,
    rules_shape,
    typed,
    year_shape,
)

bp = noun("rules")


@bp.get("/rules", responses={200: Rules})
def find(query: RuleQuery) -> Response:
    """List the limits in force."""
    with tokens.begin_reading() as work:
        return tokens.show(rules_shape(list_rules(work, query.q), work.law.version))


@bp.get(f"/rules/{LimitPath.RULE}", responses={200: RuleHistory})
def show(path: LimitPath) -> Response:
    """Show one limit with every row it has had."""
    with tokens.begin_reading() as work:
        return tokens.show(rule_history_shape(rule_page(work, path.limit_id)))


@bp.post(f"/rules/{LimitPath.RULE}", responses={201: Change})
def propose(path: LimitPath, body: NewRule) -> Response:
    """Propose another row of a limit."""
    with tokens.begin_work() as work:
        row = propose_limit(work, path.limit_id, typed(body))
        place = flask.url_for("api.rules.change", change_id=row.id)
        return tokens.reply(work, change_shape(row), HTTPStatus.CREATED, place)


@bp.get(f"/rule-changes/{ChangePath.RULE}", responses={200: ChangeInFull})
def change(path: ChangePath) -> Response:
    """Show a change, and what it would alter."""
    with tokens.begin_reading() as work:
        return tokens.show(
            change_in_full(
                change_page(
                    work, path.change_id, flask.current_app.config["MOST_TRIED"]
                )
            )
        )


@bp.post(f"/rule-changes/{ChangePath.RULE}/approval", responses={200: Change})
def approve(path: ChangePath) -> Response:
    """Put a change in force; the worker sets the clocks anew."""
    with tokens.begin_work() as work:
        approve_change(work, path.change_id)
        work.settle()
        page = change_page(work, path.change_id)
        return tokens.reply(work, change_shape(page.change))


@bp.post(f"/rule-changes/{ChangePath.RULE}/withdrawal", responses={200: Change})
def drop(path: ChangePath) -> Response:
    """Give a change up."""
    with tokens.begin_work() as work:
        return tokens.reply(work, change_shape(drop_change(work, path.change_id)))


@bp.get("/calendar", responses={200: WorkYear})
def year(query: YearQuery) -> Response:
    """Show the working days of a year."""
    with tokens.begin_reading() as work:
        page = calendar_page(work, query.year or work.today.year)
        return tokens.show(year_shape(page))


@bp.post("/calendar", responses={201: Change})
def propose_notice(body: NewYear) -> Response:
    """Propose the holidays of a year from the text of a notice."""
    with tokens.begin_work() as work:
        row = propose_year(work, body.model_dump())
        place = flask.url_for("api.rules.change", change_id=row.id)
        return tokens.reply(work, change_shape(row), HTTPStatus.CREATED, place)

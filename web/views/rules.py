"""时限规则: limits as rows, and how one is changed."""

from collections.abc import Mapping

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.law.amendments import limit_fields
from reviewflow.law.limits import Unit
from reviewflow.law.rows import Verified
from reviewflow.lawbooks import amendment_of
from reviewflow.queries.calendars import months_under
from reviewflow.queries.law_changes import change_page, list_changes
from reviewflow.queries.rules import list_rules, rule_page
from reviewflow.usecases.law_changes import (
    approve_change,
    continue_change,
    drop_change,
    propose_limit,
)
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("rules", __name__, url_prefix="/rules")


@bp.get("")
def index() -> str:
    """List the limits in force."""
    words = request.args.get("q", "")
    unverified = request.args.get("of") == "unverified"
    with begin_reading() as work:
        changes = list_changes(work)
        return render_template(
            "rules/index.html",
            entries=list_rules(work, words, unverified=unverified),
            waiting=[one for one in changes if one.is_pending],
            words=words,
            unverified=unverified,
            version=work.law.version,
        )


@bp.get("/<limit_id>")
def show(limit_id: str) -> str:
    """Show one limit with every row it has had."""
    return _page(limit_id, {}, {})


@bp.post("/<limit_id>")
def propose(limit_id: str) -> ResponseReturnValue:
    """Propose another row; it waits for somebody else to approve."""
    try:
        with begin_work() as work:
            row = propose_limit(work, limit_id, request.form)
            address = url_for(".change", change_id=row.id)
            answer_with(
                address, "已提出变更，等待审查机构签发人批准；批准前不影响任何期限。"
            )
    except Invalid as error:
        return _page(limit_id, request.form, error.errors), status_of(error)
    return answered()


@bp.get("/changes/<int:change_id>")
def change(change_id: int) -> str:
    """Show a change of a limit or a year, and what it would alter."""
    with begin_reading() as work:
        page = change_page(work, change_id, current_app.config["MOST_TRIED"])
        months = months_under(work.law, amendment_of(page.change)) if page.year else []
        return render_template("rules/change.html", page=page, months=months)


@bp.post("/changes/<int:change_id>/approve")
def approve(change_id: int) -> ResponseReturnValue:
    """Put it in force; the page of the job shows how far the clocks are."""
    with begin_work() as work:
        job = approve_change(work, change_id)
        answer_with(url_for("jobs.show", job_id=job.id))
    return answered()


@bp.post("/changes/<int:change_id>/continue")
def continue_(change_id: int) -> ResponseReturnValue:
    """Go on with the clocks that are not moved yet."""
    with begin_work() as work:
        continue_change(work, change_id)
        answer_with(
            url_for(".change", change_id=change_id),
            "正在重新计算期限，算完以后本页不再提示。",
        )
    return answered()


@bp.post("/changes/<int:change_id>/drop")
def drop(change_id: int) -> ResponseReturnValue:
    """Give it up."""
    with begin_work() as work:
        drop_change(work, change_id)
        answer_with(
            url_for(".change", change_id=change_id), "变更已撤销，规则没有变化。"
        )
    return answered()


def _page(limit_id: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        page = rule_page(work, limit_id)
        return render_template(
            "rules/show.html",
            page=page,
            typed=typed or limit_fields(page.entry.limit) | {"first_day": work.today},
            errors=errors,
            units=[(one.value, one.value) for one in Unit],
            verified=list(Verified),
            today=work.today,
        )

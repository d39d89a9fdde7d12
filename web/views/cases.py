"""Cases in a list, one case at a glance, its record, and taking it back."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.integrity.verify import flaws
from reviewflow.model.case import Case
from reviewflow.queries.advices import advice_note
from reviewflow.queries.cases import CaseFilter, list_cases
from reviewflow.queries.emergencies import emergency_note
from reviewflow.queries.history import history as case_history
from reviewflow.queries.kinds import kind_titles
from reviewflow.queries.letters import letters
from reviewflow.queries.overview import overview
from reviewflow.usecases.cases import can_be_withdrawn, withdraw_case
from reviewflow.work import Work
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("cases", __name__, url_prefix="/cases")
CHAIN = ("I1", "I4", "I9", "I13")
"""What the page of the record checks by itself; files are left to the command."""


@bp.get("")
def index() -> str:
    """List cases: one's own, or all one may see."""
    asked = request.args
    wanted = CaseFilter(
        own=asked.get("by") == "me",
        status=asked.get("status", ""),
        kind=asked.get("kind", ""),
        text=asked.get("q", ""),
    )
    with begin_reading() as work:
        return render_template(
            "cases/index.html",
            page=list_cases(work, wanted, asked.get("page", 1, int)),
            wanted=wanted,
            kinds=kind_titles(work),
        )


@bp.get("/<int:case_id>")
def show(case_id: int) -> ResponseReturnValue:
    """Show a case at a glance."""
    return _page(case_id)


@bp.post("/<int:case_id>/withdraw")
def withdraw(case_id: int) -> ResponseReturnValue:
    """Take a case back."""
    try:
        with begin_work() as work:
            case = withdraw_case(work, case_id, request.form.get("reason", ""))
            answer_with(
                url_for("cases.show", case_id=case_id), f"《{case.title}》已撤回。"
            )
    except (Invalid, Conflict) as error:
        return _page(case_id, error)
    return answered()


@bp.get("/<int:case_id>/history")
def history(case_id: int) -> str:
    """Show everything that happened in a case, and whether it still holds together."""
    with begin_reading() as work:
        page = case_history(work, case_id, request.args.get("about", ""))
        return render_template(
            "cases/history.html", page=page, flaws=_flaws(work, page.head.case)
        )


def _flaws(work: Work, case: Case) -> list[str]:
    return [sentence for rule in CHAIN for sentence in flaws(work, case, rule)]


def _page(case_id: int, refused: ReviewflowError | None = None) -> ResponseReturnValue:
    with begin_reading() as work:
        page = overview(work, case_id)
        text = render_template(
            "cases/show.html",
            page=page,
            letters=letters(work, case_id),
            advice=advice_note(work, case_id) if page.head.asks_counsel else None,
            emergency=emergency_note(work, case_id),
            can_withdraw=page.head.may_withdraw
            and can_be_withdrawn(list(page.head.waiting)),
            typed=request.form,
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
        )
    return text, status_of(refused) if refused else 200

"""Hearings for everybody: announcement, enrolment, lists, draw, receipt."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, Missing, ReviewflowError
from reviewflow.queries.public_hearings import (
    list_public_hearings,
    public_hearing,
    receipt,
)
from reviewflow.usecases.enrolments import enrol
from reviewflow.usecases.hearing_forms import hearing_forms
from web.errors import status_of
from web.strangers import begin_reading, begin_work

bp = Blueprint("public_hearings", __name__, url_prefix="/public")
TRAP = "website"
"""A field nobody sees; whoever fills it in is a program."""


@bp.get("/hearings")
def index() -> str:
    """List the hearings that are announced."""
    with begin_reading() as work:
        return render_template(
            "public/hearings.html",
            hearings=list_public_hearings(work),
            today=work.today,
        )


@bp.get("/hearings/draw")
def draw() -> str:
    """Tell how places are drawn, and how anybody can draw again."""
    return render_template("public/draw.html")


@bp.get("/hearings/<int:hearing_id>")
def show(hearing_id: int) -> ResponseReturnValue:
    """Show one hearing with its groups, lists and draw."""
    return _page(hearing_id)


@bp.post("/hearings/<int:hearing_id>")
def take(hearing_id: int) -> ResponseReturnValue:
    """Enrol somebody and lead to the receipt."""
    try:
        code = _enrolled(hearing_id)
    except (Invalid, Conflict) as error:
        return _page(hearing_id, error)
    return redirect(url_for("public_hearings.show_receipt", code=code), 303)


@bp.get("/hearings/<int:hearing_id>/lists/<int:group_id>.txt")
def numbered(hearing_id: int, group_id: int) -> Response:
    """Send a published list as it was when its digest was made."""
    with begin_reading() as work:
        rows = public_hearing(work, hearing_id).groups
        drawn = next((row.draw for row in rows if row.group.id == group_id), None)
        if drawn is None:
            raise Missing
        text = drawn.list_text
    return Response(text, mimetype="text/plain; charset=utf-8")


@bp.get("/enrolments/<code>")
def show_receipt(code: str) -> str:
    """Tell whoever has the receipt what became of the enrolment."""
    with begin_reading() as work:
        return render_template("public/receipt.html", page=receipt(work, code))


def _enrolled(hearing_id: int) -> str:
    """Enrol whoever filled in the form; return the code of the receipt."""
    if request.form.get(TRAP):
        raise Invalid(message="提交的内容不完整，请重新打开页面后填写。")
    with begin_work() as work:
        key = request.form.get("submit_key", "")
        return enrol(work, hearing_id, request.form, key).code


def _page(
    hearing_id: int, refused: ReviewflowError | None = None
) -> ResponseReturnValue:
    errors = refused.errors if isinstance(refused, Invalid) else {}
    with begin_reading() as work:
        text = render_template(
            "public/hearing.html",
            page=public_hearing(work, hearing_id),
            fields={field.name: field for field in hearing_forms()["enrol"].fields},
            today=work.today,
            typed=request.form,
            errors=errors,
            refused=refused,
        )
    return text, status_of(refused) if refused else 200

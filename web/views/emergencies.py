"""The emergency procedure of a case under way: asked for, approved or refused."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.queries.emergencies import emergency_page
from reviewflow.usecases.emergencies import NOTE, ask_emergency, decide_emergency
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import receive_files

bp = Blueprint("emergencies", __name__, url_prefix="/cases/<int:case_id>/emergency")


@bp.get("")
def show(case_id: int) -> ResponseReturnValue:
    """Show what was asked and decided."""
    return _page(case_id)


@bp.post("")
def ask(case_id: int) -> ResponseReturnValue:
    """Ask for it, with the note for the dossier."""
    try:
        notes = [upload for role, upload in receive_files() if role == NOTE]
        with begin_work() as work:
            reason = request.form.get("reason", "")
            ask_emergency(work, case_id, reason, notes[0] if notes else None)
            address = url_for("cases.show", case_id=case_id)
            answer_with(address, "已申请按紧急程序办理，等待办公室批准。")
    except (Invalid, Conflict) as error:
        return _page(case_id, error)
    return answered()


@bp.post("/decision")
def decide(case_id: int) -> ResponseReturnValue:
    """Approve or refuse it."""
    try:
        with begin_work() as work:
            row = decide_emergency(work, case_id, request.form)
            said = (
                "已批准，缩短的时限自今日起算。"
                if row.is_approved
                else "已登记不批准。"
            )
            answer_with(url_for("cases.show", case_id=case_id), said)
    except (Invalid, Conflict) as error:
        return _page(case_id, error)
    return answered()


def _page(case_id: int, refused: ReviewflowError | None = None) -> ResponseReturnValue:
    with begin_reading() as work:
        text = render_template(
            "emergencies/show.html",
            page=emergency_page(work, case_id),
            typed=request.form,
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
        )
    return text, status_of(refused) if refused else 200

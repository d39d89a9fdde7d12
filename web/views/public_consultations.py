"""Consultations for everybody: the list, the draft, a comment, and its answer."""

from flask import (
    Blueprint,
    Response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.queries.adoption_table import SENDERS
from reviewflow.queries.public_consultations import (
    list_public,
    public_page,
    public_receipt,
    public_table,
)
from reviewflow.queries.public_papers import public_file
from reviewflow.usecases.comments import receive_comment
from web.strangers import TRAP, begin_reading, begin_work, person_s_key

bp = Blueprint("public_consultations", __name__, url_prefix="/public")
SANDBOX = "default-src 'none'; sandbox"
MOST_SIGNS = 40


@bp.get("/consultations")
def index() -> str:
    """List consultations, those first that take comments."""
    with begin_reading() as work:
        found = list_public(work, request.args.get("page", 1, int))
        return render_template("public_consultations/index.html", page=found)


@bp.get("/consultations/<int:consultation_id>")
def show(consultation_id: int) -> str:
    """Show a consultation, its draft, and the form while it runs."""
    return _page(consultation_id)


@bp.post("/consultations/<int:consultation_id>")
def send(consultation_id: int) -> ResponseReturnValue:
    """Take a comment, and lead to its receipt."""
    try:
        key = person_s_key()
        with begin_work() as work:
            receipt = receive_comment(work, consultation_id, key, request.form).receipt
    except Invalid as error:
        return _page(consultation_id, error), 422
    return redirect(url_for("public_consultations.receipt", code=receipt), 303)


@bp.get("/consultations/<int:consultation_id>/files/<paper>")
def content(consultation_id: int, paper: str) -> Response:
    """Send the notice or the draft to be kept."""
    with begin_reading() as work:
        file = public_file(work, consultation_id, paper)
    response = send_file(
        file.source,
        mimetype=file.media_type,
        as_attachment=True,
        download_name=file.name,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/consultations/<int:consultation_id>/answers")
def answers(consultation_id: int) -> str:
    """Show what became of the comments."""
    with begin_reading() as work:
        found = public_table(work, consultation_id, request.args.get("page", 1, int))
        return render_template("public_consultations/answers.html", page=found)


@bp.get("/comments")
def find() -> ResponseReturnValue:
    """Ask for a receipt number, and lead to the comment it belongs to."""
    code = request.args.get("code", "").strip()
    if code:
        place = url_for("public_consultations.receipt", code=code[:MOST_SIGNS])
        return redirect(place, 303)
    return render_template("public_consultations/find.html")


@bp.get("/comments/<code>")
def receipt(code: str) -> str:
    """Show a comment, and its answer once there is one."""
    with begin_reading() as work:
        found = public_receipt(work, code)
        return render_template("public_consultations/receipt.html", page=found)


def _page(consultation_id: int, refused: Invalid | None = None) -> str:
    with begin_reading() as work:
        return render_template(
            "public_consultations/show.html",
            page=public_page(work, consultation_id),
            senders=[(sender.value, words) for sender, words in SENDERS.items()],
            trap=TRAP,
            typed=request.form,
            errors=refused.errors if refused else {},
            refused=refused,
        )

"""报送回执: anybody who holds its code may check it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Missing
from reviewflow.queries.public_receipts import public_receipt
from web.paper import send_paper
from web.strangers import begin_reading

bp = Blueprint("public_receipts", __name__, url_prefix="/public/receipts")
LONGEST = 40


@bp.get("")
def index() -> ResponseReturnValue:
    """Ask for a code, and lead to its receipt."""
    code = request.args.get("code", "").strip()[:LONGEST]
    if not code:
        return render_template("public_receipts/index.html", code="", errors={})
    try:
        with begin_reading() as work:
            found = public_receipt(work, code)
    except Missing as error:
        errors = {"code": error.message}
        page = render_template("public_receipts/index.html", code=code, errors=errors)
        return page, 404
    return redirect(url_for(".show", code=found.code), 303)


@bp.get("/<code>")
def show(code: str) -> str:
    """Show a receipt; printed it is the receipt."""
    with begin_reading() as work:
        found = public_receipt(work, code)
        return render_template("public_receipts/show.html", receipt=found)


@bp.get("/<code>.pdf")
def paper(code: str) -> Response:
    """Give a receipt as PDF, the same file each time."""
    with begin_reading() as work:
        found = public_receipt(work, code)
        name = f"报送回执-{found.number}.pdf"
        return send_paper("public_receipts/paper.html", name, receipt=found)

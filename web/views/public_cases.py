"""How far a matter has come, for everybody who was asked about it."""

from flask import Blueprint, render_template

from reviewflow.queries.public_cases import public_case
from web.strangers import begin_reading

bp = Blueprint("public_cases", __name__, url_prefix="/public/cases")


@bp.get("/<number>")
def show(number: str) -> str:
    """Show the parts of the way, with their days."""
    with begin_reading() as work:
        return render_template(
            "public_cases/show.html", case=public_case(work, number), today=work.today
        )

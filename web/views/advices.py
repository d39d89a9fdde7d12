"""法律意见: what counsel were asked on a case, and what they hold."""

from flask import Blueprint, render_template

from reviewflow.queries.advices import advice_page
from web.signin import begin_reading

bp = Blueprint("advices", __name__, url_prefix="/cases/<int:case_id>/advice")


@bp.get("")
def show(case_id: int) -> str:
    """Show who is asked, how many are in, and what may be read by now."""
    with begin_reading() as work:
        page = advice_page(work, case_id)
        return render_template("advices/show.html", page=page)

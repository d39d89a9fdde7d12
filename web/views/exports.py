"""台账文件: registers made beside the pages, asked for here and fetched here."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.letters.workbook import MEDIA_TYPE
from reviewflow.queries.exports import exports, find_export
from reviewflow.queries.register_filters import read_filter
from reviewflow.usecases.exports import ask_for_export
from web.files import send_kept
from web.sessions import runtime
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("exports", __name__, url_prefix="/registers/files")
ASKED = ("from", "to", "unit", "kind")


@bp.get("")
def index() -> str:
    """Show what was asked for, and what of it can be fetched."""
    with begin_reading() as work:
        return render_template(
            "exports/index.html",
            rows=exports(work),
            days_kept=runtime().files.made.days_kept,
        )


@bp.post("")
def ask() -> ResponseReturnValue:
    """Ask for a register to be made; its job tells how far it is."""
    form = request.form
    wanted = {name: form[name].strip() for name in ASKED if form.get(name)}
    read_filter(wanted)
    columns = [one for one in form.get("columns", "").split(",") if one]
    with begin_work() as work:
        job = ask_for_export(work, form.get("register", ""), columns, wanted)
        place = url_for("jobs.show", job_id=job.id)
        answer_with(place, "已转为后台生成，完成后通知您。")
    return answered()


@bp.get("/<int:export_id>")
def fetch(export_id: int) -> Response:
    """Give a file to whoever it was made for."""
    with begin_reading() as work:
        export = find_export(work, export_id)
        source = runtime().files.made.open(export.name)
    return send_kept(source, MEDIA_TYPE, export.title)

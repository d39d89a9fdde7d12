"""Published results of clean-ups, for everybody."""

from flask import Blueprint, Response, render_template

from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.model.cleanup import CleanupResult
from reviewflow.queries.public_cleanups import (
    public_cleanup,
    public_sheets,
    published_cleanups,
)
from web.files import send_made
from web.labels import label
from web.strangers import begin_reading

bp = Blueprint("public_cleanups", __name__, url_prefix="/public/cleanups")


@bp.get("")
def index() -> str:
    """List every published campaign."""
    with begin_reading() as work:
        found = published_cleanups(work)
        return render_template("public_cleanups/index.html", cleanups=found)


@bp.get("/<int:cleanup_id>")
def show(cleanup_id: int) -> str:
    """Show what holds on, what will be amended, and what has ended."""
    with begin_reading() as work:
        page = public_cleanup(work, cleanup_id)
        return render_template("public_cleanups/show.html", page=page)


@bp.get("/<int:cleanup_id>/table.xlsx")
def export(cleanup_id: int) -> Response:
    """Give the lists as a workbook."""
    with begin_reading() as work:
        page = public_cleanup(work, cleanup_id)
        words = {one: label(one) for one in CleanupResult}
        content = workbook(public_sheets(page, words))
        name = f"{page.cleanup.title}结果.xlsx"
    return send_made(content, MEDIA_TYPE, name)

"""Published catalogues, for everybody."""

from flask import Blueprint, Response, render_template

from reviewflow.queries.catalogues import published_catalogues, published_page
from web.catalogue_files import as_workbook, title_of
from web.strangers import begin_reading

bp = Blueprint("public_catalogues", __name__, url_prefix="/public/catalogues")


@bp.get("")
def index() -> str:
    """List every published catalogue."""
    with begin_reading() as work:
        found = published_catalogues(work)
        return render_template("public_catalogues/index.html", catalogues=found)


@bp.get("/<int:catalogue_id>")
def show(catalogue_id: int) -> str:
    """Show one published catalogue, adjustments marked."""
    with begin_reading() as work:
        page = published_page(work, catalogue_id)
        return render_template(
            "public_catalogues/show.html", page=page, title=title_of(page)
        )


@bp.get("/<int:catalogue_id>/table.xlsx")
def export(catalogue_id: int) -> Response:
    """Give a published catalogue as a workbook."""
    with begin_reading() as work:
        return as_workbook(published_page(work, catalogue_id))

"""Documents in force, for everybody: published facts and the published text."""

from flask import Blueprint, Response, render_template, request

from reviewflow.model.library import DocumentKind
from reviewflow.queries.library import Sought, library_makers, list_library
from reviewflow.queries.library_page import find_text, public_document
from web.addresses import row_key
from web.files import send_version
from web.strangers import begin_reading

bp = Blueprint("public_library", __name__, url_prefix="/public/library")


@bp.get("")
def index() -> str:
    """List the documents in force."""
    sought = Sought(
        text=request.args.get("q", ""),
        maker_id=request.args.get("maker", None, row_key),
        in_force=True,
    )
    with begin_reading() as work:
        return render_template(
            "public_library/index.html",
            page=list_library(work, sought, request.args.get("page", 1, int)),
            sought=sought,
            kinds=DocumentKind,
            makers=library_makers(work),
        )


@bp.get("/<int:library_id>")
def show(library_id: int) -> str:
    """Show one published document; one that has ended says so."""
    with begin_reading() as work:
        page = public_document(work, library_id)
        return render_template(
            "public_library/show.html", page=page, kinds=DocumentKind
        )


@bp.get("/<int:library_id>/text/<int:number>")
def text(library_id: int, number: int) -> Response:
    """Send the text that was published."""
    with begin_reading() as work:
        return send_version(find_text(work, library_id, number))

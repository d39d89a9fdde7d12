"""文件库: published documents, as they stand today, and what is done to them."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.model.library import DocumentKind, DocumentState, RelationSort
from reviewflow.queries.library import (
    Sought,
    library_makers,
    library_years,
    list_library,
)
from reviewflow.queries.library_page import find_text, library_page
from reviewflow.usecases.errata import correct_document
from reviewflow.usecases.library import change_document
from web.addresses import row_key
from web.errors import status_of
from web.files import send_version
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("library", __name__, url_prefix="/library")


@bp.get("")
def index() -> str:
    """List the documents that the filter of the address leaves."""
    sought = _sought()
    with begin_reading() as work:
        return render_template(
            "library/index.html",
            page=list_library(work, sought, request.args.get("page", 1, int)),
            sought=sought,
            states=DocumentState,
            kinds=DocumentKind,
            makers=library_makers(work),
            years=library_years(work),
        )


@bp.get("/<int:library_id>")
def show(library_id: int) -> str:
    """Show one document with everything known of it."""
    return _page(library_id, {})


@bp.post("/<int:library_id>/changes")
def change(library_id: int) -> ResponseReturnValue:
    """Note what was done to the document."""
    try:
        with begin_work() as work:
            change_document(work, library_id, request.form)
            address = url_for(".show", library_id=library_id)
            answer_with(address, "已登记，文件的状态随之改变。")
    except Invalid as error:
        return _page(library_id, error.errors), status_of(error)
    return answered()


@bp.post("/<int:library_id>/errata")
def correct(library_id: int) -> ResponseReturnValue:
    """Note an error that was put right."""
    try:
        with begin_work() as work:
            correct_document(work, library_id, request.form)
            address = url_for(".show", library_id=library_id)
            answer_with(address, "已登记更正，公开页面随之显示。")
    except Invalid as error:
        return _page(library_id, error.errors), status_of(error)
    return answered()


@bp.get("/<int:library_id>/text/<int:number>")
def text(library_id: int, number: int) -> Response:
    """Send the text that was published."""
    with begin_reading() as work:
        return send_version(find_text(work, library_id, number))


def _sought() -> Sought:
    asked = request.args
    state, kind = asked.get("state"), asked.get("kind", "")
    return Sought(
        text=asked.get("q", ""),
        maker_id=asked.get("maker", None, row_key),
        kind_code=kind if kind in list(DocumentKind) else "",
        year=asked.get("year", None, _year),
        state=DocumentState(state) if state in list(DocumentState) else None,
        soon=asked.get("soon") == "1",
    )


def _year(typed: str) -> int:
    year = int(typed)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(typed)
    return year


FIRST_YEAR, LAST_YEAR = 1949, 2999


def _page(library_id: int, errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        return render_template(
            "library/show.html",
            page=library_page(work, library_id),
            kinds=DocumentKind,
            sorts=RelationSort,
            typed=request.form,
            errors=errors,
        )

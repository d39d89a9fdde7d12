"""The library: documents as they stand today, and what is done to them."""

from typing import Any

from flask import Response

from reviewflow.queries.library import Sought, library_part
from reviewflow.queries.library_page import find_text, library_page
from reviewflow.usecases.errata import correct_document
from reviewflow.usecases.library import change_document
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import LibraryPath, LibraryTextPath
from web.api.shapes.library import (
    DocumentChange,
    DocumentErratum,
    LibraryLines,
    LibraryQuery,
    LibraryRecord,
    library_line,
    library_record,
)
from web.api.wire import BYTES
from web.files import send_version

bp = noun("library")
PLACE = f"/library/{LibraryPath.RULE}"
DONE: dict[str, Any] = {"responses": {200: LibraryRecord}}


@bp.get("/library", responses={200: LibraryLines})
def find(query: LibraryQuery) -> Response:
    """List documents, the latest published first."""
    sought = Sought(
        text=query.q,
        maker_id=query.maker,
        kind_code=query.kind.value if query.kind else "",
        year=query.year,
        state=query.state,
        soon=query.soon,
    )
    with tokens.begin_reading() as work:
        found = library_part(work, sought, pages.window(query))
        return tokens.show(
            LibraryLines(
                items=[library_line(row) for row in found.items],
                total=found.total,
                next=pages.next_part(query, found.total),
            )
        )


@bp.get(PLACE, **DONE)
def show(path: LibraryPath) -> Response:
    """Show one document with its validity and its relations."""
    with tokens.begin_reading() as work:
        return tokens.show(library_record(library_page(work, path.library_id)))


@bp.post(f"{PLACE}/changes", **DONE)
def change(path: LibraryPath, body: DocumentChange) -> Response:
    """Note what was done to a document."""
    with tokens.begin_work() as work:
        change_document(work, path.library_id, body.typed())
        work.settle()
        shape = library_record(library_page(work, path.library_id))
        return tokens.reply(work, shape)


@bp.post(f"{PLACE}/errata", **DONE)
def correct(path: LibraryPath, body: DocumentErratum) -> Response:
    """Note an error that was put right by an announcement."""
    with tokens.begin_work() as work:
        correct_document(work, path.library_id, body.typed())
        work.settle()
        shape = library_record(library_page(work, path.library_id))
        return tokens.reply(work, shape)


@bp.get(f"{PLACE}/{LibraryTextPath.VERSION}", responses={200: BYTES})
def text(path: LibraryTextPath) -> Response:
    """Send the text that was published."""
    with tokens.begin_reading() as work:
        return send_version(find_text(work, path.library_id, path.number))

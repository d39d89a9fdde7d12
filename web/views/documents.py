"""The dossier of a case: what it should hold, adding to it, taking files out."""

from collections.abc import Mapping

from flask import Blueprint, Response, g, render_template, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid, Missing
from reviewflow.queries.documents import dossier
from reviewflow.usecases.documents import read_document
from web.files import send_stored
from web.sessions import runtime
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import attach_files, has_files, receive_files

bp = Blueprint("documents", __name__, url_prefix="/cases/<int:case_id>/materials")


@bp.get("")
def index(case_id: int) -> str:
    """Show the dossier."""
    return _page(case_id, {})


@bp.post("")
def add(case_id: int) -> ResponseReturnValue:
    """Add files to the dossier."""
    if not has_files():
        return _page(case_id, {"file": "请先选择要上传的文件。"}), 422
    try:
        uploads = receive_files()
        with begin_work() as work:
            attach_files(work, case_id, uploads)
            answer_with(
                url_for("documents.index", case_id=case_id),
                f"已上传 {len(uploads)} 份材料。",
            )
    except Invalid as error:
        return _page(case_id, error.errors), 422
    return answered()


@bp.get("/<int:document_id>/<int:number>")
def content(case_id: int, document_id: int, number: int) -> Response:
    """Send one version of a document to be kept; that it was read is recorded."""
    with runtime().begin(g.me.id) as work:
        version = read_document(work, document_id, number)
        if version.document.case_id != case_id:
            raise Missing
        name, media_type, sha256 = version.name, version.media_type, version.sha256
    return send_stored(name, media_type, sha256)


def _page(case_id: int, errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        return render_template(
            "documents/index.html",
            page=dossier(work, case_id),
            errors=errors,
            files_lost=bool(errors) and has_files(),
        )

"""The deliberation of one case: what is there for a meeting, and the minutes."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.model.document import Document as DocumentRow
from reviewflow.queries.deliberations import deliberation_page
from reviewflow.usecases.minutes import file_minutes
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import CasePath
from web.api.shapes.deliberations import Deliberation, deliberation_shape
from web.api.shapes.documents import Document
from web.minutes import make_minutes

bp = noun("deliberations")
PLACE = f"/cases/{CasePath.RULE}/deliberation"


@bp.get(PLACE, responses={200: Deliberation})
def show(path: CasePath) -> Response:
    """Show the packet, and what meetings said and decided."""
    with tokens.begin_reading() as work:
        return tokens.show(deliberation_shape(deliberation_page(work, path.case_id)))


@bp.post(f"{PLACE}/minutes", responses={201: Document})
def file(path: CasePath) -> Response:
    """Make the minutes from the record, and put them into the dossier."""
    with tokens.begin_reading() as work:
        upload = make_minutes(work, path.case_id)
    with tokens.begin_work() as work:
        version = file_minutes(work, path.case_id, upload)
        document = work.get(DocumentRow, version.document_id)
        place = flask.url_for(
            "api.documents.content", document_id=document.id, number=version.number
        )
        shape = Document.model_validate(document)
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)

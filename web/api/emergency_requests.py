"""The emergency procedure asked for, with its note."""

from http import HTTPStatus
from typing import BinaryIO, cast

import flask
from flask import Response
from werkzeug.datastructures import FileStorage

from reviewflow.errors import Invalid
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.emergencies import NOTE, ask_emergency
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import CasePath
from web.api.shapes.emergencies import EmergencyRequest, NewEmergencyRequest
from web.sessions import runtime

bp = noun("emergency_requests", files=True)


@bp.post(f"/cases/{CasePath.RULE}/emergency", responses={201: EmergencyRequest})
def ask(path: CasePath, form: NewEmergencyRequest) -> Response:
    """Ask that a matter under way be treated as urgent."""
    if not isinstance(form.emergency_note, FileStorage):
        raise Invalid({NOTE: f"“{NOTE}”应为一个文件。"})
    sent = form.emergency_note
    stream = cast("BinaryIO", sent.stream)
    note = receive_upload(runtime().files, sent.filename or "", stream)
    with tokens.begin_work() as work:
        row = ask_emergency(work, path.case_id, form.reason, note)
        work.settle()
        place = flask.url_for("api.emergencies.find", case_id=path.case_id)
        shape = EmergencyRequest.model_validate(row)
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)

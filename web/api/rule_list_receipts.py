"""Receipts of yearly lists of rules."""

from typing import BinaryIO, cast

from flask import Response
from werkzeug.datastructures import FileStorage

from reviewflow.errors import Invalid
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.rule_lists import keep_receipt
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import RuleListPath
from web.api.shapes.rule_lists import RuleList, RuleListReceipt, rule_list_shape
from web.sessions import runtime

bp = noun("rule_list_receipts", files=True)


@bp.post(f"/rule-lists/{RuleListPath.RULE}/receipt", responses={200: RuleList})
def keep(path: RuleListPath, form: RuleListReceipt) -> Response:
    """Keep what the receiver answered."""
    if not isinstance(form.receipt, FileStorage):
        raise Invalid({"receipt": "“receipt”应为一个文件。"})
    stream = cast("BinaryIO", form.receipt.stream)
    upload = receive_upload(runtime().files, form.receipt.filename or "", stream)
    with tokens.begin_work() as work:
        said = form.received_on.isoformat()
        row = keep_receipt(work, path.rule_list_id, said, upload)
        work.settle()
        return tokens.reply(work, rule_list_shape(row))

"""Post-assessments finished with a report, and the report read again."""

from typing import BinaryIO, cast

from flask import Response
from werkzeug.datastructures import FileStorage

from reviewflow.errors import Invalid
from reviewflow.queries.post_assessments import report_of
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.post_assessments import finish_assessment
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import AssessmentPath
from web.api.shapes.post_assessments import (
    PostAssessment,
    PostAssessmentResult,
    assessment_shape,
)
from web.api.wire import BYTES
from web.files import send_stored
from web.sessions import runtime

bp = noun("assessment_reports", files=True)
PLACE = f"/post-assessments/{AssessmentPath.RULE}"


@bp.post(f"{PLACE}/result", responses={200: PostAssessment})
def finish(path: AssessmentPath, form: PostAssessmentResult) -> Response:
    """Note what it came to, with the report."""
    if not isinstance(form.report, FileStorage):
        raise Invalid({"report": "“report”应为一个文件。"})
    stream = cast("BinaryIO", form.report.stream)
    upload = receive_upload(runtime().files, form.report.filename or "", stream)
    typed = {
        "conclusion": form.conclusion.value,
        "summary": form.summary,
        "next_steps": form.next_steps,
        "done_on": form.done_on.isoformat(),
    }
    with tokens.begin_work() as work:
        row = finish_assessment(work, path.assessment_id, typed, upload)
        work.settle()
        return tokens.reply(work, assessment_shape(row, work.today))


@bp.get(f"{PLACE}/report", responses={200: BYTES})
def content(path: AssessmentPath) -> Response:
    """Send the report."""
    with tokens.begin_reading() as work:
        row = report_of(work, path.assessment_id)
        return send_stored(row.report_name, row.report_type, row.report_sha256)

"""The diagram of a case: where it is, where it was."""

from flask import Blueprint, Response, render_template, request

from reviewflow.queries.diagrams import diagram_file, drawing
from web.signin import begin_reading

bp = Blueprint("diagrams", __name__, url_prefix="/cases/<int:case_id>/diagram")


@bp.get("")
def show(case_id: int) -> str:
    """Show one diagram with marked steps, and the same as a table."""
    with begin_reading() as work:
        page = drawing(work, case_id, request.args.get("of", ""))
        return render_template("diagrams/show.html", page=page)


@bp.get("/<process>.bpmn")
def source(case_id: int, process: str) -> Response:
    """Send the diagram for the viewer to draw."""
    with begin_reading() as work:
        content = diagram_file(work, case_id, process)
    return Response(content, mimetype="application/xml")

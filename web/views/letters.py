"""Letters of a case: as a page in the layout of GB/T 9704, and as a Word file."""

from flask import Blueprint, Response, render_template

from reviewflow.letters.render_docx import render_docx
from reviewflow.queries.letters import letter, letter_page
from web.files import send_made
from web.signin import begin_reading

bp = Blueprint("letters", __name__, url_prefix="/cases/<int:case_id>/letters")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/<name>")
def show(case_id: int, name: str) -> str:
    """Show a letter as it will look on paper."""
    with begin_reading() as work:
        shown = letter_page(work, case_id, name)
        return render_template("letters/show.html", shown=shown, letter=shown.letter)


@bp.get("/<name>.docx")
def download(case_id: int, name: str) -> Response:
    """Give a letter as a Word file under the name people file it by."""
    with begin_reading() as work:
        found = letter(work, case_id, name)
    return send_made(render_docx(found), WORD, found.file_name)

"""Pages on paper: a template and its style sheet as a PDF file."""

from typing import Any

from flask import Response, current_app, render_template

from reviewflow.letters.pdf import to_pdf
from web.files import send_made

PDF = "application/pdf"


def send_paper(template: str, name: str, **facts: Any) -> Response:
    """Send a template as PDF under the name people file it by.

    Raises:
        Unavailable: This machine cannot make any.
    """
    with current_app.open_resource("static/paper.css", "r", encoding="utf-8") as sheet:
        style = sheet.read()
    return send_made(to_pdf(render_template(template, **facts), style), PDF, name)

"""The description of the API, and a page to read it on without a network."""

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory

from web.api import description, tokens

bp = Blueprint("api_docs", __name__)

ASSETS = Path(str(files("flask_openapi3_swagger"))) / "templates" / "swagger"


@bp.get("/api/v1/openapi.json")
def openapi() -> Response:
    """Describe every operation (OpenAPI 3.1)."""
    return Response(description.of_app(), mimetype=tokens.JSON)


@bp.get("/api/docs")
def page() -> str:
    """Show the description to people."""
    return render_template("api/docs.html")


@bp.get("/api/docs/<path:filename>")
def asset(filename: str) -> Response:
    """Send a file of the reader that is bundled with the library."""
    return send_from_directory(ASSETS, filename)

"""Static files under addresses that change with their content."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, send_from_directory

FOLDER = Path(__file__).parent / "static"
FOR_A_YEAR = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Serve `static`; `url_for("static", filename=…)` puts the digest in."""
    app.add_url_rule("/static/<digest>/<path:filename>", "static", serve)

    @app.url_defaults
    def name_the_content(endpoint: str, values: dict[str, str]) -> None:
        if endpoint == "static":
            values.setdefault("digest", digest_of(values["filename"]))


@cache
def digest_of(filename: str) -> str:
    """Return what tells this content from an older one."""
    content = (FOLDER / filename).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def serve(digest: str, filename: str) -> Response:
    """Send a file; only under its own digest may it be kept."""
    response = send_from_directory(FOLDER, filename)
    is_own = digest == digest_of(filename)
    response.headers["Cache-Control"] = FOR_A_YEAR if is_own else "no-cache"
    return response

"""For every page at once: sign-in first, CSRF, trusted hosts, limits, headers."""

import ipaddress
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Unauthorized

from reviewflow.config import Settings
from web import signin
from web.problems import API

PUBLIC = frozenset({"signin.show", "signin.enter", "signin.enter_sample", "static"})
"""Endpoints that need nobody signed in, besides those of public pages."""

PUBLIC_PAGES = "public_"
"""How the names of blueprints begin whose pages are for everybody."""

BEFORE_PASSWORD = PUBLIC | {"signin.password", "signin.set_password", "signin.leave"}
"""Endpoints for somebody who has to change the password first."""

MEGABYTE = 1024 * 1024
LARGEST_BODY = 210 * MEGABYTE
LARGEST_FIELDS = 4 * MEGABYTE
LARGEST_STRANGER = MEGABYTE

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
TLS_ONLY = "max-age=31536000; includeSubDomains"

csrf = CSRFProtect()


def install(app: Flask, settings: Settings, hosts: Sequence[str] = ()) -> None:
    """Stand before every page.

    Args:
        app: The application.
        settings: A demo is reached by plain HTTP, production only by HTTPS.
        hosts: Names under which the site may be called; none: see is_trusted.
    """
    is_secure = not settings.is_demo
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_FIELDS,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_NAME="__Host-reviewflow" if is_secure else "reviewflow",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_secure,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    csrf.init_app(app)

    @app.before_request
    def check_host() -> None:
        if not is_trusted(request.host, hosts, settings):
            abort(400)

    app.before_request(admit)
    app.before_request(check_form)
    app.after_request(harden)


def is_trusted(host: str, hosts: Sequence[str], settings: Settings) -> bool:
    """The site may be called by that name.

    Without a list, production leaves the choice to the server before it; a demo
    answers only to addresses and to localhost, so that no foreign name can be
    pointed at it.
    """
    name = host.rsplit(":", 1)[0].strip("[]").lower()
    if hosts:
        return name in hosts
    return not settings.is_demo or name == "localhost" or _is_address(name)


def admit() -> ResponseReturnValue | None:
    """Let in who is signed in, and anybody to the public pages."""
    g.me = None  # below API there are tokens, and neither sessions nor forms
    if request.path.startswith(API) or request.endpoint == "static":
        return None
    g.me = signin.current_person()
    if g.me is None:
        request.max_content_length = LARGEST_STRANGER
        return None if is_public(request.endpoint or "") else _to_signin()
    if g.me.must_change_password and not is_public(
        request.endpoint or "", BEFORE_PASSWORD
    ):
        return redirect(url_for("signin.password"), 303)
    return None


def is_public(endpoint: str, besides: AbstractSet[str] = PUBLIC) -> bool:
    """The endpoint needs nobody signed in."""
    return endpoint in besides or endpoint.startswith(PUBLIC_PAGES)


def check_form() -> None:
    """Take a form only from a page of ours."""
    if request.method not in {"GET", "HEAD", "OPTIONS"} and not request.path.startswith(
        API
    ):
        csrf.protect()


def harden(response: Response) -> Response:
    """Say on every answer what a browser may do with it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", TLS_ONLY)
    return response


def _to_signin() -> ResponseReturnValue:
    if request.method not in {"GET", "HEAD"}:
        raise Unauthorized
    after = request.full_path.rstrip("?")
    wanted = None if after == "/" else after
    return redirect(url_for("signin.show", next=wanted), 303)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

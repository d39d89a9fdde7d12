"""Signing in and out, and changing one's own password."""

from typing import NamedTuple
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from reviewflow import passwords
from reviewflow.errors import Invalid, Refused
from reviewflow.model.people import Role, Unit
from reviewflow.passwords import Hash
from reviewflow.queries.people import all_people, posts_of
from reviewflow.usecases.people import change_password
from web import sessions, signin
from web.addresses import row_key

bp = Blueprint("signin", __name__)


class Sample(NamedTuple):
    """A person of the sample city, with all posts."""

    id: int
    display_name: str
    roles: tuple[Role, ...]


@bp.get("/signin")
def show() -> ResponseReturnValue:
    """Ask for name and password."""
    if g.me is not None:
        return redirect(_next(), 303)
    return _page()


@bp.post("/signin")
def enter() -> ResponseReturnValue:
    """Check name and password."""
    name = request.form.get("name", "")
    secret = sessions.open_session(name, request.form.get("password", ""))
    if isinstance(secret, Refused):
        return _page(name=name, errors={"name": secret.message}), 422
    return _go_in(secret)


@bp.post("/signin/sample")
def enter_sample() -> ResponseReturnValue:
    """Sign in as a sample person; only in a demo."""
    if not current_app.config["IS_DEMO"]:
        abort(404)
    user_id = request.form.get("user_id", 0, row_key)
    return _go_in(sessions.open_sample_session(user_id))


@bp.post("/signout")
def leave() -> ResponseReturnValue:
    """End the session here and on the server."""
    signin.leave()
    flash("您已退出。")
    return redirect(url_for("signin.show"), 303)


@bp.post("/signin/extend")
def extend() -> ResponseReturnValue:
    """Be a click, so that the session does not grow idle."""
    return "", 204


@bp.get("/password")
def password() -> str:
    """Ask for a new password."""
    return render_template("signin/password.html", errors={})


@bp.post("/password")
def set_password() -> ResponseReturnValue:
    """Take a new password."""
    new, again = request.form.get("password", ""), request.form.get("again", "")
    try:
        accepted = _accepted(new, again)
        with signin.begin_work() as work:
            change_password(work, accepted)
            signin.answer_with("/", "密码已修改，请用新密码登录。")
    except Invalid as error:
        return render_template("signin/password.html", errors=error.errors), 422
    return signin.answered()


def _go_in(secret: str) -> Response:
    after = _next()
    signin.enter(secret)
    return redirect(after, 303)


def _page(name: str = "", errors: dict[str, str] | None = None) -> str:
    return render_template(
        "signin/show.html",
        samples=_samples() if current_app.config["IS_DEMO"] else {},
        after=_next(),
        name=name,
        errors=errors or {},
    )


def _samples() -> dict[str, list[Sample]]:
    """Return the sample people under the unit in which they serve."""
    found: dict[Unit, list[Sample]] = {}
    with sessions.runtime().read(None) as work:
        for user in all_people(work):
            posts = posts_of(work, user) if user.is_active else []
            units = sorted({post.unit for post in posts}, key=_official_order)
            if units:
                roles = tuple(dict.fromkeys(post.role for post in posts))
                sample = Sample(user.id, user.display_name, roles)
                found.setdefault(units[0], []).append(sample)
        return {unit.name: found[unit] for unit in sorted(found, key=_official_order)}


def _official_order(unit: Unit) -> tuple[int, int]:
    return unit.position, unit.id


def _accepted(new: str, again: str) -> Hash:
    if new != again:
        raise Invalid({"again": "两次输入的密码不一致，请重新输入。"})
    return passwords.accepted(new, g.me.name)


def _next() -> str:
    """Return the address to go on to, if it is one of ours."""
    wanted = request.values.get("next", "/")
    parts = urlsplit(wanted)
    is_path = wanted.startswith("/") and not wanted.startswith("//")
    is_plain = "\\" not in wanted and wanted.isprintable() and not parts.netloc
    return wanted if is_path and is_plain else "/"

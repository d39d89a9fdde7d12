from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Blueprint, Flask, render_template_string, request
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue

from reviewflow.config import Settings
from reviewflow.errors import Conflict, Invalid, Missing, Refused, Unavailable
from reviewflow.model.people import User
from reviewflow.usecases.people import audit
from reviewflow.usecases.signins import make_token
from reviewflow.work import Runtime
from tests.pages import new_app
from tests.web.program import Program, Programs
from web.signin import answer_with, answered, begin_reading, begin_work

FAILURES = {
    error.__name__: error
    for error in (Conflict, Invalid, Missing, Refused, Unavailable)
}
FORM = """{% extends "layout.html" %}{% from "macros.html" import hidden %}
{% block main %}<form method="post">{{ hidden() }}</form>
{{ page }}{{ person }}{{ counts }}{{ now }}{{ roles }}{{ owed }}{% endblock %}"""

OWN_WORDS = dict.fromkeys(("page", "person", "counts", "now", "roles", "owed"), "甲")
"""What a page may call its own things, without the frame taking offence."""

MakeApp = Callable[..., Flask]


def trial_pages() -> Blueprint:
    """Pages that do what pages do: read, write once, fail."""
    bp = Blueprint("trial", __name__, url_prefix="/trial")

    @bp.get("/form")
    def show() -> str:
        with begin_reading():
            return render_template_string(FORM, **OWN_WORDS)

    @bp.post("/form")
    def take() -> ResponseReturnValue:
        with begin_work() as work:
            audit(work, "trial", request.form["text"])
            answer_with("/trial/form?done", "已办理。")
        return answered()

    @bp.route("/fails/<name>", methods=["GET", "POST"])
    def fail(name: str) -> str:
        if name in FAILURES:
            raise FAILURES[name]
        raise ZeroDivisionError(name)

    return bp


@pytest.fixture
def make_app(settings: Settings, runtime: Runtime) -> MakeApp:
    """Make the pages with trial pages, in a mode."""

    def make(env: str = "production") -> Flask:
        app = new_app(replace(settings, env=env), runtime)
        app.register_blueprint(trial_pages())
        return app

    return make


@pytest.fixture
def trial(make_app: MakeApp) -> FlaskClient:
    """A browser on an installation in production, with trial pages."""
    return make_app().test_client()


@pytest.fixture
def demo(make_app: MakeApp) -> FlaskClient:
    """A browser on a demo, with trial pages."""
    return make_app("demo").test_client()


@pytest.fixture
def programs(app: Flask, runtime: Runtime) -> Programs:
    """Programs with tokens, each acting as one person."""

    def program(user_id: int) -> Program:
        with runtime.begin(None) as work:
            token = make_token(work, work.session.get_one(User, user_id).name)
        return Program(app.test_client(), token)

    return program

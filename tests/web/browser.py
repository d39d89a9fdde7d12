"""A browser without script: signs in, finds the tokens of a page, sends forms."""

import re
from collections.abc import Mapping

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cast import PASSWORD


def token(client: FlaskClient, path: str = "/signin") -> str:
    """Return the CSRF token of a page."""
    return hidden(client.get(path).text, "csrf_token")


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"{name} is not on the page"
    return found[1]


def sign_in(
    client: FlaskClient, name: str, password: str = PASSWORD, after: str = "/"
) -> TestResponse:
    """Sign in by name and password."""
    form = {"csrf_token": token(client), "name": name, "password": password}
    return client.post("/signin", data={**form, "next": after})


def send(
    client: FlaskClient, page: str, answers: Mapping[str, object], to: str = ""
) -> TestResponse:
    """Fill in the form of a page and send it."""
    text = client.get(page).text
    form: dict[str, object] = {**answers}
    for name in ("csrf_token", "submit_key"):
        form[name] = hidden(text, name)
    return client.post(to or page, data=form)

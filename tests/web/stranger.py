"""Somebody without an account, with a browser without script."""

import time_machine
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.asking import FEE
from tests.web.browser import hidden

SECONDS = 30
TYPED = {"clause": "第八条", "text": FEE, "sender": "PUBLIC", "name": "朱红梅"}


def opened(client: FlaskClient, page: str) -> dict[str, str]:
    """Open the form and return what it hides."""
    text = client.get(page).text
    return {n: hidden(text, n) for n in ("csrf_token", "submit_key", "opened_at")}


def comment(
    client: FlaskClient, now: time_machine.Traveller, page: str, **typed: str
) -> TestResponse:
    """Open the form, take one's time and send it."""
    form = opened(client, page)
    now.shift(SECONDS)
    return client.post(page, data={**TYPED, **form, **typed})

"""An official's desk: signs in as one person of the cast and uses pages of work."""

import io
import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviewflow.model.case import Task
from tests.cast import Cast
from tests.steps import As, bring_to, new_case, open_steps, waiting, word_file
from tests.web.browser import hidden, sign_in

LINK = re.compile(r'(?:href|action)="(/[^"#]*)')


class Desk:
    """A browser without script, signed in as one person."""

    def __init__(self, app: Flask, name: str) -> None:
        """Sign in."""
        self.client: FlaskClient = app.test_client()
        sign_in(self.client, name)

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def status(self, path: str) -> int:
        """Open a page, or a file, and say how that went."""
        with self.client.get(path) as answer:
            return answer.status_code

    def content(self, path: str) -> bytes:
        """Return the bytes of a file that has to be there."""
        with self.client.get(path) as answer:
            assert answer.status_code == 200, (path, answer.status_code)
            return answer.get_data()

    def page(self, path: str) -> str:
        """Return the text of a page that has to be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return unescape(answer.text)

    def send(
        self, page: str, answers: Mapping[str, object], to: str = ""
    ) -> TestResponse:
        """Fill in a form of a page and send it."""
        text = self.client.get(page).text
        names = ["csrf_token", "submit_key"]
        names += ["task_version"] if 'name="task_version"' in text else []
        form = {name: hidden(text, name) for name in names} | dict(answers)
        return self.client.post(to or page, data=form)

    def links(self, path: str) -> set[str]:
        """Return the addresses of our own that a page leads to."""
        return {unescape(link) for link in LINK.findall(self.get(path).text)}


def file(name: str, text: str = "第一条 为了规范停车。") -> tuple[io.BytesIO, str]:
    """Return a Word file as a form sends it."""
    return io.BytesIO(word_file(text)), name


def place(answer: TestResponse) -> str:
    """Return where an answer leads."""
    assert answer.status_code == 303, answer.status_code
    return urlsplit(answer.headers["Location"]).path


def task_at(as_: As, cast: Cast, step: str, **answers: Any) -> str:
    """Bring a new case to a step and return the address of its task."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, step, **answers)
    return f"/tasks/{waiting(as_, case_id, step)}"


def step_of(as_: As, task: str) -> list[str]:
    """Return the steps the case of a task waits at."""
    with as_(None) as work:
        case_id = work.get(Task, int(task.rsplit("/", 1)[1])).case_id
    return open_steps(as_, case_id)

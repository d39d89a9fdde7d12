"""A program with a token: asks, sends, uploads."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.steps import word_file

ROOT = "/api/v1"


@dataclass(frozen=True)
class Program:
    """Acts as one person; paths are those below /api/v1."""

    client: FlaskClient
    token: str

    def headers(self, key: str | None = None) -> dict[str, str]:
        found = {"Authorization": f"Bearer {self.token}"}
        return found if key is None else found | {"Idempotency-Key": key}

    def get(self, path: str, **query: Any) -> TestResponse:
        asked = query or None
        return self.client.get(
            address(path), query_string=asked, headers=self.headers()
        )

    def post(self, path: str, body: Any = None, key: str | None = None) -> TestResponse:
        return self.client.post(address(path), json=body, headers=self.headers(key))

    def send(self, path: str, key: str | None = None, **form: Any) -> TestResponse:
        return self.client.post(
            address(path),
            data=form,
            headers=self.headers(key),
            content_type="multipart/form-data",
        )

    def upload(
        self, case_id: int, role: str, text: str = "正文", key: str | None = None
    ) -> TestResponse:
        file = (io.BytesIO(word_file(text)), f"{role}.docx")
        return self.send(f"/cases/{case_id}/documents", key, role=role, file=file)

    def complete(
        self, task_id: int, answers: dict[str, Any], version: int = 1
    ) -> TestResponse:
        body = {"answers": answers, "task_version": version}
        return self.post(f"/tasks/{task_id}/complete", body)


Programs = Callable[[int], Program]


def address(path: str) -> str:
    """Return the whole path; `next` gives whole ones already."""
    return path if path.startswith("/api/") else ROOT + path


def sentence(answer: TestResponse, status: int) -> str:
    """Return the detail of a problem after looking at its form."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    problem = answer.json
    assert problem is not None
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert not problem["detail"].isascii(), "a Chinese sentence"
    assert status != HTTPStatus.UNPROCESSABLE_ENTITY or problem["errors"]
    return str(problem["detail"])


def fields(answer: TestResponse) -> dict[str, str]:
    """Return the sentences of a 422 by field."""
    assert answer.status_code == 422, answer.text
    assert answer.json is not None
    return {one["field"]: one["message"] for one in answer.json["errors"]}


def body(answer: TestResponse, status: int = 200) -> dict[str, Any]:
    """Return what was answered."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/json"
    found: dict[str, Any] = answer.get_json()
    return found

"""A scripted client: drives cases through the API, and never gives up."""

import http.client
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.cast import PEOPLE, Cast
from tests.faults.ledger import Ledger
from tests.faults.server import Server
from tests.steps import ANSWERS, START, word_file
from tests.steps import PEOPLE as USUAL_PEOPLE

DONE = (200, 201)
AGAIN = (503,)
BOUNDARY = "between-the-parts"
PATIENCE_SECONDS = 120


@dataclass(slots=True)
class Driver:
    """One client with the tokens of all; acts for whoever's turn it is."""

    name: str
    server: Server
    tokens: Mapping[str, str]
    cast: Cast
    ledger: Ledger
    stop: threading.Event
    acts: int = 0

    def run(self) -> None:
        """Drive one case after the other until told to stop."""
        while not self.stop.is_set():
            fields = {
                "kind": "normative_document",
                "title": f"六安市停车设施管理办法{self.name}-{self.acts}",
                "unit_id": self.cast.units["housing"],
                "fields": START,
            }
            case = self.post("drafter", "/cases", fields)
            while case["open_tasks"] and not self.stop.is_set():
                case = self.do(case["open_tasks"][0])

    def do(self, task: Mapping[str, Any]) -> Any:
        """Do a task as somebody who may, with what it asks for."""
        who = self._doer(task)
        asked = self.get(who, f"/tasks/{task['id']}")
        if asked["closed_at"] is None:
            for need in asked["documents_required"]:
                if not need["is_there"]:
                    self.upload(who, task["case_id"], need["role"])
        answers = dict(ANSWERS.get(task["step"], {}))
        if task["step"] == "register_number":
            answers["doc_number"] = f"六政〔2026〕{task['id']}号"
        for name in asked["form"]["properties"]:
            if name in USUAL_PEOPLE:
                answers[name] = self.cast.people[USUAL_PEOPLE[name]]
        sent = {"answers": answers, "task_version": task["version"]}
        return self.post(who, f"/tasks/{task['id']}/complete", sent)

    def upload(self, who: str, case_id: int, role: str) -> None:
        """Put a small Word file into the dossier."""
        field = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
        lines = [
            f'{field}role"\r\n\r\n{role}\r\n'.encode(),
            f'{field}file"; filename="{role}.docx"\r\n\r\n'.encode(),
            word_file(role),
            f"\r\n--{BOUNDARY}--\r\n".encode(),
        ]
        sort = f"multipart/form-data; boundary={BOUNDARY}"
        self._send(who, f"/cases/{case_id}/documents", b"".join(lines), sort)

    def post(self, who: str, path: str, sent: Mapping[str, Any]) -> Any:
        """Send JSON once and only once, however often it takes."""
        return self._send(who, path, json.dumps(sent).encode(), "application/json")

    def get(self, who: str, path: str) -> Any:
        """Read something; reading may be repeated."""
        return self._insist("GET", path, {"Authorization": self._bearer(who)}, None)

    def _send(self, who: str, path: str, body: bytes, sort: str) -> Any:
        self.acts += 1
        key = f"{self.name}-{self.acts}"
        headers = {
            "Authorization": self._bearer(who),
            "Content-Type": sort,
            "Idempotency-Key": key,
        }
        answer = self._insist("POST", path, headers, body, key)
        self.ledger.after(key, [path, answer])
        return answer

    def _insist(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes | None,
        key: str = "",
    ) -> Any:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if key:
                self.ledger.before(key)
            try:
                answer = self.server.send(method, f"/api/v1{path}", headers, body)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)  # the server is dead; it will be back
                continue
            if answer.status not in AGAIN:
                assert answer.status in DONE, f"{path}: {answer.status} {answer.body}"
                return answer.body
        raise AssertionError(f"{path} was never answered")

    def _bearer(self, who: str) -> str:
        return f"Bearer {self.tokens[who]}"

    def _doer(self, task: Mapping[str, Any]) -> str:
        if task["assignee"] is not None:
            return str(task["assignee"]["name"]).replace(".", "_")
        post = (task["role"], task["unit"]["id"])
        return next(
            who
            for who, (_name, posts) in PEOPLE.items()
            if post in [(role, self.cast.units[unit]) for role, unit in posts]
        )

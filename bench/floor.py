"""The floor: a bare Flask application around plain SpiffWorkflow.

No people, no rights, no journal, no deadlines: a case is one row of SQLite with
the library's own JSON in it, and completing a task writes that row once.
"""

import argparse
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import waitress
from flask import Flask, request
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.util.task import TaskState

from bench.positions import Plain, Shelf, plain_engine, plain_serializer
from bench.twelve import DIAGRAM, KEY
from reviewflow.storage.database import PRAGMAS

SELECT = "SELECT state FROM bare_case WHERE id = ?"
UPDATE = "UPDATE bare_case SET state = ?, version = version + 1 WHERE id = ?"
INSERT = "INSERT INTO bare_case (state, version) VALUES (?, 1)"
TABLE = (
    "CREATE TABLE IF NOT EXISTS bare_case"
    " (id INTEGER PRIMARY KEY, version INTEGER, state TEXT)"
)


class Store:
    """One connection for each thread, with the settings of the product."""

    def __init__(self, path: Path) -> None:
        """Make the table."""
        self._path, self._own = path, threading.local()
        self.connection().execute(TABLE)

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        opened: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if opened is None:
            opened = sqlite3.connect(self._path, isolation_level=None)
            for pragma in PRAGMAS:
                opened.execute(f"PRAGMA {pragma}")
            self._own.connection = opened
        return opened


def create_floor(path: Path, begin_case: Callable[[], BpmnWorkflow]) -> Flask:
    """Return the application on a database file, for one process."""
    app, store, serializer = Flask(__name__), Store(path), plain_serializer()

    @app.get("/ready")
    def ready() -> dict[str, Any]:
        return {}

    @app.post("/cases")
    def begin() -> dict[str, Any]:
        workflow = begin_case()
        state = serializer.serialize_json(workflow)
        row = store.connection().execute(INSERT, [state])
        return {"id": row.lastrowid, "open_tasks": _open(workflow)}

    @app.post("/cases/<int:case_id>/tasks/<task_id>/complete")
    def complete(case_id: int, task_id: str) -> dict[str, Any]:
        answers = request.get_json()["answers"]
        connection = store.connection()
        connection.execute("BEGIN IMMEDIATE")
        state = connection.execute(SELECT, [case_id]).fetchone()[0]
        workflow = serializer.deserialize_json(state)
        workflow.script_engine = plain_engine()
        task = next(t for t in _waiting(workflow) if str(t.id) == task_id)
        task.data.update(answers)
        task.run()
        workflow.do_engine_steps()
        connection.execute(UPDATE, [serializer.serialize_json(workflow), case_id])
        connection.execute("COMMIT")
        return {"id": case_id, "open_tasks": _open(workflow)}

    return app


def twelve_tasks() -> Callable[[], BpmnWorkflow]:
    """Return what begins a case of twelve tasks in a row."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_xml(etree.fromstring(DIAGRAM.encode()))
    spec = parser.get_spec(KEY)

    def begin() -> BpmnWorkflow:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        return workflow

    return begin


def shipped_kind() -> Callable[[], BpmnWorkflow]:
    """Return what begins a case of the shipped kind."""
    shelf = Shelf()
    return lambda: Plain(shelf).inner


KINDS = {"twelve": twelve_tasks, "shipped": shipped_kind}


def _waiting(workflow: BpmnWorkflow) -> list[Any]:
    return list(workflow.get_tasks(state=TaskState.READY, manual=True))


def _open(workflow: BpmnWorkflow) -> list[dict[str, Any]]:
    return [
        {"id": str(task.id), "step": task.task_spec.bpmn_id}
        for task in _waiting(workflow)
    ]


def main() -> None:
    """Serve it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--kind", choices=KINDS, required=True)
    chosen = parser.parse_args()
    app = create_floor(chosen.database, KINDS[chosen.kind]())
    waitress.serve(app, host="127.0.0.1", port=chosen.port, threads=chosen.threads)


if __name__ == "__main__":
    main()

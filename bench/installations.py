"""An installation of the product to measure, with the cast of the tests in it."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.positions import AGAIN, BACK
from reviewflow import runtime as runtimes
from reviewflow.config import Settings
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Runtime, Work
from tests import steps
from tests.cast import Cast, engage
from tests.conftest import NOON_MONDAY


@dataclass(frozen=True, slots=True)
class Installation:
    """A prepared data folder, opened."""

    settings: Settings
    runtime: Runtime
    cast: Cast

    def as_(
        self, user_id: int | None, at: datetime = NOON_MONDAY
    ) -> AbstractContextManager[Work]:
        """Open writing work as somebody, on the Monday of the tests."""
        return self.runtime.begin(user_id, at)


@contextmanager
def installation() -> Iterator[Installation]:
    """Give a new installation, and take it away again."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'reviewflow.db'}"
        settings = Settings(folder, url, secrets.token_urlsafe(32), "production")
        runtime = runtimes.prepare(settings)
        yield Installation(settings, runtime, engage(runtime))
        runtime.engine.dispose()


class Returning:
    """A case that is sent back and brought again through the use case."""

    def __init__(self, place: Installation) -> None:
        """Bring a new case to the middle of its way."""
        self._place = place
        self._case_id = steps.new_case(place.as_, place.cast)
        steps.bring_to(place.as_, place.cast, self._case_id, "unit_legal_review")

    def next(self) -> tuple[int, int, dict[str, Any]]:
        """Return the task that waits, who may do it, and what is answered."""
        as_, case_id = self._place.as_, self._case_id
        step = steps.open_steps(as_, case_id)[0]
        task_id = steps.waiting(as_, case_id, step)
        answers = steps.ANSWERS[AGAIN]
        if step != AGAIN:
            answers = {**BACK, "reason": steps.TEXT}
        return task_id, steps.doer(as_, task_id), answers

    def complete(self, task_id: int, user_id: int, answers: dict[str, Any]) -> int:
        """Complete one task in its own transaction."""
        with self._place.as_(user_id) as work:
            complete_task(work, task_id, answers)
        return 1


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    """Give the list that fills with every statement sent meanwhile."""
    sent: list[str] = []

    def note(*details: Any) -> None:
        sent.append(details[2])

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)

"""What a page costs the server, and how many statements a completion takes."""

from typing import Any

from flask.testing import FlaskClient

from bench.installations import Installation, Returning, counted
from bench.reports import Report
from bench.timings import Sample, median, once
from reviewflow.model.people import User
from reviewflow.usecases.signins import make_token
from tests.web.browser import hidden, sign_in
from web import create_app

GET, POST = "task page, GET", "task page, POST"
WARM_UP = 3
SEE_OTHER = 303


def measure_pages(report: Report, place: Installation, rounds: int) -> None:
    """Answer the form of the shipped kind as a browser does, without a network."""
    official = _Official(place)
    for _ in range(WARM_UP):
        official.answer()
    for _ in range(rounds):
        got, posted = official.answer()
        report.samples.setdefault(GET, []).append(got)
        report.samples.setdefault(POST, []).append(posted)
    for name in (GET, POST):
        figure = median([one.wall_ms for one in report.samples[name]])
        report.add(f"{name}, server time, p50", figure, "ms", 15)
    _count(report, place)


class _Official:
    """Whoever is next in a case that goes back and forth, signed in."""

    def __init__(self, place: Installation) -> None:
        self._place, self._case = place, Returning(place)
        self._app = create_app(place.settings, place.runtime)
        self._browsers: dict[int, FlaskClient] = {}

    def answer(self) -> tuple[Sample, Sample]:
        """Read the page and send its form; return what each cost."""
        task_id, user_id, answers = self._case.next()
        browser, path = self._browser(user_id), f"/tasks/{task_id}"
        pages: list[Any] = []

        def read() -> int:
            pages.append(browser.get(path))
            return 1

        def send() -> int:
            pages.append(browser.post(path, data=form))
            return 1

        got = once(read)
        form = dict(answers)
        for name in ("csrf_token", "submit_key", "task_version"):
            form[name] = hidden(pages[0].text, name)
        posted = once(send)
        if pages[1].status_code != SEE_OTHER:
            raise RuntimeError(f"{path}: {pages[1].status}")
        return got, posted

    def _browser(self, user_id: int) -> FlaskClient:
        if user_id not in self._browsers:
            with self._place.as_(None) as work:
                name = work.get(User, user_id).name
            self._browsers[user_id] = self._app.test_client()
            sign_in(self._browsers[user_id], name)
        return self._browsers[user_id]


def _count(report: Report, place: Installation) -> None:
    """Count the statements of one completion over the API, all of them."""
    case, app = Returning(place), create_app(place.settings, place.runtime)
    for _ in range(2):
        task_id, user_id, answers = case.next()
        with place.as_(None) as work:
            token = make_token(work, work.get(User, user_id).name)
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"{task_id}"}
        sent = {"answers": answers, "task_version": 1}
        path = f"/api/v1/tasks/{task_id}/complete"
        with counted(place.runtime.engine) as statements:
            app.test_client().post(path, json=sent, headers=headers)
        report.add("statements of one API completion", len(statements), "")

"""What the frame around every page shows: who, where one can go, how much is owed."""

from collections.abc import Mapping

from flask import Flask, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from reviewflow import clock
from reviewflow.config import Settings
from reviewflow.letters.pdf import NOT_INSTALLED, makes_pdf
from reviewflow.queries import reports
from reviewflow.queries.inbox import count_open
from reviewflow.work import Work
from web import sessions

BELOW = {
    "/inbox": ("/tasks/",),
    "/people": ("/people/", "/units"),
    "/rules": ("/rules/", "/calendar", "/deadlines"),
    "/statistics": ("/statistics/", "/bulletins"),
    "/items": ("/items/", "/rosters"),
    "/library": ("/library/", "/cleanups", "/post-assessments"),
}
"""Where the pages below an entry are, if not only under its own address."""


def install(app: Flask, settings: Settings) -> None:
    """Give the layout what it shows."""
    app.config["IS_DEMO"] = settings.is_demo
    app.config["MOST_EXPORTED"] = settings.most_exported
    app.config["MOST_TRIED"] = settings.most_tried
    app.jinja_env.globals.update(
        is_demo=settings.is_demo,
        is_here=is_here,
        me=sessions.me,
        made_at=clock.now,
        makes_pdf=makes_pdf,
        pdf_not_installed=NOT_INSTALLED,
        owed_counts=owed_counts,
        reads_reports=reads_reports,
        way_to=way_to,
    )


def way_to(path: str) -> str | None:
    """Return the address of a page, none if there is no such page here."""
    adapter = current_app.create_url_adapter(request)
    try:
        if adapter is not None:
            adapter.match(path, "GET")
    except RequestRedirect:
        return request.script_root + path
    except HTTPException:
        return None
    return request.script_root + path


def is_here(entry: str) -> bool:
    """This page is that of the entry of the list, or one below it."""
    path, _, fixed = entry.partition("?")
    if request.path == path:
        return True
    below = BELOW.get(path, (f"{path}/",))
    return path != "/" and not fixed and request.path.startswith(below)


def owed_counts() -> Mapping[str, int]:
    """Return how much waits for who is signed in, by entry of the list.

    A page of a failure shows none: what failed may be the database.
    """
    person = sessions.me()
    if person is None or g.get("failed"):
        return {}
    work: Work | None = g.get("work")
    if work is not None:
        return _counts(work)
    with sessions.runtime().read(person.id) as work:
        return _counts(work)


def reads_reports() -> bool:
    """Whoever is signed in reads the yearly reports of some government."""
    person = sessions.me()
    if person is None or g.get("failed"):
        return False
    work: Work | None = g.get("work")
    if work is not None:
        return reports.reads_reports(work)
    with sessions.runtime().read(person.id) as work:
        return reports.reads_reports(work)


def _counts(work: Work) -> Mapping[str, int]:
    return {"inbox": count_open(work)}

"""The due dates of one person, for a calendar program that cannot sign in."""

from flask import Blueprint, Response, request

from reviewflow.queries.calendar_feeds import due_days
from reviewflow.usecases.calendar_feeds import calendar_feed_user
from web.sessions import runtime

bp = Blueprint("public_calendar_feeds", __name__, url_prefix="/calendar")
CALENDAR = "text/calendar; charset=utf-8"


@bp.get("/<token>.ics")
def show(token: str) -> Response:
    """Tell what whoever made the address has to do by when; it cannot be guessed."""
    from web.ical import calendar_file  # noqa: PLC0415 # large, and seldom needed

    with runtime().read(None) as work:
        user_id = calendar_feed_user(work, token)
    with runtime().read(user_id) as work:
        root = request.url_root.rstrip("/")
        content = calendar_file(due_days(work), root, request.host, work.now)
    return Response(content, content_type=CALENDAR)

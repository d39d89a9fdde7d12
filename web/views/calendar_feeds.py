"""日历订阅: the address at which one's own calendar reads due dates."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from reviewflow.queries.calendar_feeds import due_days, feed_made_at
from reviewflow.usecases.calendar_feeds import end_calendar_feed, renew_calendar_feed
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("calendar_feeds", __name__, url_prefix="/me/calendar")


@bp.get("")
def show() -> str:
    """Show whether there is an address, and what it tells."""
    return _page()


@bp.post("")
def renew() -> str:
    """Make a new address and show it, this once."""
    with begin_work() as work:
        secret = renew_calendar_feed(work)
        answer_with(url_for("calendar_feeds.show"), "订阅地址已经生成，只显示一次。")
    return _page(secret)


@bp.post("/end")
def end() -> ResponseReturnValue:
    """Let the address answer nobody any more."""
    with begin_work() as work:
        end_calendar_feed(work)
        answer_with(url_for("calendar_feeds.show"), "已停止订阅，原来的地址不再可用。")
    return answered()


def _page(secret: str = "") -> str:
    with begin_reading() as work:
        return render_template(
            "calendar_feeds/show.html",
            since=feed_made_at(work),
            days=due_days(work),
            secret=secret,
        )

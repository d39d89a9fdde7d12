"""The workbench, what is to be done, and what was done."""

import re

from flask import Blueprint, render_template, request

from reviewflow.queries.dashboard import workbench
from reviewflow.queries.done import Month, done_tasks
from reviewflow.queries.inbox import open_tasks
from reviewflow.queries.kinds import kind_titles
from reviewflow.usecases.cases import can_be_withdrawn
from web.charts import bar_chart
from web.signin import begin_reading

bp = Blueprint("inbox", __name__)
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@bp.get("/")
def home() -> str:
    """Show what is owed, by when, and what has moved."""
    with begin_reading() as work:
        page = workbench(work)
        chart = bar_chart(
            [f"{count.month.number}月" for count in page.months],
            [count.done for count in page.months],
            [count.late for count in page.months],
        )
        return render_template("inbox/home.html", page=page, chart=chart)


@bp.get("/inbox")
def index() -> str:
    """List what is to be done."""
    asked = request.args
    with begin_reading() as work:
        page = open_tasks(
            work,
            state=asked.get("state", ""),
            text=asked.get("q", ""),
            kind=asked.get("kind", ""),
            page=asked.get("page", 1, int),
        )
        kinds = kind_titles(work)
        return render_template("inbox/index.html", page=page, kinds=kinds)


@bp.get("/done")
def done() -> str:
    """List what was done."""
    asked = request.args
    month = MONTH.fullmatch(asked.get("month", ""))
    with begin_reading() as work:
        page = done_tasks(
            work,
            text=asked.get("q", ""),
            month=Month(int(month[1]), int(month[2])) if month else None,
            page=asked.get("page", 1, int),
            all_=asked.get("since") == "all",
        )
        return render_template(
            "inbox/done.html", page=page, can_be_withdrawn=can_be_withdrawn
        )

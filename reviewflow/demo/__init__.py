"""The sample city: everything in it came about through the use cases."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import chain, cycle, islice
from typing import Any

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.channels import InsideChannel
from reviewflow.demo.bulletins import reported
from reviewflow.demo.catalogues import kept
from reviewflow.demo.filing_reviews import reviewed
from reviewflow.demo.meetings import held
from reviewflow.demo.player import Player
from reviewflow.demo.post_assessments import assessed
from reviewflow.demo.reconciliations import reconciled
from reviewflow.demo.reports import written
from reviewflow.demo.roster import PASSWORD, read_data, settle
from reviewflow.demo.timeline import Act, told, under_way
from reviewflow.demo.unit_terms import entered
from reviewflow.demo.upkeep import kept_up
from reviewflow.errors import Conflict
from reviewflow.law.calendar import WorkCalendar
from reviewflow.model.people import User
from reviewflow.usecases.delivery import deliver_outbox
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime

LAST_HOUR = 23
FOUNDED = date(2025, 1, 2)
SHOWN = (
    "lin.xiao",
    "feng.jing",
    "zhao.min",
    "qian.li",
    "xu.bei",
    "sheng.cha",
    "guan.li",
)


def load_sample_city(
    runtime: Runtime, as_of: date, cases: int | None, say: Callable[[str], None]
) -> list[str]:
    """Load the sample city as it stands on a day.

    Args:
        runtime: An installation without people.
        as_of: The day; what happens later has not happened yet.
        cases: How many matters are under way; a dozen by default.
        say: Takes a sentence on how far it is.

    Returns:
        Lines that tell how to sign in.

    Raises:
        Conflict: There are people in the database already.
    """
    with runtime.read(None) as work:
        if work.session.scalar(sa.select(User.id).limit(1)) is not None:
            raise Conflict("数据库中已有用户，示例数据只能装入空库。")
    say("正在建立示例机构和人员……")
    roster = settle(runtime, clock.beijing_instant(FOUNDED))
    player = Player(runtime, roster)
    running = _running(cases)
    acts = _acts(player, running, as_of, runtime.lawbooks.shipped.calendar)
    now = _evening(as_of)
    _play(runtime, [act for act in acts if act.at <= now], say)
    fire_due_timers(runtime, now)
    deliver_outbox(runtime, InsideChannel(), now)
    say("示例城市已就绪。")
    return _sign_ins()


def _acts(
    player: Player, running: list[dict[str, Any]], as_of: date, calendar: WorkCalendar
) -> list[Act]:
    """Return everything that ever happened in the city, in its order."""
    return sorted(
        chain(
            told(player, read_data("documents.yaml")),
            told(player, read_data("decisions.yaml")),
            told(player, read_data("rules.yaml")),
            told(player, read_data("other_matters.yaml")),
            kept(player, read_data("catalogues.yaml")),
            held(player, read_data("meetings.yaml")),
            reviewed(player, read_data("filing_reviews.yaml")),
            kept_up(player, read_data("upkeep.yaml")),
            entered(player, read_data("unit_terms.yaml")),
            assessed(player, read_data("post_assessments.yaml")),
            reported(player, read_data("bulletins.yaml")),
            written(player, read_data("reports.yaml")),
            reconciled(player, read_data("reconciliations.yaml")),
            under_way(player, running, as_of, calendar),
        )
    )


def _evening(as_of: date) -> datetime:
    """Return the last instant to be told; today is not over yet."""
    present = clock.now()
    today = clock.beijing_date(present)
    return present if as_of == today else clock.beijing_instant(as_of, LAST_HOUR)


def _running(cases: int | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_data("running.yaml")
    if cases is None:
        return rows
    return [
        row | {"title": f"{row['title']}（{place // len(rows) + 1}）"}
        if place >= len(rows)
        else row
        for place, row in enumerate(islice(cycle(rows), cases))
    ]


def _play(runtime: Runtime, acts: list[Act], say: Callable[[str], None]) -> None:
    before: datetime | None = None
    for done, act in enumerate(acts):
        if before is None or clock.beijing_date(act.at) != clock.beijing_date(before):
            fire_due_timers(runtime, act.at)
        act.do(act.at)
        before = act.at
        if done % 100 == 0:
            say(f"正在办理示例事项：{done}/{len(acts)}")


def _sign_ins() -> list[str]:
    people = read_data("people.yaml")
    rows = [f"{name}　{people[name][0]}" for name in SHOWN]
    return [f"示例用户（密码均为 {PASSWORD}）：", *rows]

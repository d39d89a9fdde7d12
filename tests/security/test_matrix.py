"""Every route, every role, one's own and what is not."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from flask import Flask

from tests.cast import Cast
from tests.security.knocks import MISSING, Caller, Knock, address, routes
from tests.security.world import FORMER, World

TABLE = Path(__file__).with_name("matrix.yaml")
COLUMNS = (
    *("drafter", "other_drafter", "handler", "filing_reviewer"),
    *("auditor", "admin", "anonymous", FORMER),
)
CASE_IDS = ("case_id", "task_id", "document_id", "filing_id", "deadline_id", "job_id")
ELSEWHERE = ("published_id", "registering_id", "filing_task_id")


@cache
def matrix() -> dict[str, list[int]]:
    """Return what each route gives, by column."""
    rows: dict[str, str] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {route: [int(code) for code in row.split()] for route, row in rows.items()}


def test_every_route_has_a_row_and_every_row_a_route(world_app: Flask) -> None:
    assert set(routes(world_app)) == set(matrix())


@pytest.mark.parametrize("who", COLUMNS)
def test_everybody_gets_what_is_declared(
    world_app: Flask, world: World, cast: Cast, who: str
) -> None:
    caller = Caller.enter(world_app, world, who)
    place = COLUMNS.index(who)
    got = {
        route: caller.knock(route, world.ids["housing"], cast).status
        for route in matrix()
        if route in routes(world_app)
    }
    assert got == {route: matrix()[route][place] for route in got}


@pytest.mark.parametrize(
    ("who", "unit"),
    [
        ("drafter", "streets"),
        ("other_drafter", "housing"),
        ("admin", "housing"),
        ("unit_head", "streets"),
        ("department_filer", "streets"),
    ],
)
def test_what_is_foreign_looks_like_what_is_missing(
    world_app: Flask, world: World, cast: Cast, who: str, unit: str
) -> None:
    caller = Caller.enter(world_app, world, who)
    foreign = world.ids[unit]
    missing = foreign | dict.fromkeys((*CASE_IDS, *ELSEWHERE), MISSING)
    for route in matrix():
        if any(f"<{name}>" in route for name in CASE_IDS):
            here = caller.knock(route, foreign, cast)
            nowhere = caller.knock(route, missing, cast)
            assert here.status == nowhere.status == 404, route
            assert bare(here, address(route, foreign)) == bare(
                nowhere, address(route, missing)
            ), route


def bare(knock: Knock, path: str) -> str:
    """Return a page without its own address and what is new each time."""
    tokens, printed = r'"[\w.-]{32,}"', r"打印时间：[^<]+"
    return re.sub(f"{tokens}|{printed}", "", knock.text.replace(path, ""))

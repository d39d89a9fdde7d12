import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviewflow import runtime as runtimes
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, settings_in
from tests.pages import new_app
from tests.security.world import World, make_world
from tests.web.browser import sign_in

SignIn = Callable[[str], FlaskClient]


@pytest.fixture(scope="session")
def made_world(
    prepared: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, World]:
    """An installation with both units' cases, to be copied."""
    folder = tmp_path_factory.mktemp("world") / "data"
    shutil.copytree(prepared[0], folder)
    runtime = runtimes.open_runtime(settings_in(folder))
    cast = Cast(dict(prepared[1].people), dict(prepared[1].units))
    world = make_world(lambda who, at=NOON_MONDAY: runtime.begin(who, at), cast)
    with runtime.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    runtime.engine.dispose()
    return folder, world


@pytest.fixture
def world(made_world: tuple[Path, World]) -> World:
    """Who and what there is."""
    return made_world[1]


@pytest.fixture
def world_runtime(made_world: tuple[Path, World], tmp_path: Path) -> Iterator[Runtime]:
    """The product on an installation of the test's own."""
    folder = tmp_path / "world"
    shutil.copytree(made_world[0], folder)
    opened = runtimes.open_runtime(settings_in(folder))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def world_app(world_runtime: Runtime, tmp_path: Path) -> Flask:
    """The pages and the API on it."""
    return new_app(settings_in(tmp_path / "world"), world_runtime)


@pytest.fixture
def signed_in(world_app: Flask) -> SignIn:
    """Open a browser as somebody."""

    def open_browser(who: str) -> FlaskClient:
        client = world_app.test_client()
        sign_in(client, who.replace("_", "."))
        return client

    return open_browser

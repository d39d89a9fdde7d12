"""A real server on loopback and a real browser in front of it."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from waitress.server import create_server

from reviewflow.config import Settings
from reviewflow.work import Runtime
from tests.browser.official import PATIENCE
from tests.serving import running, working
from web import create_app

ROOT = Path(__file__).parents[2]
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--lang=zh-CN",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests need the browser, and skip them aloud where there is none."""
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if not os.environ.get("CHROMIUM"):
                reason = "no Chromium: set CHROMIUM to its path"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as dev.py found it."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=[*QUIET, *root],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        yield opened
        opened.close()


@pytest.fixture
def address(settings: Settings, runtime: Runtime) -> Iterator[str]:
    """The address of a server on the test's own installation."""
    demo = Settings(
        settings.data_dir, settings.database_url, settings.secret_key, "demo"
    )
    door = socket.create_server(("127.0.0.1", 0))
    server = create_server(create_app(demo, runtime), sockets=[door], threads=4)
    with running(server), working(runtime):
        yield f"http://127.0.0.1:{door.getsockname()[1]}"


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where screenshots are kept as artefacts of the tests."""
    folder = ROOT / "test-artefacts"
    folder.mkdir(exist_ok=True)
    return folder

"""Where a request comes from, with a web server in front and without."""

import http.client
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from waitress.server import create_server

from reviewflow.cli.operations import trusted
from reviewflow.config import Settings
from reviewflow.errors import Unavailable
from tests.conftest import settings_in
from tests.serving import running

Asked = Callable[[str], str]


def tell_address(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["REMOTE_ADDR"].encode()]


@pytest.fixture
def served(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Asked]:
    """Serve as `serve` does, and ask with a forwarded address."""
    settings = replace(settings_in(tmp_path), proxy=request.param)
    door = socket.create_server(("127.0.0.1", 0))
    server = create_server(tell_address, sockets=[door], **trusted(settings))

    def ask(forwarded: str) -> str:
        to = http.client.HTTPConnection(*door.getsockname())
        to.request("GET", "/", headers={"X-Forwarded-For": forwarded})
        answer = to.getresponse().read().decode()
        to.close()
        return answer

    with running(server):
        yield ask


@pytest.mark.parametrize("served", ["127.0.0.1"], indirect=True)
def test_the_server_in_front_says_who_asks(served: Asked) -> None:
    assert served("203.0.113.9") == "203.0.113.9"
    assert served("10.0.0.1, 203.0.113.9") == "203.0.113.9"


@pytest.mark.parametrize("served", ["", "198.51.100.7"], indirect=True)
def test_nobody_else_may_say_it(served: Asked) -> None:
    assert served("203.0.113.9") == "127.0.0.1"


def test_the_address_is_an_address(tmp_path: Path) -> None:
    known = {"REVIEWFLOW_DATA_DIR": str(tmp_path)}
    good = Settings.from_environ({**known, "REVIEWFLOW_PROXY": "10.1.2.3"})
    assert good.proxy == "10.1.2.3"
    with pytest.raises(Unavailable, match="REVIEWFLOW_PROXY 应是"):
        Settings.from_environ({**known, "REVIEWFLOW_PROXY": "nginx"})

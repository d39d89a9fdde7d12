"""A real server on loopback that can be killed, and started again quickly."""

import http.client
import json
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reviewflow.config import Settings
from reviewflow.runtime import open_runtime
from reviewflow.usecases.deployment import deployed_kinds

LOG = "server.log"


def fork_servers(orders: Connection) -> None:
    """Import and read everything once, then fork a server for each order."""
    cli = import_module("reviewflow.cli")
    import_module("web")
    while (order := orders.recv()) is not None:
        port, log, environ = order
        _read_kinds(environ)
        pid = os.fork()
        if pid == 0:
            os.environ.update(environ)
            handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(handle, 1)
            os.dup2(handle, 2)
            os._exit(cli.main(["serve", "--port", str(port)]))
        orders.send(pid)
        os.waitpid(pid, 0)


def _read_kinds(environ: Mapping[str, str]) -> None:
    """Read the diagrams before the fork, so that no server has to."""
    runtime = open_runtime(Settings.from_environ(environ))
    with runtime.read(None) as work:
        for version in deployed_kinds(work):
            work.processes.get(work.session, version.id)
    runtime.engine.dispose()


class Forge:
    """Makes servers: a process that has imported everything, and forks."""

    def __init__(self) -> None:
        """Start importing."""
        self._orders, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(
            target=fork_servers, args=(theirs,)
        )
        self._process.start()

    def fork(self, port: int, log: Path, environ: Mapping[str, str]) -> int:
        """Return the process id of a new server; only one lives at a time."""
        self._orders.send((port, str(log), dict(environ)))
        pid: int = self._orders.recv()
        return pid

    def close(self) -> None:
        """Make no more."""
        self._orders.send(None)
        self._process.join()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers and the body as JSON or text."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Server:
    """The product serving one installation, as `reviewflow serve` does."""

    def __init__(self, settings: Settings, forge: Forge) -> None:
        """Prepare to serve that installation; `start` does it."""
        self.port = _free_port()
        self.log = settings.data_dir / LOG
        self._forge = forge
        self._environ = {
            "REVIEWFLOW_DATA_DIR": str(settings.data_dir),
            "REVIEWFLOW_ENV": settings.env,
            "REVIEWFLOW_SECRET_KEY": settings.secret_key,
        }
        self._pid = 0

    def start(self) -> float:
        """Start serving; return after how many seconds it was ready."""
        began = time.monotonic()
        self._pid = self._forge.fork(self.port, self.log, self._environ)
        while not self.is_ready():
            assert time.monotonic() < began + 60, "the server did not start"
            time.sleep(0.01)
        return time.monotonic() - began

    def kill(self) -> None:
        """Kill it at once (SIGKILL)."""
        os.kill(self._pid, signal.SIGKILL)

    def is_ready(self) -> bool:
        """It answers, and says that it is right."""
        try:
            return self.send("GET", "/api/v1/healthz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Send one request over a connection of its own."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, dict(headers or {}))
            response = line.getresponse()
            raw = response.read()
        finally:
            line.close()
        is_json = "json" in response.headers.get("Content-Type", "")
        shown = json.loads(raw) if is_json else raw.decode(errors="replace")
        return Answer(response.status, dict(response.headers), shown)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

"""Servers in processes of their own, and connections to them."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
THREADS = 8
READY_SECONDS = 60
SERVE = "import sys; from reviewflow.cli import main; sys.exit(main(sys.argv[1:]))"


@dataclass(slots=True)
class Server:
    """A process that serves, and what processor time it has taken."""

    port: int
    pid: int

    def cpu_ms(self) -> float:
        """Return the processor time it has used so far."""
        words = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        ticks = int(words[11]) + int(words[12])
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(
    arguments: list[str], environ: Mapping[str, str], ready: str
) -> Iterator[Server]:
    """Start a server on a free port, and stop it in the end."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, *arguments, "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(Line(port), ready)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


@dataclass(slots=True)
class Line:
    """A connection that is kept, and the token it speaks with."""

    port: int
    token: str = ""
    _connection: http.client.HTTPConnection | None = None

    def send(self, method: str, path: str, sent: object = None) -> Any:
        """Send JSON, return JSON; anything but success is an error."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
            self._connection.connect()
            option = socket.TCP_NODELAY
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, option, 1)
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
            headers["Idempotency-Key"] = os.urandom(16).hex()
        body = None if sent is None else json.dumps(sent).encode()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        text = response.read()
        if response.status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"{method} {path}: {response.status} {text!r}")
        return json.loads(text)


def _await(line: Line, path: str) -> None:
    until = time.monotonic() + READY_SECONDS
    while True:
        try:
            line.send("GET", path)
        except (OSError, http.client.HTTPException):
            if time.monotonic() > until:
                raise
            line._connection = None  # noqa: SLF001 - a refused one cannot be used
            time.sleep(0.1)
        else:
            return

"""A real server on loopback, for as long as a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.work import Runtime


class Server(Protocol):
    """What waitress makes."""

    def run(self) -> None:
        """Serve until it is closed."""

    def close(self) -> None:
        """End it."""


@contextmanager
def working(runtime: Runtime) -> Iterator[None]:
    """Do long work as it is asked for, beside the server, as `serve` does."""
    is_over = threading.Event()

    def work() -> None:
        while not is_over.is_set():
            if runtime.bell.wait(timeout=0.2):
                runtime.bell.clear()
                run_waiting_jobs(runtime)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(timeout=10)


@contextmanager
def running(server: Server) -> Iterator[None]:
    """Let a server run in a thread of its own.

    Closing it may find its loop looking at a socket that is just being closed;
    that is how it ends, and no fault.
    """
    is_over = threading.Event()

    def serve() -> None:
        try:
            server.run()
        except OSError:
            if not is_over.is_set():
                raise

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        server.close()
        thread.join(timeout=10)

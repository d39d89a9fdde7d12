"""kill -9 of the server while clients work: nothing lost, nothing twice."""

import random
import secrets
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, Task
from reviewflow.model.document import DocumentVersion
from reviewflow.model.event import Event
from reviewflow.model.submission import Submission
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.faults.driver import Driver
from tests.faults.ledger import Ledger
from tests.faults.server import Server

KILLS = 25
CLIENTS = 3
LONGEST_LIFE_SECONDS = 3
MOST_ACTS = 30
LONGEST_ACT_SECONDS = 0.05


@pytest.fixture
def drivers(
    server: Server, tokens: dict[str, str], cast: Cast, tmp_path: Path
) -> Iterator[list[Driver]]:
    """Clients that work until the test is over."""
    ledger, stop = Ledger(tmp_path / "ledger"), threading.Event()
    yield [
        Driver(f"client{n}", server, tokens, cast, ledger, stop) for n in range(CLIENTS)
    ]
    stop.set()
    ledger.close()


def test_what_was_acknowledged_survives_every_kill(
    server: Server, drivers: list[Driver], runtime: Runtime
) -> None:
    seed = secrets.randbelow(2**32)
    sys.stderr.write(f"seed {seed}\n")
    ledger = drivers[0].ledger
    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(driver.run) for driver in drivers]
        try:
            slowest = max(kills(server, ledger, random.Random(seed)))  # noqa: S311
        finally:
            drivers[0].stop.set()
        for one in running:
            one.result()

    sys.stderr.write(f"{len(ledger.answered)} acts, {ledger.resent} sent again\n")
    sys.stderr.write(f"ready again after {slowest:.1f} s at most\n")
    assert ledger.unanswered == set()
    assert ledger.resent >= KILLS / 5, "the kills hit nothing"
    assert "Traceback" not in server.log.read_text()
    with runtime.read(None) as work:
        assert verify(work) == []
        assert counted(work) == told(ledger)


def kills(server: Server, ledger: Ledger, chance: random.Random) -> Iterator[float]:
    """Kill and start the server so many times; give how long each start took.

    Each life lasts a few acts and a moment more, so that the kill falls anywhere.
    """
    for _ in range(KILLS):
        enough = len(ledger.answered) + chance.randint(0, MOST_ACTS)
        latest = time.monotonic() + LONGEST_LIFE_SECONDS
        while len(ledger.answered) < enough and time.monotonic() < latest:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, LONGEST_ACT_SECONDS))
        server.kill()
        yield server.start()


def counted(work: Work) -> Counter[str]:
    """Count what is there: cases, done tasks, uploads, answers that are kept."""
    session = work.session
    begun = sa.select(Case.id).where(Case.kind == "normative_document")
    done = sa.select(Task.id).where(Task.done_at.is_not(None))
    told_done = sa.select(Event.seq).where(Event.kind == "task.completed")
    filed = sa.select(Event.seq).where(Event.kind == "document.attached")
    uploads = sa.select(DocumentVersion.sha256).distinct()
    assert len(session.scalars(done).all()) == len(session.scalars(told_done).all())
    assert len(session.scalars(uploads).all()) > 1
    return Counter(
        cases=len(session.scalars(begun).all()),
        complete=len(session.scalars(done).all()),
        documents=len(session.scalars(filed).all()),
        keys=len(session.scalars(sa.select(Submission.key)).all()),
    )


def told(ledger: Ledger) -> Counter[str]:
    """Count what was acknowledged, by the last word of its address."""
    paths = [path for path, _answer in ledger.answered.values()]
    return Counter(path.rpartition("/")[2] for path in paths) + Counter(keys=len(paths))

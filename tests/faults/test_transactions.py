import errno
import io
import multiprocessing
import os
import sqlite3
import time
from datetime import date
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
import sqlalchemy as sa

from reviewflow.config import Settings
from reviewflow.errors import Unavailable
from reviewflow.model.submission import Series
from reviewflow.runtime import open_runtime
from reviewflow.storage import schema
from reviewflow.storage.database import open_database
from reviewflow.storage.files import FileStore
from reviewflow.usecases.people import audit
from reviewflow.work import Runtime

SECONDS = 10
WRITERS = 8


def count_up(settings: Settings, start: Barrier, done: "Queue[int]") -> None:
    """Read a number, decide, write the next one, as often as there is time."""
    runtime = open_runtime(settings)
    start.wait()
    until = time.monotonic() + SECONDS
    acts = 0
    while time.monotonic() < until:
        with runtime.begin(None) as work:
            row = work.session.get_one(Series, ("试", 2026))
            row.last += 1
            audit(work, "counted", "series", last=row.last)
        acts += 1
    done.put(acts)


def fail_half_way(runtime: Runtime) -> None:
    with runtime.begin(None) as work:
        work.session.add(Series(name="半", year=2026, last=1))
        work.session.flush()
        raise ZeroDivisionError


def fill_the_disk(runtime: Runtime) -> None:
    with runtime.begin(None) as work:
        for place in range(200):
            audit(work, "filled", "disk", text="满" * 2000, place=place)


def test_eight_processes_lose_no_update(settings: Settings) -> None:
    runtime = open_runtime(settings)
    with runtime.begin(None) as work:
        work.session.add(Series(name="试", year=2026, last=0))
    context = multiprocessing.get_context("spawn")
    done: Queue[int] = context.Queue()
    start = context.Barrier(WRITERS)
    writers = [
        context.Process(target=count_up, args=(settings, start, done))
        for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    acts = sum(done.get() for _ in writers)
    for writer in writers:
        writer.join()

    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    with runtime.read(None) as work:
        assert work.session.get_one(Series, ("试", 2026)).last == acts
    assert acts > WRITERS  # everybody got a turn


def test_what_fails_in_the_middle_leaves_nothing(settings: Settings) -> None:
    runtime = open_runtime(settings)

    with pytest.raises(ZeroDivisionError):
        fail_half_way(runtime)

    with runtime.read(None) as work:
        assert work.session.get(Series, ("半", 2026)) is None


def test_a_reader_neither_waits_nor_writes(settings: Settings) -> None:
    runtime = open_runtime(settings)

    with runtime.begin(None) as writing, runtime.read(None) as reading:
        writing.session.add(Series(name="写", year=2026, last=1))
        writing.session.flush()
        assert reading.session.get(Series, ("写", 2026)) is None


def test_a_newer_database_is_refused_in_a_sentence(settings: Settings) -> None:
    engine = open_database(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(Unavailable, match="更新版本的程序"):
        open_runtime(settings)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reviewflow.db").write_bytes(b"not a database, only words" * 40)
    url = f"sqlite:///{tmp_path / 'reviewflow.db'}"

    with pytest.raises(Unavailable, match="数据库不能打开"):
        schema.require_not_newer(open_database(url))


def test_a_full_disk_refuses_the_whole_and_says_so(settings: Settings) -> None:
    runtime = open_runtime(settings)
    with runtime.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    @sa.event.listens_for(runtime.engine, "connect")
    def _no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    runtime.engine.dispose()
    with pytest.raises(Unavailable, match="磁盘已满"):
        fill_the_disk(runtime)

    with runtime.read(None) as work:  # reading goes on
        assert work.law.deadline("TL-16", date(2026, 3, 2)).due_on == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "磁盘只能读取"),
        (errno.EIO, "磁盘出错"),
    ],
)
def test_a_file_that_finds_no_room_is_not_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, cause: int, said: str
) -> None:
    def no_room(_handle: int) -> None:
        raise OSError(cause, os.strerror(cause))

    store = FileStore(settings.data_dir / "files")
    monkeypatch.setattr(os, "fsync", no_room)

    with pytest.raises(Unavailable, match=f"^文件没有保存：{said}"):
        store.put(io.BytesIO("送审稿".encode()))

    assert [path for path in store.root.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_record SET kind = 'other'",
        "DELETE FROM audit_record",
        "UPDATE process_version SET title = 'other'",
        "DELETE FROM process_version",
    ],
)
def test_history_cannot_be_changed(settings: Settings, statement: str) -> None:
    engine = open_database(settings.database_url)

    with (
        pytest.raises(sa.exc.IntegrityError, match="is history"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql(statement)

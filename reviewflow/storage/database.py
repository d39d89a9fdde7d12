"""Connections that lose no update: transactions begin where we say."""

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session, sessionmaker

from reviewflow.errors import Unavailable

WRITES = "reviewflow_writes"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
    "secure_delete=ON",
)


def open_database(url: str) -> sa.Engine:
    """Return an engine whose transactions begin explicitly.

    The driver's own transaction control is off: a writing transaction takes its
    lock at once (`BEGIN IMMEDIATE`), a reading one takes a snapshot (`BEGIN`).
    Left to itself the driver begins before the first write only, and updates
    based on earlier reads are lost without an error.

    Raises:
        Unavailable: The address is not one this program can use.
    """
    try:
        engine = sa.create_engine(url)
    except (sa.exc.ArgumentError, ImportError) as error:
        raise Unavailable(f"数据库地址不能使用：{url}。") from error
    if engine.dialect.name != "sqlite":
        raise Unavailable("本版本仅支持 SQLite 数据库，请改用 sqlite:/// 地址。")
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def writing(engine: sa.Engine) -> sessionmaker[Session]:
    """Return a maker of sessions that take the write lock when they begin."""
    return sessionmaker(
        engine.execution_options(**{WRITES: True}), expire_on_commit=False
    )


def reading(engine: sa.Engine) -> sessionmaker[Session]:
    """Return a maker of sessions that read one snapshot and write nothing."""
    return sessionmaker(engine, expire_on_commit=False, autoflush=False)


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# STRICT tables of SQLite know five types; these are stored as the nearest of them.
@compiles(sa.Boolean, "sqlite")
def _whole(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "INTEGER"


@compiles(sa.Date, "sqlite")
@compiles(sa.DateTime, "sqlite")
@compiles(sa.JSON, "sqlite")
def _text(_type: Any, _compiler: Any, **_options: Any) -> str:
    return "TEXT"

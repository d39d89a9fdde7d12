"""One actor, one instant, one transaction; the only place that commits."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.exc import StaleDataError

from reviewflow import clock, permissions
from reviewflow.errors import Conflict, Missing, Unavailable
from reviewflow.law.lawbook import Law
from reviewflow.lawbooks import Lawbooks
from reviewflow.model.base import Row
from reviewflow.model.case import Case
from reviewflow.model.people import Membership, User
from reviewflow.permissions import SYSTEM, Actor
from reviewflow.processes import Process, Processes
from reviewflow.sight import VISIBLE, Sights, guarded
from reviewflow.signing import Signer
from reviewflow.storage.database import reading, writing
from reviewflow.storage.files import FileStore

Answers = Mapping[str, Any]
Services = Mapping[str, Callable[[Mapping[str, Any]], None]]
Kind = TypeVar("Kind", bound=Row)
WAIT_SECONDS = 10
NOON = 12
"""The hour of what is told of a day."""
LARGEST_ID = 2**63 - 1
"""No row has a larger one, and the database knows none."""


@dataclass(slots=True)
class Work:
    """What every use case and every query gets as its first argument."""

    session: Session
    actor: Actor
    now: datetime
    lawbooks: Lawbooks
    files: FileStore
    signer: Signer
    processes: Processes
    bind: "Bind"
    at_end: dict[Any, Callable[[], None]] = field(default_factory=dict)
    """What is to be done once, just before the commit, by any key."""
    law_here: Law | None = None
    """The law this work goes by, once it was asked for or changed."""
    has_jobs: bool = False
    """Whether the worker is to be called once this is committed."""
    told_at: datetime | None = None
    """When the past is told: the instant of the telling; `now` is then the past."""

    @property
    def law(self) -> Law:
        """The law in force as this work sees it; looked up once, if at all."""
        self.law_here = self.law_here or self.lawbooks.current(self.session)
        return self.law_here

    @property
    def today(self) -> date:
        """The Beijing date of this work."""
        return clock.beijing_date(self.now)

    @property
    def written_at(self) -> datetime:
        """The instant at which this is written down, also when the past is told."""
        return self.told_at or self.now

    @property
    def written_on(self) -> date:
        """The Beijing date of that instant."""
        return clock.beijing_date(self.written_at)

    @contextmanager
    def telling(self, day: date) -> Iterator[None]:
        """Do what was done on an earlier day as of that day (补录).

        The journal names both instants; nobody is notified, and nothing is given
        out that was not given out then.
        """
        before = self.told_at, self.now
        self.told_at = self.written_at
        self.now = min(clock.beijing_instant(day, NOON), self.told_at)
        try:
            yield
        finally:
            self.told_at, self.now = before

    def get(self, table: type[Kind], row_id: int, *, lock: bool = False) -> Kind:
        """Return the row with that id, as it is now.

        Args:
            table: Mapped class.
            row_id: Its id.
            lock: Keep others from changing it until this work is done.

        Raises:
            Missing: There is none, or the actor may not see it.
        """
        if row_id > LARGEST_ID:
            raise Missing
        select = sa.select(table).where(table.id == row_id)
        if lock:
            select = select.with_for_update()
        fresh = select.execution_options(populate_existing=True)
        row = self.session.scalars(fresh).unique().one_or_none()
        if row is None:
            raise Missing
        return row

    @contextmanager
    def beyond_sight(self) -> Iterator[None]:
        """Work on rows the actor may not see, as the system would.

        For what an act brings about elsewhere: a publication makes duties to
        file for people of other units.
        """
        sight = self.session.info.pop(VISIBLE, None)
        try:
            yield
        finally:
            self.session.info[VISIBLE] = sight

    def settle(self) -> None:
        """Do what is to be done at the end; rows then are as they are committed."""
        with self.beyond_sight():
            self.session.flush()
            finishers = list(self.at_end.values())
            self.at_end.clear()
            for finish in finishers:
                finish()

    def process(self, case: Case) -> Process:
        """Return the kind and diagram the case runs on."""
        return self.processes.get(self.session, case.process_version_id)


Bind = Callable[[Work, Case, Answers], Services]


class Runtime:
    """Everything a program needs to do work; opens each piece of it."""

    def __init__(
        self,
        engine: sa.Engine,
        law: Law,
        files: FileStore,
        signer: Signer,
        bind: Bind,
    ) -> None:
        """Take the open database, the law of the files, store, key and effects."""
        self.engine = engine
        self.lawbooks = Lawbooks(law)
        self.files = files
        self.signer = signer
        self.bind = bind
        self.processes = Processes()
        self._writing = guarded(writing(engine))
        self._reading = guarded(reading(engine))
        self._turn = threading.Lock()
        self.bell = threading.Event()
        """Rings when there is something for the worker of this process."""
        self._sights = Sights()

    @contextmanager
    def begin(self, actor_id: int | None, at: datetime | None = None) -> Iterator[Work]:
        """Open a transaction for one actor; commit on leaving, or roll back.

        Args:
            actor_id: The user who acts; none for the system itself.
            at: The instant it happens; now, unless history is told.

        Raises:
            Conflict: Somebody else changed the same case in the meantime.
            Missing: There is no such user.
            Unavailable: The database is busy, full or cannot be written.
        """
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise Unavailable("系统正忙，请稍后再试。")
        try:
            with self._writing.begin() as session:
                work = self._work(session, actor_id, at)
                yield work
                work.settle()
            if work.has_jobs:
                self.bell.set()
        except StaleDataError as error:
            raise Conflict from error
        except sa.exc.OperationalError as error:
            raise Unavailable(_what_failed(error)) from error
        finally:
            self._turn.release()

    @contextmanager
    def read(self, actor_id: int | None, at: datetime | None = None) -> Iterator[Work]:
        """Open one snapshot for reading; what was changed in it is forgotten.

        Raises:
            Missing: There is no such user.
            Unavailable: The database cannot be read.
        """
        try:
            with self._reading() as session:
                yield self._work(session, actor_id, at)
        except sa.exc.OperationalError as error:
            raise Unavailable(_what_failed(error)) from error

    def _work(
        self, session: Session, actor_id: int | None, at: datetime | None
    ) -> Work:
        instant = at or clock.now()
        actor = _actor(session, actor_id, clock.beijing_date(instant))
        if actor is not SYSTEM:
            session.info[VISIBLE] = self._sights.of(actor)
        kept = (self.lawbooks, self.files, self.signer, self.processes)
        return Work(session, actor, instant, *kept, self.bind)


_USER = (
    sa.select(User)
    .where(User.id == sa.bindparam("user_id"))
    .options(joinedload(User.memberships).lazyload(Membership.unit))
)


def _actor(session: Session, actor_id: int | None, day: date) -> Actor:
    if actor_id is None:
        return SYSTEM
    user = session.scalars(_USER, {"user_id": actor_id}).unique().one_or_none()
    if user is None or not user.is_active:
        raise Missing
    return permissions.actor_of(user, day)


def _what_failed(error: sa.exc.OperationalError) -> str:
    cause = str(error.orig)
    if "full" in cause:
        return "数据没有保存：磁盘已满。请联系管理员清理后再试，您填写的内容请勿关闭。"
    if "readonly" in cause or "read-only" in cause:
        return "数据没有保存：数据库只能读取。请联系管理员。"
    if "locked" in cause:
        return "系统正忙，请稍后再试。"
    return "数据库暂时不能使用，请稍后再试或联系管理员。"

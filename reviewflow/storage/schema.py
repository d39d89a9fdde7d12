"""The tables brought to the form this program needs, or refused."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from reviewflow.errors import Unavailable
from reviewflow.storage.database import WRITES

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: sa.Engine) -> None:
    """Bring the tables to this program's form; nothing to do is fine.

    Raises:
        Unavailable: They were made by a newer program, or cannot be written.
    """
    require_not_newer(engine)
    config = _config()
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except sa.exc.OperationalError as error:
        raise Unavailable(f"数据库不能写入：{error.orig}。") from error


def is_current(engine: sa.Engine) -> bool:
    """The tables have the form this program needs."""
    return _revision(engine) == _scripts().get_current_head()


def require_not_newer(engine: sa.Engine) -> None:
    """Insist that no newer program has changed the tables.

    Raises:
        Unavailable: It has; this program would do damage.
    """
    revision = _revision(engine)
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise Unavailable("数据库由更新版本的程序建立，请先升级程序后再启动。")


@cache
def _scripts() -> ScriptDirectory:
    """Return this program's migrations; looking at them runs the file of each."""
    return ScriptDirectory.from_config(_config())


def _revision(engine: sa.Engine) -> str | None:
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except sa.exc.DatabaseError as error:
        raise Unavailable(f"数据库不能打开：{error.orig}。") from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config

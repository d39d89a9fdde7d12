"""SQL statements as they are sent, so that they can be counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from reviewflow.work import Runtime


@contextmanager
def counted(runtime: Runtime) -> Iterator[list[str]]:
    """Collect the statements sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    sa.event.listen(runtime.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(runtime.engine, "before_cursor_execute", note)

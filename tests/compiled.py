"""Statements compiled once for all databases that tests open in one process."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.util import LRUCache

MOST = 5_000
"""More than the whole suite sends; an installation keeps its own, far fewer."""


class Compiled(LRUCache[Any, Any]):
    """What statements were compiled to, whichever engine asked first.

    A key begins with the dialect, an object of each engine; ours are all alike.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    kept = Compiled(MOST)

    def keep(connection: sa.Connection) -> None:
        connection.execution_options(compiled_cache=kept)

    sa.event.listen(sa.Engine, "engine_connect", keep)
    yield
    sa.event.remove(sa.Engine, "engine_connect", keep)

"""What an actor may not see is left out of every SELECT."""

from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria
from sqlalchemy.sql import visitors

from reviewflow.permissions import Actor
from reviewflow.visibility import visible

VISIBLE = "visible"
KEPT = 200


class Sight:
    """Keeps every table to the rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        """Take the rules for that actor."""
        self._limits = {
            table.__tablename__: with_loader_criteria(table, rule)
            for table, rule in visible(actor).items()
        }
        self._limited: WeakKeyDictionary[Any, sa.Executable] = WeakKeyDictionary()

    def limited(self, statement: Any) -> sa.Executable:
        """Return the statement with its tables limited.

        A statement that is kept and used again is looked through only once.
        """
        limited = self._limited.get(statement)
        if limited is None:
            named = {
                element.name
                for element in visitors.iterate(statement)
                if isinstance(element, sa.Table)
            }
            limits = [limit for name, limit in self._limits.items() if name in named]
            limited = statement.options(*limits)
            self._limited[statement] = limited
        return limited


class Sights:
    """The sights of those who acted lately, by who and in which posts."""

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[object, Sight] = {}

    def of(self, actor: Actor) -> Sight:
        """Return the sight of an actor."""
        key = (actor.id, actor.posts)
        sight = self._kept.get(key)
        if sight is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            sight = self._kept[key] = Sight(actor)
        return sight


def guarded(maker: sessionmaker[Session]) -> sessionmaker[Session]:
    """Let every session of a maker show only what may be seen."""
    sa.event.listen(maker, "do_orm_execute", _show_only_visible)
    return maker


def _show_only_visible(state: ORMExecuteState) -> None:
    sight: Sight | None = state.session.info.get(VISIBLE)
    loads_parts_of_seen_rows = state.is_relationship_load or state.is_column_load
    if sight is None or not state.is_select or loads_parts_of_seen_rows:
        return
    state.statement = sight.limited(state.statement)

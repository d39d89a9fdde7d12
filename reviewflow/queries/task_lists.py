"""Tasks by whose they are: the actor's own, the group's, those done."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.model.case import Task
from reviewflow.queries.done import done_by
from reviewflow.queries.inbox import waits_for
from reviewflow.queries.slices import Listed, Slice, Window
from reviewflow.work import Work


class Scope(StrEnum):
    """Whose tasks."""

    MINE = "mine"
    """已认领或指定给我的"""
    GROUP = "group"
    """本岗位待认领的"""
    DONE = "done"
    """已办"""


def list_tasks(work: Work, scope: Scope | None, window: Window) -> Slice[Task]:
    """Return a part of the actor's tasks, by due date; what is done, latest first.

    Args:
        work: Who asks.
        scope: Whose; without it all that the actor may do now.
        window: Which part.
    """
    where = [waits_for(work.actor), *_narrower(work, scope)]
    order: list[sa.ColumnElement[Any]] = [Task.due_on.nulls_last(), Task.id.asc()]
    if scope is Scope.DONE:
        where, order = [done_by(work)], [Task.done_at.desc(), Task.id.desc()]
    options = [
        joinedload(Task.case),
        joinedload(Task.assignee),
        joinedload(Task.done_by),
    ]
    return Listed(Task, where, order, options).part(work, window)


def _narrower(work: Work, scope: Scope | None) -> list[sa.ColumnElement[bool]]:
    if scope is Scope.MINE:
        return [Task.assignee_id == work.actor.id]
    if scope is Scope.GROUP:
        return [Task.assignee_id.is_(None)]
    return []

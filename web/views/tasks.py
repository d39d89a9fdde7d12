"""One task: look, decide, return, hand over."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError, Unavailable
from reviewflow.model.case import Task
from reviewflow.queries.history import latest_event
from reviewflow.queries.letters import letters
from reviewflow.queries.next_steps import RETURN
from reviewflow.queries.tasks import TaskPage, get_task, task_page
from reviewflow.usecases.cases import can_be_withdrawn
from reviewflow.usecases.documents import read_document
from reviewflow.usecases.tasks import (
    candidates,
    claim_task,
    complete_task,
    reassign_task,
    release_task,
    return_task,
)
from reviewflow.work import Work
from web.addresses import row_key
from web.errors import status_of, typed_texts
from web.questions import sent_answers, wants_row
from web.sessions import runtime
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import attach_files, has_files, receive_files

bp = Blueprint("tasks", __name__, url_prefix="/tasks")


@bp.get("/<int:task_id>")
def show(task_id: int) -> ResponseReturnValue:
    """Show the task and its form."""
    return _page(task_id)


@bp.post("/<int:task_id>")
def complete(task_id: int) -> ResponseReturnValue:
    """Take the answers, and the files that came with them."""
    typed = sent_answers(request.form)
    if wants_row(request.form):
        return _page(task_id, typed)
    try:
        uploads = receive_files()
        with begin_work() as work:
            task = get_task(work, task_id)
            if task.is_open:
                attach_files(work, task.case_id, uploads)
            case = complete_task(work, task_id, typed, _version())
            answer_with(
                url_for("inbox.index"),
                f"“{task.title}”已办理。《{case.title}》{_now_at(case.phase)}",
            )
    except (Invalid, Conflict) as error:
        return _page(task_id, typed, error)
    return answered()


@bp.post("/<int:task_id>/return")
def send_back(task_id: int) -> ResponseReturnValue:
    """Send the case back."""

    def act(work: Work) -> None:
        return_task(work, task_id, request.form.get("why", ""), _version())

    return _act(task_id, act, "已退回。", "why")


@bp.post("/<int:task_id>/claim")
def claim(task_id: int) -> ResponseReturnValue:
    """Take a task that waits for a post."""

    def act(work: Work) -> None:
        claim_task(work, task_id)

    return _act(task_id, act, "已认领，请办理。", stays=True)


@bp.post("/<int:task_id>/release")
def release(task_id: int) -> ResponseReturnValue:
    """Give a claimed task back to the post."""

    def act(work: Work) -> None:
        release_task(work, task_id)

    return _act(task_id, act, "已释放，本岗位的其他人员可以认领。")


@bp.post("/<int:task_id>/reassign")
def reassign(task_id: int) -> ResponseReturnValue:
    """Hand the task to somebody who holds the same post."""

    def act(work: Work) -> None:
        person = request.form.get("user_id", 0, row_key)
        reassign_task(work, task_id, person, request.form.get("handover_reason", ""))

    return _act(task_id, act, "已转办。", "handover_reason")


def _act(
    task_id: int,
    act: Callable[[Work], None],
    said: str,
    reason: str = "",
    *,
    stays: bool = False,
) -> ResponseReturnValue:
    """Do something with a task besides completing it; what is refused is said there."""
    after = url_for("tasks.show", task_id=task_id) if stays else url_for("inbox.index")
    try:
        with begin_work() as work:
            act(work)
            answer_with(after, said)
    except Invalid as error:
        errors = {_asked(name, reason): text for name, text in error.errors.items()}
        return _page(task_id, request.form, Invalid(errors, error.message))
    except Conflict as error:
        return _page(task_id, request.form, error)
    return answered()


def _asked(name: str, reason: str) -> str:
    """Return under which name the page asks what the use case calls otherwise."""
    return name if name == "user_id" else reason


def _version() -> int | None:
    return request.form.get("task_version", None, row_key)


def _now_at(phase: str) -> str:
    return f"现处于“{phase}”阶段。" if phase else ""


def _page(
    task_id: int,
    typed: Mapping[str, object] | None = None,
    refused: ReviewflowError | None = None,
) -> ResponseReturnValue:
    """Show the task as it is now, with what was typed and why it was refused."""
    with begin_reading() as work:
        page = task_page(work, task_id)
        if page.is_registration and typed is None:
            after = url_for("new_case.materials", case_id=page.task.case_id)
            return redirect(after, 303)
        page = _with_text_if_noted(page)
        is_stale = isinstance(refused, Conflict)
        text = render_template(
            "tasks/show.html",
            page=page,
            typed=page.before if typed is None else typed,
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
            is_stale=is_stale,
            kept=typed_texts() if is_stale else [],
            last=latest_event(work, page.task.case_id) if is_stale else None,
            candidates=_candidates(work, page.task) if "reassign" in page.may else [],
            files_lost=refused is not None and has_files(),
            letters=letters(work, page.task.case_id) if page.is_to_be_done else [],
            return_verb=page.form.verbs.get(RETURN),
            can_be_withdrawn=can_be_withdrawn,
        )
    return text, status_of(refused) if refused else 200


def _with_text_if_noted(page: TaskPage) -> TaskPage:
    """Return the page with the text to read only if the record can say so."""
    if page.preview is None:
        return page
    read = page.preview.version
    try:
        with runtime().begin(g.me.id) as work:
            read_document(work, read.document_id, read.number)
    except Unavailable:
        return replace(page, preview=None)
    return page


def _candidates(work: Work, task: Task) -> list[tuple[int, str]]:
    people = candidates(work, task)
    return [(p.id, p.display_name) for p in people if p.id != task.assignee_id]

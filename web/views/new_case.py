"""Registering a case in three steps: basics, materials, check and send."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, Missing
from reviewflow.model.case import Case
from reviewflow.queries.registration import basics, kinds_to_start, registration
from reviewflow.queries.tasks import get_registration
from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Work
from web.addresses import row_key
from web.questions import sent_answers, wants_row
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import attach_files, has_files, receive_files

bp = Blueprint("new_case", __name__, url_prefix="/cases")
STAYS = "stay"


@bp.get("/new")
def choose() -> str:
    """Ask for the kind, if there are several, then for the basics."""
    with begin_reading() as work:
        kinds = kinds_to_start(work)
        keys = [kind.key for kind in kinds]
        key = request.args.get("kind") or (keys[0] if len(keys) == 1 else None)
        if key is None:
            return render_template("cases/new/kinds.html", kinds=kinds)
        return _basics(work, key, {}, {})


@bp.post("/new")
def register() -> ResponseReturnValue:
    """Take the basics: there is a case now."""
    typed = sent_answers(request.form)
    key = request.form.get("kind", "")
    try:
        with begin_work() as work:
            case = submit_case(
                work,
                key,
                request.form.get("title", ""),
                request.form.get("unit_id", 0, row_key),
                typed,
            )
            answer_with(*_after(work, case))
    except Invalid as error:
        with begin_reading() as work:
            return _basics(work, key, typed, error.errors, error.message), 422
    return answered()


def _after(work: Work, case: Case) -> tuple[str, str]:
    """Say where the drafter goes on: not every kind leaves the first task to them."""
    try:
        get_registration(work, case.id)
    except Missing:
        said = f"《{case.title}》已登记，审查文号 {case.number}。下一环节由别人办理，"
        return url_for("cases.show", case_id=case.id), said + "轮到您时进入“待办”。"
    return url_for("new_case.materials", case_id=case.id), "已登记。"


@bp.get("/<int:case_id>/new/materials")
def materials(case_id: int) -> str:
    """Ask for the materials there are already."""
    return _materials(case_id, {})


@bp.post("/<int:case_id>/new/materials")
def add_materials(case_id: int) -> ResponseReturnValue:
    """Take materials, and go on."""
    step = "new_case.materials" if STAYS in request.form else "new_case.check"
    try:
        uploads = receive_files()
        with begin_work() as work:
            get_registration(work, case_id)
            attach_files(work, case_id, uploads)
            said = f"已上传 {len(uploads)} 份材料。" if uploads else ""
            answer_with(url_for(step, case_id=case_id), said)
    except Invalid as error:
        return _materials(case_id, error.errors), 422
    return answered()


@bp.get("/<int:case_id>/new/check")
def check(case_id: int) -> str:
    """Show everything once more, with the date on which it would be due."""
    return _check(case_id, {}, {})


@bp.post("/<int:case_id>/new/check")
def send(case_id: int) -> ResponseReturnValue:
    """Complete the first task: the case goes to the next desk."""
    typed = sent_answers(request.form)
    if wants_row(request.form):
        return _check(case_id, typed, {})
    try:
        with begin_work() as work:
            task = get_registration(work, case_id)
            version = request.form.get("task_version", None, row_key)
            case = complete_task(work, task.id, typed, version)
            answer_with(
                url_for("cases.show", case_id=case_id),
                f"《{case.title}》已登记，审查文号 {case.number}。",
            )
    except (Invalid, Conflict) as error:
        errors = error.errors if isinstance(error, Invalid) else {}
        return _check(case_id, typed, errors, error.message), 422
    return answered()


def _basics(
    work: Work,
    key: str,
    typed: Mapping[str, object],
    errors: Mapping[str, str],
    refused: str = "",
) -> str:
    return render_template(
        "cases/new/basics.html",
        page=basics(work, key),
        typed=typed,
        errors=errors,
        refused=refused,
    )


def _materials(case_id: int, errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        return render_template(
            "cases/new/materials.html",
            page=registration(work, case_id),
            errors=errors,
            files_lost=bool(errors) and has_files(),
        )


def _check(
    case_id: int,
    typed: Mapping[str, object],
    errors: Mapping[str, str],
    refused: str = "",
) -> str:
    with begin_reading() as work:
        return render_template(
            "cases/new/check.html",
            page=registration(work, case_id),
            typed=typed,
            errors=errors,
            refused=refused,
        )

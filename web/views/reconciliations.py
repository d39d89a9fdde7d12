"""应报未报核对: lists of issued documents, what is known of them, what was omitted."""

from collections.abc import Callable, Mapping
from typing import BinaryIO, cast

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.model.reconciliation import (
    ListSource,
    ReconciliationRow,
    RowState,
)
from reviewflow.queries.reconciliation_rows import reconciliation_page, row_page
from reviewflow.queries.reconciliations import columns_page, overview
from reviewflow.usecases.reconciliation_jobs import ask_for_matching
from reviewflow.usecases.reconciliation_rows import (
    confirm_match,
    exclude_row,
    record_omission,
    reject_match,
    reopen_row,
)
from reviewflow.usecases.reconciliations import (
    Cells,
    import_list,
    read_list,
    send_list,
)
from reviewflow.work import Work
from web.errors import status_of
from web.questions import sent_answers
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("reconciliations", __name__, url_prefix="/filings/reconcile")
SAID: Mapping[str, tuple[Callable[[Work, int], ReconciliationRow], str]] = {
    # verb: what it does to a row, and what is said then
    "confirm": (confirm_match, "已确认相符。"),
    "reject": (reject_match, "已确认不是同一件，请认定是否应当报备。"),
    "reopen": (reopen_row, "已撤销认定，请重新认定。"),
}


@bp.get("")
def index() -> str:
    """List the lists, and ask for another one."""
    return _index({})


@bp.post("")
def send() -> ResponseReturnValue:
    """Take a list; next is asked what its columns are."""
    try:
        name, lines = _sent_list()
        whose, source = request.form.get("whose", ""), request.form.get("source", "")
        with begin_work() as work:
            row = send_list(work, whose, source, name, lines)
            answer_with(url_for(".columns", reconciliation_id=row.id))
    except Invalid as error:
        return _index(request.form, error), 422
    return answered()


@bp.get("/<int:reconciliation_id>/columns")
def columns(reconciliation_id: int) -> ResponseReturnValue:
    """Ask which column of a list is what."""
    return _columns(reconciliation_id)


@bp.post("/<int:reconciliation_id>/columns")
def take(reconciliation_id: int) -> ResponseReturnValue:
    """Import every row of a list, or none."""
    try:
        with begin_work() as work:
            found = import_list(work, reconciliation_id, request.form)
            known = f"{found.known} 件此前已经导入，没有重复添加"
            if found.job_id is None:
                answer_with(url_for(".index"), f"清单中的 {known}。")
            else:
                more = f"；{known}" if found.known else ""
                place = url_for("jobs.show", job_id=found.job_id)
                answer_with(place, f"已导入 {found.added} 件{more}。")
    except Invalid as error:
        return _columns(reconciliation_id, error)
    return answered()


@bp.get("/<int:reconciliation_id>")
def show(reconciliation_id: int) -> str:
    """Show the rows of a list by what became of them."""
    return _show(reconciliation_id)


@bp.post("/<int:reconciliation_id>/match")
def match(reconciliation_id: int) -> ResponseReturnValue:
    """Have a list matched again with what is known by now."""
    with begin_work() as work:
        job = ask_for_matching(work, reconciliation_id)
        answer_with(url_for("jobs.show", job_id=job.id))
    return answered()


@bp.get("/rows/<int:row_id>")
def row(row_id: int) -> ResponseReturnValue:
    """Show a row with the forms by which it is classified."""
    return _row(row_id)


@bp.post("/rows/<int:row_id>/exclude")
def exclude(row_id: int) -> ResponseReturnValue:
    """Say that a document need not be filed."""
    return _classify(row_id, exclude_row, "已认定不属于规范性文件。", "exclude")


@bp.post("/rows/<int:row_id>/omission")
def omit(row_id: int) -> ResponseReturnValue:
    """Register a document that should have been filed."""
    said = "已登记漏报，产生备案义务，已通知报备人补报。"
    return _classify(row_id, record_omission, said, "omission")


@bp.post("/rows/<int:row_id>/<any(confirm, reject, reopen):verb>")
def settle(row_id: int, verb: str) -> ResponseReturnValue:
    """Say that a row is a known document or is not, or take back what was said."""
    act, said = SAID[verb]
    with begin_work() as work:
        found = act(work, row_id)
        if found.state is RowState.UNMATCHED:
            answer_with(url_for(".row", row_id=row_id), said)
        else:
            answer_with(_place(found), said)
    return answered()


def _sent_list() -> tuple[str, Cells]:
    """Return the name and the lines of the list that was sent."""
    file = request.files.get("sheet")
    if file is None or not file.filename:
        raise Invalid({"sheet": "请选择要导入的清单。"})
    lines = read_list(file.filename, cast("BinaryIO", file.stream))
    file.stream.seek(0)
    return file.filename, lines


def _classify(
    row_id: int, act: Callable[..., object], said: str, form: str
) -> ResponseReturnValue:
    typed = sent_answers(request.form)
    try:
        with begin_work() as work:
            found = work.get(ReconciliationRow, row_id)
            act(work, row_id, typed)
            answer_with(_place(found), f"《{found.title}》{said}")
    except (Invalid, Conflict) as error:
        return _row(row_id, error, form)
    return answered()


def _place(of: ReconciliationRow) -> str:
    """Return where the next row is that has to be settled."""
    return url_for(".show", reconciliation_id=of.reconciliation_id)


def _index(typed: Mapping[str, str], refused: Invalid | None = None) -> str:
    with begin_reading() as work:
        return render_template(
            "reconciliations/index.html",
            page=overview(work),
            sources=ListSource,
            states=RowState,
            typed=typed,
            errors=refused.errors if refused else {},
            refused=refused,
        )


def _columns(
    reconciliation_id: int, refused: Invalid | None = None
) -> ResponseReturnValue:
    with begin_reading() as work:
        page = columns_page(work, reconciliation_id)
        text = render_template(
            "reconciliations/columns.html",
            page=page,
            typed=request.form if refused else page.chosen,
            errors=refused.errors if refused else {},
            refused=refused,
        )
    return text, 422 if refused else 200


def _show(reconciliation_id: int) -> str:
    asked = request.args.get("state")
    state = RowState(asked) if asked in list(RowState) else None
    with begin_reading() as work:
        number = request.args.get("page", 1, int)
        return render_template(
            "reconciliations/show.html",
            page=reconciliation_page(work, reconciliation_id, state, number),
            state=state,
            states=RowState,
        )


def _row(
    row_id: int, refused: ReviewflowError | None = None, form: str = ""
) -> ResponseReturnValue:
    errors = refused.errors if isinstance(refused, Invalid) else {}
    typed = sent_answers(request.form)
    elsewhere = {"reason": "exclusion-reason"}  # both forms of the page ask for one
    wrong = {elsewhere.get(name, name): said for name, said in errors.items()}
    with begin_reading() as work:
        page = row_page(work, row_id)
        text = render_template(
            "reconciliations/row.html",
            page=page,
            states=RowState,
            refused=refused,
            omission=(typed, errors) if form == "omission" else (page.typed, {}),
            exclusion=(typed, wrong) if form == "exclude" else ({}, {}),
        )
    return text, status_of(refused) if refused else 200

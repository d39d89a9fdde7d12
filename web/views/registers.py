"""台账: lists people report from; the columns are one's own, the workbook the same."""

from collections.abc import Sequence
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.model.column_set import ColumnSet
from reviewflow.queries.exports import has_exports
from reviewflow.queries.register_filters import RegisterFilter, read_filter
from reviewflow.queries.register_sheets import register_sheet
from reviewflow.queries.registers import (
    columns_of,
    kept_sets,
    register_page,
)
from reviewflow.register_columns import find_register, registers
from reviewflow.usecases.column_sets import drop_columns, keep_columns
from reviewflow.work import Work
from web.files import send_made
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("registers", __name__, url_prefix="/registers")
ASKED = ("from", "to", "unit", "kind")
PLACE = "place-"
HOME = {
    "reviews": ("cases.show", "case_id"),
    "filings": ("filings.show", "filing_id"),
    "hearings": None,
    "counsels": ("counsels.show", "counsel_id"),
}
"""The page of a row, and what its address names."""


@bp.get("")
def index() -> ResponseReturnValue:
    """Lead to the first register."""
    return redirect(url_for("registers.show", register=next(iter(registers()))), 303)


@bp.get("/<register>")
def show(register: str) -> ResponseReturnValue:
    """Show a register; places of columns become part of the address first."""
    try:
        places = _places([column.id for column in find_register(register).columns])
    except Invalid as error:
        return _page(register, error)
    if places is not None:
        return redirect(_place(register, columns=",".join(places)), 303)
    return _page(register)


@bp.get("/<register>/table.xlsx")
def export(register: str) -> Response:
    """Give all rows of what is shown as a workbook."""
    with begin_reading() as work:
        columns = _columns(work, register)
        wanted, most = read_filter(_asked()), current_app.config["MOST_EXPORTED"]
        sheet = register_sheet(work, register, wanted, columns, most)
        content = workbook([sheet])
        title = f"{sheet.title}-{work.today}.xlsx"
    return send_made(content, MEDIA_TYPE, title)


@bp.post("/<register>/sets")
def keep(register: str) -> ResponseReturnValue:
    """Keep the columns that are shown under a name."""
    form = request.form
    columns = form.get("columns", "").split(",")
    shared = form.get("shared") == "yes"
    try:
        with begin_work() as work:
            kept = keep_columns(
                work, register, form.get("name", ""), columns, shared=shared
            )
            place = _place(register, set=str(kept.id))
            answer_with(place, f"已保存栏目方案“{kept.name}”。")
    except Invalid as error:
        return _page(register, error)
    return answered()


@bp.post("/sets/<int:set_id>/deletion")
def drop(set_id: int) -> ResponseReturnValue:
    """Give up a set of columns."""
    with begin_work() as work:
        kept = drop_columns(work, set_id)
        place = url_for(".show", register=kept.register)
        answer_with(place, f"已删除栏目方案“{kept.name}”。")
    return answered()


def _page(name: str, refused: Invalid | None = None) -> ResponseReturnValue:
    errors = refused.errors if refused else {}
    with begin_reading() as work:
        try:
            wanted = read_filter(_asked())
        except Invalid as error:
            wanted, errors = RegisterFilter(), dict(error.errors)
        number = request.args.get("page", 1, int)
        page = register_page(work, name, wanted, _columns(work, name), number)
        text = render_template(
            "registers/show.html",
            page=page,
            registers=registers(),
            current=_current(kept_sets(work, name)),
            address=_address(),
            asked=_asked(),
            typed=request.form,
            errors=errors,
            home=HOME[name],
            most=current_app.config["MOST_EXPORTED"],
            has_exports=has_exports(work),
        )
    return text, 422 if errors else 200


def _columns(work: Work, name: str) -> Sequence[str]:
    """Return which columns are asked for: by a kept set, or one by one."""
    set_id = request.args.get("set", None, int)
    if set_id is not None:
        return columns_of(work, name, set_id)
    source = request.form if request.method == "POST" else request.args
    return [one for one in source.get("columns", "").split(",") if one]


def _current(sets: Sequence[ColumnSet]) -> ColumnSet | None:
    set_id = request.args.get("set", None, int)
    return next((kept for kept in sets if kept.id == set_id), None)


def _places(known: Sequence[str]) -> list[str] | None:
    """Return the columns by the places typed for them; none if none were sent.

    Raises:
        Invalid: A place is no number, or no column has one.
    """
    if not any(name.startswith(PLACE) for name in request.args):
        return None
    typed = {one: request.args.get(PLACE + one, "").strip() for one in known}
    wrong = {
        PLACE + one: f"“{text}”不是序号，请填写 1、2、3 这样的数字，不显示的留空。"
        for one, text in typed.items()
        if text and not (text.isdecimal() and len(text) <= len(str(len(known))))
    }
    if wrong:
        raise Invalid(wrong)
    places = {one: int(text) for one, text in typed.items() if text}
    if not places:
        raise Invalid({PLACE + known[0]: "请至少给一栏填写序号。"})
    return sorted(places, key=lambda one: places[one])


def _place(register: str, **more: str) -> str:
    """Return the address of a register under the same filter."""
    values: dict[str, Any] = {"register": register} | _asked() | more
    return url_for("registers.show", **values)


def _asked() -> dict[str, str]:
    """Return the filter of the address."""
    return {name: request.args[name] for name in ASKED if request.args.get(name)}


def _address() -> dict[str, str]:
    """Return all of the address that other links have to keep."""
    kept = {
        name: request.args[name]
        for name in ("columns", "set")
        if request.args.get(name)
    }
    return _asked() | kept

"""Units: the roster as a tree in official order, and new ones; for administrators."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.model.people import Level, Unit, UnitDuty, UnitSort
from reviewflow.queries.people import all_units
from reviewflow.queries.roster import list_units
from reviewflow.usecases.people import add_unit
from web.addresses import row_key
from web.administration import admit_administrators, typed_position
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("units", __name__, url_prefix="/units")
bp.before_request(admit_administrators)
Choice = TypeVar("Choice", bound=StrEnum)


@bp.get("")
def index() -> str:
    """Show every unit under its government."""
    with begin_reading() as work:
        return render_template("units/index.html", rows=list_units(work))


@bp.get("/new")
def new() -> str:
    """Ask which unit is to be added."""
    return _page({}, {})


@bp.post("/new")
def add() -> ResponseReturnValue:
    """Add a unit."""
    try:
        unit = _unit()
        with begin_work() as work:
            add_unit(work, unit)
            answer_with(url_for("units.index"), f"已新增机构{unit.name}。")
    except Invalid as error:
        return _page(request.form, error.errors), status_of(error)
    return answered()


def _page(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        return render_template(
            "units/new.html",
            units=all_units(work),
            levels=Level,
            sorts=UnitSort,
            duties=UnitDuty,
            typed=typed,
            errors=errors,
        )


def _unit() -> Unit:
    """Return the unit as typed.

    Raises:
        Invalid: A choice was not made.
    """
    typed = request.form
    level, sort = _choice("level", Level), _choice("sort", UnitSort)
    if level is None or sort is None:
        asked = {"level": (level, "请选择层级。"), "sort": (sort, "请选择机构类别。")}
        raise Invalid({name: text for name, (one, text) in asked.items() if not one})
    return Unit(
        name=typed.get("name", "").strip(),
        short_name=typed.get("short_name", "").strip(),
        document_prefix=typed.get("document_prefix", "").strip(),
        level=level,
        sort=sort,
        duty=_choice("duty", UnitDuty),
        area=typed.get("area", "").strip(),
        position=typed_position(),
        government_id=typed.get("government_id", None, row_key),
        superior_id=typed.get("superior_id", None, row_key),
    )


def _choice(name: str, among: type[Choice]) -> Choice | None:
    """Return what was chosen, nothing if it is none of these."""
    chosen = request.form.get(name)
    return among(chosen) if chosen in list(among) else None

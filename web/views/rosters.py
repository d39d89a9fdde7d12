"""机构名册: organs as of a day, who reviews and advises each, and who has none."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from reviewflow.days import read_day
from reviewflow.errors import Invalid
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.model.unit_term import UnitTermSort
from reviewflow.queries.organ_roster import (
    COLUMNS,
    LACKING,
    OrganRoster,
    organ_roster,
    roster_sheet,
)
from reviewflow.work import Work
from web.files import send_made
from web.labels import label
from web.signin import begin_reading

bp = Blueprint("rosters", __name__, url_prefix="/rosters")


@bp.get("")
def index() -> ResponseReturnValue:
    """Show the roster, all of it or those that lack something."""
    with begin_reading() as work:
        try:
            found = _roster(work)
        except Invalid as error:
            return _page(None, error.errors), 422
        return _page(found, {})


@bp.get("/table.xlsx")
def export() -> Response:
    """Give the roster as a workbook."""
    with begin_reading() as work:
        found = _roster(work)
        sheet = roster_sheet(found, {sort: label(sort) for sort in COLUMNS})
    return send_made(workbook([sheet]), MEDIA_TYPE, f"机构名册-{found.day}.xlsx")


def _roster(work: Work) -> OrganRoster:
    """Return what is asked for by `as_of` and `lack`.

    Raises:
        Invalid: The day is not understood.
    """
    errors: dict[str, str] = {}
    day = read_day(request.args, "as_of", errors) or work.today
    if errors:
        raise Invalid(errors)
    lack = request.args.get("lack", "")
    known = {sort.value: sort for sort in LACKING}
    return organ_roster(work, day, known.get(lack))


def _page(found: OrganRoster | None, errors: dict[str, str]) -> str:
    wanted = request.args.get("page", 1, int)
    place, rows = found.page(wanted) if found else (None, ())
    return render_template(
        "rosters/index.html",
        found=found,
        rows=rows,
        place=place,
        columns=COLUMNS,
        lacking=LACKING,
        sorts=UnitTermSort,
        errors=errors,
    )

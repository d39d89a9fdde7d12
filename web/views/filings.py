"""Duties to file: what is owed to whom by when, and one of them worked off (报备)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import BinaryIO, TypeVar, cast

from flask import Blueprint, Response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.model.filing import Chain
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.filing_packages import filing_package
from reviewflow.queries.filing_page import filing_page
from reviewflow.queries.filings import Side, Wanted, list_filings, makers
from reviewflow.queries.history import latest_event
from reviewflow.queries.offers import offers_for
from reviewflow.queries.rule_lists import owed_lists
from reviewflow.queries.standings import Stage, stage_of
from reviewflow.usecases.filing_forms import answer_filing
from reviewflow.usecases.filing_moves import move_filing
from reviewflow.usecases.filing_reviews import begin_filing_review
from web.addresses import row_key
from web.errors import status_of, typed_texts
from web.filters import day
from web.labels import label
from web.questions import sent_answers, wants_row
from web.signin import answer_with, answered, begin_reading, begin_work
from web.uploads import has_files, receive_files

bp = Blueprint("filings", __name__, url_prefix="/filings")
Choice = TypeVar("Choice", bound=StrEnum)


@bp.get("")
def index() -> str:
    """List the duties to file that the filter of the address leaves."""
    wanted = Wanted(
        stage=_choice("stage", Stage),
        status=_choice("status", ObligationStatus),
        chain=_choice("chain", Chain),
        side=_choice("side", Side),
        unit_id=request.args.get("unit", None, row_key),
        text=request.args.get("q", ""),
        is_stranded="moved" in request.args,
    )
    with begin_reading() as work:
        return render_template(
            "filings/index.html",
            page=list_filings(work, wanted, request.args.get("page", 1, int)),
            wanted=wanted,
            makers=makers(work),
            owed=owed_lists(work),
            stages=Stage,
            chains=Chain,
            sides=Side,
            statuses=ObligationStatus,
        )


@bp.get("/<int:filing_id>")
def show(filing_id: int) -> ResponseReturnValue:
    """Show one duty, with the form of its task if that waits for the reader."""
    return _page(filing_id)


@bp.post("/<int:filing_id>")
def act(filing_id: int) -> ResponseReturnValue:
    """Send, examine or supplement the filing."""
    typed = sent_answers(request.form)
    if wants_row(request.form):
        return _page(filing_id, typed)
    task_id = request.form.get("task_id", 0, row_key)
    version = request.form.get("task_version", None, row_key)
    try:
        uploads = receive_files()
        with begin_work() as work:
            duty = answer_filing(work, filing_id, task_id, typed, uploads, version)
            stage = stage_of(duty.standing, work.today)
            answer_with(
                url_for("filings.show", filing_id=filing_id),
                f"《{duty.publication.title}》已办理，现为“{label(stage)}”。",
            )
    except (Invalid, Conflict) as error:
        return _page(filing_id, typed, error)
    return answered()


@bp.post("/<int:filing_id>/review")
def review(filing_id: int) -> ResponseReturnValue:
    """Begin to review what was registered."""
    with begin_work() as work:
        row = begin_filing_review(work, filing_id)
        work.settle()
        answer_with(
            url_for("cases.show", case_id=row.case_id),
            f"已开始备案审查，应当在{day(row.due_on)}前作出结论。",
        )
    return answered()


@bp.post("/<int:filing_id>/move")
def move(filing_id: int) -> ResponseReturnValue:
    """Let it go on as its receiver works now."""
    try:
        with begin_work() as work:
            duty = move_filing(work, filing_id, request.form.get("move_reason", ""))
            way = "系统外报备" if duty.is_outside else "系统内报备"
            answer_with(
                url_for("filings.show", filing_id=filing_id),
                f"《{duty.publication.title}》已转为{way}，报备时限没有变化。",
            )
    except (Invalid, Conflict) as error:
        return _page(filing_id, sent_answers(request.form), error)
    return answered()


@bp.get("/<int:filing_id>/package.zip")
def package(filing_id: int) -> Response:
    """Give all papers of the filing in one file, with their list."""
    with begin_reading() as work:
        found = filing_package(work, filing_id)
    return send_file(
        cast("BinaryIO", found.source),
        mimetype="application/zip",
        as_attachment=True,
        download_name=found.name,
    )


def _page(
    filing_id: int,
    typed: Mapping[str, object] | None = None,
    refused: ReviewflowError | None = None,
) -> ResponseReturnValue:
    """Show the duty as it is now, with what was typed and why it was refused."""
    is_stale = isinstance(refused, Conflict)
    with begin_reading() as work:
        page = filing_page(work, filing_id)
        case, form = page.duty.case, page.form
        text = render_template(
            "filings/show.html",
            page=page,
            typed=typed or {},
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
            last=latest_event(work, case.id) if is_stale else None,
            kept=typed_texts() if is_stale else [],
            offers=offers_for(work, form.fields, case, case.unit) if form else {},
            files_lost=refused is not None and has_files(),
        )
    return text, status_of(refused) if refused else 200


def _choice(name: str, among: type[Choice]) -> Choice | None:
    """Return what the address asks for, nothing if it is none of these."""
    asked = request.args.get(name)
    return among(asked) if asked in list(among) else None

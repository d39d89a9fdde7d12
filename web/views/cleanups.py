"""清理: campaigns in which every document in force is looked at."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow import clerks
from reviewflow.errors import Invalid, Refused
from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.model.cleanup import CleanupItem, CleanupResult
from reviewflow.queries.cleanups import cleanup_page, cleanup_sheet, list_cleanups
from reviewflow.usecases.cleanups import (
    NOT_REVIEWING,
    answer_item,
    confirm_item,
    publish_cleanup,
    start_cleanup,
)
from reviewflow.work import Work
from web.acts import carry_out
from web.errors import status_of
from web.files import send_made
from web.labels import label
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("cleanups", __name__, url_prefix="/cleanups")


@bp.get("")
def index() -> str:
    """List the campaigns."""
    with begin_reading() as work:
        return render_template(
            "cleanups/index.html",
            rows=list_cleanups(work),
            may_start=bool(clerks.organs_reviewed_by(work)),
        )


@bp.get("/new")
def new() -> str:
    """Ask what is to be cleaned up."""
    return _new({}, {})


@bp.post("/new")
def start() -> ResponseReturnValue:
    """Begin a campaign."""
    try:
        with begin_work() as work:
            cleanup = start_cleanup(work, request.form)
            address = url_for(".show", cleanup_id=cleanup.id)
            answer_with(address, "清理已经开始，起草单位可以逐件提出意见。")
    except Invalid as error:
        return _new(request.form, error.errors), status_of(error)
    return answered()


@bp.get("/<int:cleanup_id>")
def show(cleanup_id: int) -> str:
    """Show one campaign with every document."""
    return _page(cleanup_id, {})


@bp.get("/<int:cleanup_id>/table.xlsx")
def export(cleanup_id: int) -> Response:
    """Give the campaign as a workbook."""
    with begin_reading() as work:
        page = cleanup_page(work, cleanup_id)
        words = {one: label(one) for one in CleanupResult}
        content = workbook([cleanup_sheet(page, words)])
        name = f"{page.cleanup.title}.xlsx"
    return send_made(content, MEDIA_TYPE, name)


@bp.post("/<int:cleanup_id>/publish")
def publish(cleanup_id: int) -> ResponseReturnValue:
    """Note the publication of the result."""
    return _act(
        cleanup_id,
        lambda work: publish_cleanup(work, cleanup_id, request.form),
        "已登记公布，废止和宣布失效的文件自公布之日起不再执行。",
    )


@bp.post("/items/<int:cleanup_item_id>/answer")
def answer(cleanup_item_id: int) -> ResponseReturnValue:
    """Say what is to become of a document."""
    typed = request.form.get("proposal", ""), request.form.get("reason", "")
    return _act_on(
        cleanup_item_id,
        lambda work: answer_item(work, cleanup_item_id, *typed),
        "已提出意见。",
    )


@bp.post("/items/<int:cleanup_item_id>/confirm")
def confirm(cleanup_item_id: int) -> ResponseReturnValue:
    """Confirm what is to become of a document."""
    typed = request.form.get("proposal", ""), request.form.get("reason", "")
    return _act_on(
        cleanup_item_id,
        lambda work: confirm_item(work, cleanup_item_id, *typed),
        "已确认。",
    )


def _act_on(
    item_id: int, act: Callable[[Work], object], said: str
) -> ResponseReturnValue:
    with begin_reading() as work:
        cleanup_id = work.get(CleanupItem, item_id).cleanup_id
    return _act(cleanup_id, act, said, item_id)


def _act(
    cleanup_id: int,
    act: Callable[[Work], object],
    said: str,
    item_id: int | None = None,
) -> ResponseReturnValue:
    return carry_out(
        act,
        url_for(".show", cleanup_id=cleanup_id),
        said,
        lambda errors: _page(cleanup_id, errors, item_id),
    )


def _page(
    cleanup_id: int, errors: Mapping[str, str], item_id: int | None = None
) -> str:
    with begin_reading() as work:
        return render_template(
            "cleanups/show.html",
            page=cleanup_page(work, cleanup_id),
            results=CleanupResult,
            typed=request.form,
            errors=errors,
            wrong_item=item_id,
        )


def _new(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        offered = clerks.organs_reviewed_by(work)
        if not offered:
            raise Refused(NOT_REVIEWING)
        return render_template(
            "cleanups/new.html", organs=offered, typed=typed, errors=errors
        )

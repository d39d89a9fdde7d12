"""Yearly catalogues: what is listed, proposed, published and adjusted."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid, Refused
from reviewflow.model.catalogue import CatalogueItem, ItemState
from reviewflow.queries.catalogues import (
    catalogue_page,
    list_catalogues,
    years_of,
)
from reviewflow.usecases.catalogue_items import (
    CLASSES,
    NOT_PROPOSING,
    link_case,
    propose_item,
    proposing_units,
    remove_item,
    settle_item,
)
from reviewflow.usecases.catalogues import consent_catalogue, publish_catalogue
from reviewflow.work import Work
from web.acts import carry_out
from web.addresses import row_key
from web.catalogue_files import as_workbook, title_of
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("catalogues", __name__, url_prefix="/catalogues")


@bp.get("")
def index() -> str:
    """List the catalogues of a year."""
    with begin_reading() as work:
        year = request.args.get("year", work.today.year, row_key)
        return render_template(
            "catalogues/index.html",
            rows=list_catalogues(work, year),
            year=year,
            years=years_of(work),
            may_propose=bool(proposing_units(work)),
        )


@bp.get("/new")
def new() -> str:
    """Ask what is to be proposed."""
    return _proposal({}, {})


@bp.post("/new")
def propose() -> ResponseReturnValue:
    """Propose a matter."""
    try:
        with begin_work() as work:
            item = propose_item(work, request.form)
            address = url_for(".show", catalogue_id=item.catalogue_id)
            answer_with(address, f"已提出《{item.title}》，等待办公机构论证。")
    except Invalid as error:
        return _proposal(request.form, error.errors), status_of(error)
    return answered()


@bp.get("/<int:catalogue_id>")
def show(catalogue_id: int) -> ResponseReturnValue:
    """Show one catalogue with everything that can be done to it."""
    return _page(catalogue_id, {})


@bp.get("/<int:catalogue_id>/table.xlsx")
def export(catalogue_id: int) -> Response:
    """Give the catalogue as a workbook with the official columns."""
    with begin_reading() as work:
        return as_workbook(catalogue_page(work, catalogue_id))


@bp.post("/<int:catalogue_id>/consent")
def consent(catalogue_id: int) -> ResponseReturnValue:
    """Note the consent."""
    reference = request.form.get("consent_reference", "")
    return _act(
        catalogue_id,
        lambda work: consent_catalogue(
            work, catalogue_id, _day("consent_on"), reference
        ),
        "已登记同意情况。",
    )


@bp.post("/<int:catalogue_id>/publish")
def publish(catalogue_id: int) -> ResponseReturnValue:
    """Note the publication."""
    channel = request.form.get("channel", "")
    return _act(
        catalogue_id,
        lambda work: publish_catalogue(
            work, catalogue_id, _day("published_on"), channel
        ),
        "已登记公布，目录已对外公开。",
    )


@bp.post("/items/<int:item_id>/settle")
def settle(item_id: int) -> ResponseReturnValue:
    """List a proposed matter, or decline it."""
    is_listed = request.form.get("outcome") == "LISTED"
    reason = request.form.get("reason", "")
    said = "已列入目录。" if is_listed else "已登记不列入。"
    return _act_on(
        item_id,
        lambda work: settle_item(work, item_id, is_listed=is_listed, reason=reason),
        said,
    )


@bp.post("/items/<int:item_id>/remove")
def remove(item_id: int) -> ResponseReturnValue:
    """Take a listed matter out."""
    reason = request.form.get("reason", "")
    return _act_on(item_id, lambda work: remove_item(work, item_id, reason), "已调出。")


@bp.post("/items/<int:item_id>/link")
def link(item_id: int) -> ResponseReturnValue:
    """Say which case a listed matter has become."""
    number = request.form.get("number", "")
    return _act_on(item_id, lambda work: link_case(work, item_id, number), "已关联。")


def _act_on(
    item_id: int, act: Callable[[Work], object], said: str
) -> ResponseReturnValue:
    with begin_reading() as work:
        catalogue_id = work.get(CatalogueItem, item_id).catalogue_id
    return _act(catalogue_id, act, said, item_id)


def _act(
    catalogue_id: int,
    act: Callable[[Work], object],
    said: str,
    item_id: int | None = None,
) -> ResponseReturnValue:
    return carry_out(
        act,
        url_for(".show", catalogue_id=catalogue_id),
        said,
        lambda errors: _page(catalogue_id, errors, item_id),
    )


def _page(
    catalogue_id: int, errors: Mapping[str, str], item_id: int | None = None
) -> str:
    with begin_reading() as work:
        page = catalogue_page(work, catalogue_id)
        return render_template(
            "catalogues/show.html",
            page=page,
            title=title_of(page),
            states=ItemState,
            typed=request.form,
            errors=errors,
            wrong_item=item_id,
        )


def _proposal(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        units = proposing_units(work)
        if not units:
            raise Refused(NOT_PROPOSING)
        return render_template(
            "catalogues/new.html",
            units=units,
            classes=CLASSES,
            years=(work.today.year, work.today.year + 1),
            typed=typed,
            errors=errors,
        )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        return None

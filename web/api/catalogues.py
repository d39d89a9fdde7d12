"""Yearly catalogues: proposed, argued, consented to, published, adjusted, linked."""

from http import HTTPStatus
from typing import Any

import flask
from flask import Response

from reviewflow.queries.catalogues import catalogue_page, list_catalogues
from reviewflow.usecases import catalogue_items
from reviewflow.usecases.catalogues import consent_catalogue, publish_catalogue
from reviewflow.work import Work
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import CatalogueItemPath, CataloguePath
from web.api.shapes.catalogues import (
    Argument,
    CaseLink,
    CataloguePublication,
    CatalogueRecord,
    Catalogues,
    Consent,
    Proposal,
    Removal,
    YearQuery,
    catalogue_line,
    catalogue_record,
)

bp = noun("catalogues")
PLACE = f"/catalogues/{CataloguePath.RULE}"
ITEM = f"/catalogues/items/{CatalogueItemPath.RULE}"
DONE: dict[str, Any] = {"responses": {200: CatalogueRecord}}
LISTED = "LISTED"


@bp.get("/catalogues", responses={200: Catalogues})
def find(query: YearQuery) -> Response:
    """List the catalogues of a year."""
    with tokens.begin_reading() as work:
        rows = list_catalogues(work, query.year or work.today.year)
        items = [catalogue_line(row) for row in rows]
        return tokens.show(Catalogues(items=items, total=len(items), next=None))


@bp.get(PLACE, **DONE)
def show(path: CataloguePath) -> Response:
    """Show one catalogue with everything proposed for it."""
    with tokens.begin_reading() as work:
        return tokens.show(catalogue_record(catalogue_page(work, path.catalogue_id)))


@bp.post("/catalogues/proposals", responses={201: CatalogueRecord})
def propose(body: Proposal) -> Response:
    """Propose a matter."""
    with tokens.begin_work() as work:
        item = catalogue_items.propose_item(work, body.typed())
        place = flask.url_for("api.catalogues.show", catalogue_id=item.catalogue_id)
        return _reply(work, item.catalogue_id, HTTPStatus.CREATED, place)


@bp.post(f"{ITEM}/argument", **DONE)
def argue(path: CatalogueItemPath, body: Argument) -> Response:
    """List a proposed matter, or decline it."""
    is_listed = body.outcome == LISTED
    with tokens.begin_work() as work:
        item = catalogue_items.settle_item(
            work, path.item_id, is_listed=is_listed, reason=body.reason
        )
        return _reply(work, item.catalogue_id)


@bp.post(f"{ITEM}/removal", **DONE)
def remove(path: CatalogueItemPath, body: Removal) -> Response:
    """Take a listed matter out."""
    with tokens.begin_work() as work:
        item = catalogue_items.remove_item(work, path.item_id, body.reason)
        return _reply(work, item.catalogue_id)


@bp.post(f"{ITEM}/link", **DONE)
def link(path: CatalogueItemPath, body: CaseLink) -> Response:
    """Say which case a listed matter has become."""
    with tokens.begin_work() as work:
        item = catalogue_items.link_case(work, path.item_id, body.number)
        return _reply(work, item.catalogue_id)


@bp.post(f"{PLACE}/consent", **DONE)
def consent(path: CataloguePath, body: Consent) -> Response:
    """Note the consent."""
    with tokens.begin_work() as work:
        consent_catalogue(
            work, path.catalogue_id, body.consent_on, body.consent_reference
        )
        return _reply(work, path.catalogue_id)


@bp.post(f"{PLACE}/publication", **DONE)
def publish(path: CataloguePath, body: CataloguePublication) -> Response:
    """Note the publication."""
    with tokens.begin_work() as work:
        publish_catalogue(work, path.catalogue_id, body.published_on, body.channel)
        return _reply(work, path.catalogue_id)


def _reply(
    work: Work,
    catalogue_id: int,
    status: HTTPStatus = HTTPStatus.OK,
    place: str | None = None,
) -> Response:
    work.settle()
    shape = catalogue_record(catalogue_page(work, catalogue_id))
    return tokens.reply(work, shape, status, place)

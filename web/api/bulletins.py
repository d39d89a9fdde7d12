"""Bulletins: figures of a period, frozen and signed, and compared with today's."""

from http import HTTPStatus

import flask
from flask import Response

from reviewflow.queries.bulletin_figures import bulletin_figures
from reviewflow.queries.bulletins import (
    bulletin_page,
    comparison,
    count_bulletins,
    list_bulletins,
)
from reviewflow.signing import ALGORITHM
from reviewflow.usecases.bulletins import freeze_bulletin
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import BulletinPath
from web.api.shapes.bulletins import (
    BulletinComparison,
    BulletinRecord,
    Bulletins,
    NewBulletin,
    SigningKey,
    bulletin_line,
    bulletin_record,
    comparison_shape,
)
from web.api.wire import Window

bp = noun("bulletins")
PLACE = f"/bulletins/{BulletinPath.RULE}"


@bp.get("/bulletins", responses={200: Bulletins})
def find(query: Window) -> Response:
    """List the bulletins, the latest first."""
    with tokens.begin_reading() as work:
        total = count_bulletins(work)
        rows = list_bulletins(work, pages.window(query))
        return tokens.show(
            Bulletins(
                items=[bulletin_line(row) for row in rows],
                total=total,
                next=pages.next_part(query, total),
            )
        )


@bp.post("/bulletins", responses={201: BulletinRecord})
def freeze(body: NewBulletin) -> Response:
    """Freeze the figures of a period."""
    with tokens.begin_work() as work:
        row = freeze_bulletin(work, body.typed(), bulletin_figures)
        work.settle()
        place = flask.url_for("api.bulletins.show", bulletin_id=row.id)
        record = bulletin_record(bulletin_page(work, row.id))
        return tokens.reply(work, record, HTTPStatus.CREATED, place)


@bp.get(PLACE, responses={200: BulletinRecord})
def show(path: BulletinPath) -> Response:
    """Show one bulletin, its signature checked anew."""
    with tokens.begin_reading() as work:
        return tokens.show(bulletin_record(bulletin_page(work, path.bulletin_id)))


@bp.get(f"{PLACE}/comparison", responses={200: BulletinComparison})
def compare(path: BulletinPath) -> Response:
    """Show what its figures would be today."""
    with tokens.begin_reading() as work:
        _page, found = comparison(work, path.bulletin_id)
        return tokens.show(comparison_shape(found))


@bp.get("/bulletins/key", responses={200: SigningKey})
def key() -> Response:
    """Show with what signatures are checked."""
    with tokens.begin_reading() as work:
        return tokens.show(
            SigningKey(algorithm=ALGORITHM, public_key=work.signer.public_key)
        )

"""The items of the plan as they stand on a day."""

from flask import Response

from reviewflow.queries.items import SHOWN, board, item_page, read_period
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import ItemPath
from web.api.shapes.items import (
    BoardItems,
    BoardItemWhole,
    BoardQuery,
    board_shape,
    item_shape,
)

bp = noun("items")


@bp.get("/items", responses={200: BoardItems})
def find(query: BoardQuery) -> Response:
    """Show every item with target, actual and whether it is reached."""
    with tokens.begin_reading() as work:
        return tokens.show(
            board_shape(board(work, read_period(query.typed(), work.today)))
        )


@bp.get(f"/items/{ItemPath.RULE}", responses={200: BoardItemWhole})
def show(path: ItemPath, query: BoardQuery) -> Response:
    """Show one item by unit, with who is missing and the evidence."""
    with tokens.begin_reading() as work:
        question = read_period(query.typed(), work.today)
        page = item_page(work, question, path.item_number, SHOWN)
        return tokens.show(item_shape(page))

"""Registers as programs read them: chosen columns, any part of the rows."""

from flask import Response

from reviewflow.queries.register_filters import read_filter
from reviewflow.queries.registers import register_part
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import RegisterPath
from web.api.shapes.registers import Register, RegisterQuery, column_shape, line_shape

bp = noun("registers")


@bp.get(f"/registers/{RegisterPath.RULE}", responses={200: Register})
def show(path: RegisterPath, query: RegisterQuery) -> Response:
    """Show rows of a register; without columns, those the page shows."""
    asked = query.model_dump(mode="json", by_alias=True)
    wanted = read_filter({name: str(one) for name, one in asked.items() if one})
    chosen = [one for one in query.columns.split(",") if one]
    with tokens.begin_reading() as work:
        columns, part = register_part(
            work, path.register_name, wanted, chosen, pages.window(query)
        )
        return tokens.show(
            Register(
                columns=[column_shape(column) for column in columns],
                items=[line_shape(columns, row) for row in part.items],
                total=part.total,
                next=pages.next_part(query, part.total),
            )
        )

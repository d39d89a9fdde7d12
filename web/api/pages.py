"""Lists by parts: where the next one is."""

from urllib.parse import urlencode

from flask import request

from reviewflow.queries.slices import Window
from web.api import wire


def window(query: wire.Window) -> Window:
    """Return which part is wanted."""
    return Window(query.limit, query.offset)


def next_part(query: wire.Window, total: int) -> str | None:
    """Return the address of the next part; none after the last."""
    offset = query.offset + query.limit
    if offset >= total:
        return None
    asked = {**request.args.to_dict(), "limit": query.limit, "offset": offset}
    return f"{request.path}?{urlencode(asked)}"

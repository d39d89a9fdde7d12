"""Numbers in addresses and forms: no larger than any key of a row can be."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST_KEY = 2**63 - 1


class KeyConverter(IntegerConverter):
    """A whole number that a database knows; beyond it there is no such page."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002
        """Take the options of a rule; the largest key holds if none is named."""
        super().__init__(map, *args, **{"max": LARGEST_KEY, **options})


def install(app: Flask) -> None:
    """Read every `<int:…>` of the addresses so."""
    app.url_map.converters["int"] = KeyConverter


def row_key(text: str) -> int:
    """Return a number that was sent, for `request.args.get(…, …, row_key)`.

    Raises:
        ValueError: It is none, or none that a row can have.
    """
    number = int(text)
    if abs(number) > LARGEST_KEY:
        raise ValueError(text)
    return number

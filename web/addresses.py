"""Addresses: made when first written; their numbers are such as keys of rows are."""

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, Rule

LARGEST_KEY = 2**63 - 1


class KeyConverter(IntegerConverter):
    """A whole number that a database knows; beyond it there is no such page."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002
        """Take the options of a rule; the largest key holds if none is named."""
        super().__init__(map, *args, **{"max": LARGEST_KEY, **options})


class LateRule(Rule):
    """A rule that learns how to write its address when one is first wanted.

    Werkzeug compiles two functions for each rule, which for some hundred rules is
    most of what making the application takes; few of them are ever called.
    """

    def _compile_builder(
        self,
        append_unknown: bool = True,  # noqa: FBT001, FBT002 - as it is called
    ) -> Callable[..., tuple[str, str]]:
        compile_builder = super()._compile_builder

        @cache
        def compiled() -> Callable[..., tuple[str, str]]:
            return compile_builder(append_unknown)

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return compiled()(rule, **values)

        return build


def install(app: Flask) -> None:
    """Read every `<int:…>` of the addresses so, and write none before it is wanted."""
    app.url_map.converters["int"] = KeyConverter
    app.url_rule_class = LateRule


def row_key(text: str) -> int:
    """Return a number that was sent, for `request.args.get(…, …, row_key)`.

    Raises:
        ValueError: It is none, or none that a row can have.
    """
    number = int(text)
    if abs(number) > LARGEST_KEY:
        raise ValueError(text)
    return number

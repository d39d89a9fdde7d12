"""Every line of the record has a Chinese name on its page."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "web" / "templates" / "cases" / "_events.html"
FILING = ROOT / "web" / "templates" / "filings" / "_history.html"


def recorded(tree: ast.AST) -> Iterator[str]:
    """Give the kinds of events that a module records."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr != "record" or len(node.args) < 3:
            continue
        kind = node.args[2]
        if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
            yield kind.value


def all_kinds() -> set[str]:
    """Return the kinds of all events there are."""
    modules = (ROOT / "reviewflow").rglob("*.py")
    return {k for m in modules for k in recorded(ast.parse(m.read_text("utf-8")))}


def test_every_event_is_named_on_the_page() -> None:
    kinds, page = all_kinds(), PAGE.read_text("utf-8")

    assert len(kinds) > 50
    assert sorted(kind for kind in kinds if f'"{kind}": "' not in page) == []


def test_every_event_of_a_filing_is_named_on_its_page() -> None:
    kinds = {kind for kind in all_kinds() if kind.startswith("filing.")}
    page = FILING.read_text("utf-8")

    assert len(kinds) > 5
    assert sorted(kind for kind in kinds if f'"{kind}": "' not in page) == []

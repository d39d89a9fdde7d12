"""Every line of the record has a Chinese name on its page."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "web" / "templates" / "cases" / "_events.html"


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


def test_every_event_is_named_on_the_page() -> None:
    modules = (ROOT / "reviewflow").rglob("*.py")
    kinds = {k for m in modules for k in recorded(ast.parse(m.read_text("utf-8")))}
    page = PAGE.read_text("utf-8")

    assert len(kinds) > 50
    assert sorted(kind for kind in kinds if f'"{kind}": "' not in page) == []

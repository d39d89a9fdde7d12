"""The content policy forbids inline style and script, so no page may hold any."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import ROOT, place

JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
FORBIDDEN = re.compile(
    r"""\sstyle\s*=                  # an attribute
    | \son[a-z]+\s*=\s*["']          # a handler
    | <style\b
    | <script\b(?![^>]*\ssrc\s*=)    # a script without a file
    | \bjavascript:""",
    re.VERBOSE | re.IGNORECASE,
)


def inline(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    # What Jinja computes is no markup; its lines are kept for their numbers.
    markup = JINJA.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in FORBIDDEN.finditer(markup):
        line = markup.count("\n", 0, match.end()) + 1
        yield f"{place(path)}:{line} {match[0].strip()}"


def pages() -> Iterator[Path]:
    """Everything a browser gets as markup from us."""
    for folder in ("web/templates", "reviewflow/letters", "bpmn"):
        yield from sorted((ROOT / folder).rglob("*.html"))
    for path in sorted((ROOT / "web/static").rglob("*.svg")):
        if ROOT / "web/static/vendor" not in path.parents:
            yield path


def test_no_page_holds_style_or_script() -> None:
    paths = list(pages())
    assert paths
    assert not [line for path in paths for line in inline(path)]


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        '<p\n  style = "{{ colour }}">',
        '<button onclick="go()">',
        "<style>p {}</style>",
        '<script type="module">go()</script>',
        '<a href="javascript:go()">',
    ],
)
def test_inline_style_and_script_are_seen(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(markup, encoding="utf-8")
    assert len(list(inline(path))) == 1


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="{{ url }}" defer></script>',
        "{% set style = 1 %}{{ f( style=2) }}",
        '<link rel="stylesheet" href="app.css">',
    ],
)
def test_files_of_style_and_script_are_fine(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(markup, encoding="utf-8")
    assert not list(inline(path))

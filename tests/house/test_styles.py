"""A stylesheet is whole: a lost brace silently takes the rules behind it away."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT

SHEETS = sorted((ROOT / "web" / "static").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"[^{}]*\{[^{}]*\}")


def left_over(text: str) -> str:
    """Return what is no rule, once the rules are taken out from the inside."""
    text, before = COMMENT.sub("", text), ""
    while text != before:
        before, text = text, RULE.sub("", text)
    return text.strip()


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_brace_is_closed(path: Path) -> None:
    assert left_over(path.read_text(encoding="utf-8")) == ""


def test_a_lost_brace_is_seen() -> None:
    assert left_over("@media print { .a { color: red } }") == ""
    assert left_over(".a { color: red .b { color: blue }") != ""

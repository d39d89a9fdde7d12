import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.sources import OURS, ROOT, place, python_files

MODULE, FUNCTION, TEMPLATE = 250, 30, 80
MIGRATIONS = ROOT / "reviewflow/storage/migrations/versions"  # lists of columns

Function = ast.FunctionDef | ast.AsyncFunctionDef


def code_lines(function: Function, lines: list[str]) -> int:
    """Count what is neither blank nor comment nor docstring nor decorator."""
    skipped: set[int] = set()
    first = function.body[0]
    if isinstance(first, ast.Expr) and ast.get_docstring(function) is not None:
        skipped = set(range(first.lineno, (first.end_lineno or 0) + 1))
    numbers = range(function.lineno, (function.end_lineno or 0) + 1)
    texts = (lines[number - 1].strip() for number in numbers if number not in skipped)
    return sum(1 for text in texts if text and not text.startswith("#"))


def long_functions(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            size = code_lines(node, text.splitlines())
            if size > FUNCTION:
                yield f"{place(path)}:{node.lineno} {node.name} has {size} lines"


def too_long(path: Path, limit: int) -> Iterator[str]:
    size = len(path.read_text(encoding="utf-8").splitlines())
    if size > limit:
        yield f"{place(path)} has {size} lines"


def modules() -> list[Path]:
    return [ROOT / "dev.py", *python_files(*OURS)]


def test_a_module_has_at_most_250_lines() -> None:
    paths = [path for path in modules() if path.parent != MIGRATIONS]
    assert not [line for path in paths for line in too_long(path, MODULE)]


def test_a_function_has_at_most_30_lines_of_code() -> None:
    paths = [path for path in modules() if path.parent != MIGRATIONS]
    assert not [line for path in paths for line in long_functions(path)]


def test_a_template_has_at_most_80_lines() -> None:
    paths = sorted((ROOT / "web/templates").rglob("*.html"))
    assert not [line for path in paths for line in too_long(path, TEMPLATE)]


def test_one_line_too_many_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("x = 1\n" * (MODULE + 1), encoding="utf-8")
    assert list(too_long(path, MODULE)) == ["long.py has 251 lines"]


@pytest.mark.parametrize(("statements", "found"), [(29, 0), (30, 1)])
def test_one_line_of_code_too_many_is_seen(
    tmp_path: Path, statements: int, found: int
) -> None:
    path = tmp_path / "long.py"
    head = 'def f():\n    """Two\n\n    lines."""\n\n    # a comment\n'
    path.write_text(head + "    x = 1\n" * statements, encoding="utf-8")
    assert len(list(long_functions(path))) == found

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import PRODUCT, ROOT, place, python_files

RUNTIME = ROOT / "reviewflow/work.py"


def endings(path: Path) -> Iterator[str]:
    """Where a transaction is ended, or handed to somebody who could end it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}:
            yield f"{place(path)}:{node.lineno} {node.attr}"


def test_only_the_runtime_commits_or_rolls_back() -> None:
    paths = [path for path in python_files(*PRODUCT) if path != RUNTIME]
    assert paths
    assert not [line for path in paths for line in endings(path)]


def test_a_commit_elsewhere_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "effect.py"
    path.write_text("def f(work):\n    work.session.commit()\n", encoding="utf-8")
    assert list(endings(path)) == ["effect.py:2 commit"]

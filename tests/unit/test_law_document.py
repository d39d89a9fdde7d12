import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`(tests/\S+::\w+)`", TEXT))))
def test_every_test_the_document_names_is_there(named: str) -> None:
    file, name = named.split("::")

    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:reviewflow|bpmn|web)/[^`]+)`", TEXT)))
)
def test_every_file_the_document_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_limit_the_document_names_is_in_the_register() -> None:
    register = (ROOT / "reviewflow/law/data/limits.yaml").read_text(encoding="utf-8")

    for limit_id in re.findall(r"\b[TW]L-\d\d[A-Z]?\b", TEXT):
        assert f"- id: {limit_id}\n" in register

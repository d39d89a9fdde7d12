import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest

from tests.house.sources import ROOT

STATIC = ROOT / "web/static"


class Row(TypedDict):
    name: str
    version: str
    licence: str
    licence_file: str
    file: str
    sha256: str


def manifest() -> list[Row]:
    text = (STATIC / "vendor/manifest.json").read_text(encoding="utf-8")
    rows: list[Row] = json.loads(text)
    return rows


def changed(static: Path, rows: list[Row]) -> Iterator[str]:
    for row in rows:
        content = (static / row["file"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            yield row["file"]


def unlisted(static: Path, rows: list[Row]) -> set[str]:
    there = {
        path.relative_to(static).as_posix()
        for path in (static / "vendor").rglob("*")
        if path.is_file()
    }
    known = {row["file"] for row in rows} | {row["licence_file"] for row in rows}
    return there - known - {"vendor/manifest.json"}


def test_every_vendored_file_is_the_one_its_makers_published() -> None:
    assert manifest()
    assert not list(changed(STATIC, manifest()))


def test_every_vendored_file_is_listed() -> None:
    assert not unlisted(STATIC, manifest())


@pytest.mark.parametrize("row", manifest(), ids=lambda row: str(row["file"]))
def test_a_vendored_work_names_its_version_and_brings_its_licence(row: Row) -> None:
    folder = f"vendor/{row['name']}-{row['version']}"
    assert row["licence_file"] == f"{folder}/LICENSE"
    assert (STATIC / row["licence_file"]).stat().st_size
    assert row["name"] in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_a_changed_and_an_unlisted_file_are_seen(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor/a.js").write_text("let a;", encoding="utf-8")
    row = Row(
        name="a",
        version="1",
        licence="MIT",
        licence_file="vendor/LICENSE",
        file="vendor/a.js",
        sha256=hashlib.sha256(b"let b;").hexdigest(),
    )
    assert list(changed(tmp_path, [row])) == ["vendor/a.js"]
    assert unlisted(tmp_path, []) == {"vendor/a.js"}

"""A kind's folder in a zip file: opened safely, never written to disk."""

import stat
import zipfile
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from reviewflow.errors import Invalid
from reviewflow.kinds.findings import BadKind, Finding
from reviewflow.kinds.gathering import KEPT, MAX_FILES, SUFFIXES, called_files

LARGEST_FILE = 4 << 20
LARGEST_WHOLE = 16 << 20
MOST_ENTRIES = 5 * MAX_FILES
SHARED = "shared/"
PATTERNS = (*KEPT, *(f"shared/*{suffix}" for suffix in SUFFIXES))


def unpack(source: BinaryIO, shared: Path) -> dict[str, bytes]:
    """Return the files of the kind in a zip file, by their names in its folder.

    The folder itself may be in the zip, and `shared` in it or beside it; shared
    diagrams that are called and not in the zip are those that are here already.

    Args:
        source: The open zip file.
        shared: Where the diagrams are that several kinds call.

    Raises:
        Invalid: It is no zip file, or not a safe one.
        BadKind: A file in it is no text.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            _check(entries)
            names = _names_inside(entries)
            found = {name: _read(archive, entry) for name, entry in names.items()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise _refuse("压缩包已损坏或已加密，请重新打包后上传。") from error
    if sum(map(len, found.values())) > LARGEST_WHOLE:
        raise _refuse("压缩包解压后过大，不能接收。")
    _require_text(found)
    return called_files(found.get("kind.yaml", b""), shared) | found


def _check(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _refuse("压缩包中的文件过多，请只打包一个流程文件夹。")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or is_link:
            raise _refuse("压缩包内部路径不安全，不能接收。")


def _names_inside(entries: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    """Return what belongs to the kind, by the names seen from its `kind.yaml`."""
    by_name = {entry.filename: entry for entry in entries}
    tops = sorted(
        name.removesuffix("kind.yaml")
        for name in by_name
        if PurePosixPath(name).name == "kind.yaml"
    )
    if len(tops) != 1:
        raise _refuse("压缩包中应有且只有一个流程文件夹（内有 kind.yaml）。")
    beside = str(PurePosixPath(tops[0]).parent / SHARED) + "/"
    found: dict[str, zipfile.ZipInfo] = {}
    for name, entry in by_name.items():
        if name.startswith(tops[0]):
            found[name.removeprefix(tops[0])] = entry
        elif name.startswith(beside.removeprefix("./")):
            found[SHARED + name.rpartition("/")[2]] = entry
    return {n: e for n, e in found.items() if _is_kept(n)}


def _is_kept(name: str) -> bool:
    return any(
        fnmatchcase(name, pattern) and name.count("/") == pattern.count("/")
        for pattern in PATTERNS
    )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read one file for real, so that a lying size cannot hide a bomb."""
    with archive.open(entry) as part:
        content = part.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise _refuse(f"“{entry.filename}”过大，不能接收。")
    return content


def _require_text(files: Mapping[str, bytes]) -> None:
    findings = []
    for name, content in files.items():
        try:
            content.decode()
        except UnicodeDecodeError:
            findings.append(Finding(name, 1, "", "文件不是 UTF-8 编码的文本。"))
    if findings:
        raise BadKind(findings)


def _refuse(sentence: str) -> Invalid:
    return Invalid({"file": sentence})

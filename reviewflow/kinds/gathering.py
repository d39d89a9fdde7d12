"""The files of a kind: gathered from its folder, with the shared ones it calls."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from reviewflow.kinds.entries import Sheet

MAX_FILES = 200
KEPT = ("*.yaml", "*.bpmn", "*.dmn", "letters/*")
SUFFIXES = (".bpmn", ".dmn", ".forms.yaml", ".txt")


def gather(path: Path, shared: Path | None = None) -> dict[str, bytes]:
    """Return the files of a kind by name, with the shared ones it calls."""
    shared = shared or path.parent / "shared"
    found = {
        file.relative_to(path).as_posix(): file.read_bytes()
        for pattern in KEPT
        for file in sorted(path.glob(pattern))
        if file.is_file()
    }
    return called_files(found.get("kind.yaml", b""), shared) | found


def called_files(kind_yaml: bytes, shared: Path) -> dict[str, bytes]:
    """Return the shared files a kind calls, by their names inside its folder."""
    names = [f"{called}{suffix}" for called in _calls(kind_yaml) for suffix in SUFFIXES]
    return {
        f"shared/{name}": (shared / name).read_bytes()
        for name in names
        if (shared / name).is_file()
    }


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of all files and their names."""
    whole = hashlib.sha256()
    for name in sorted(files):
        line = f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n"
        whole.update(line.encode())
    return whole.hexdigest()


def _calls(content: bytes) -> tuple[str, ...]:
    sheet = Sheet("kind.yaml", content)
    if not isinstance(sheet.content, dict):
        return ()
    return tuple(called for called in sheet.top.words("calls") if "/" not in called)

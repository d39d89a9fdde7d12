"""Bytes come to the disk whole: written aside, then given their name."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reviewflow.errors import Unavailable, cause_of


@contextmanager
def temporary(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a new file aside; it is gone afterwards unless it was moved."""
    path = folder / secrets.token_hex(16)
    try:
        with path.open("xb") as file:
            yield path, file
    finally:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def not_written(error: OSError) -> Unavailable:
    """Return what is said of bytes that could not be written."""
    cause = cause_of(error)
    return Unavailable(f"文件没有保存：{cause}。请联系管理员处理后再试。")

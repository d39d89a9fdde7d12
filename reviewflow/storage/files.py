"""Uploaded bytes by their SHA-256: on disk before any row names them."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewflow.errors import Missing, Unavailable, cause_of

CHUNK = 1 << 20
PREFIXES = 256


@dataclass(frozen=True, slots=True)
class Stored:
    """Digest and size of bytes that are safely on disk."""

    sha256: str
    size_bytes: int


class FileStore:
    """A folder of files named by digest, in 256 folders made beforehand."""

    def __init__(self, root: Path) -> None:
        """Use that folder; `prepare` makes it."""
        self.root = root

    def prepare(self) -> None:
        """Make the folders, so that storing a file never has to.

        Raises:
            Unavailable: The disk is full or cannot be written.
        """
        try:
            for prefix in range(PREFIXES):
                (self.root / f"{prefix:02x}").mkdir(parents=True, exist_ok=True)
            (self.root / "tmp").mkdir(exist_ok=True)
        except OSError as error:
            raise _not_written(error) from error

    @property
    def is_ready(self) -> bool:
        """The folders are there and can be written to."""
        return os.access(self.root / "tmp", os.W_OK)

    def put(self, source: BinaryIO) -> Stored:
        """Store all bytes of an open file and return their digest.

        Raises:
            Unavailable: The disk is full or cannot be written; nothing is kept.
        """
        digest, size = hashlib.sha256(), 0
        try:
            with self._temporary() as (path, file):
                while chunk := source.read(CHUNK):
                    file.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                file.flush()
                os.fsync(file.fileno())
                target = self._path(digest.hexdigest())
                path.replace(target)
                _sync_folder(target.parent)
        except OSError as error:
            raise _not_written(error) from error
        return Stored(digest.hexdigest(), size)

    def open(self, sha256: str) -> BinaryIO:
        """Open stored bytes for reading.

        Raises:
            Missing: They are not there; `verify` will name the document.
        """
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise Missing("该文件的内容已不在存储中，请联系管理员核查。") from error

    def is_intact(self, sha256: str, size_bytes: int) -> bool:
        """The bytes are there, with that size and that digest."""
        path = self._path(sha256)
        if not path.is_file() or path.stat().st_size != size_bytes:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    @contextmanager
    def _temporary(self) -> Iterator[tuple[Path, BinaryIO]]:
        path = self.root / "tmp" / secrets.token_hex(16)
        try:
            with path.open("xb") as file:
                yield path, file
        finally:
            path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _not_written(error: OSError) -> Unavailable:
    cause = cause_of(error)
    return Unavailable(f"文件没有保存：{cause}。请联系管理员处理后再试。")

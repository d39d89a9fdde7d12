"""Uploaded bytes by their SHA-256: on disk before any row names them."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewflow.config import DAYS_KEPT
from reviewflow.errors import Missing
from reviewflow.storage.disk import not_written, sync_folder, temporary
from reviewflow.storage.made import MadeFiles

CHUNK = 1 << 20
PREFIXES = 256


@dataclass(frozen=True, slots=True)
class Stored:
    """Digest and size of bytes that are safely on disk."""

    sha256: str
    size_bytes: int


class FileStore:
    """A folder of files named by digest, in 256 folders made beforehand."""

    def __init__(self, root: Path, days_kept: int = DAYS_KEPT) -> None:
        """Use that folder; `prepare` makes it.

        Args:
            root: The folder.
            days_kept: How long files are kept that were made to be fetched.
        """
        self.root = root
        self.made = MadeFiles(root / "made", days_kept)

    def prepare(self) -> None:
        """Make the folders, so that storing a file never has to.

        Raises:
            Unavailable: The disk is full or cannot be written.
        """
        try:
            for prefix in range(PREFIXES):
                (self.root / f"{prefix:02x}").mkdir(parents=True, exist_ok=True)
            (self.root / "tmp").mkdir(exist_ok=True)
            self.made.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise not_written(error) from error

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
            with temporary(self.root / "tmp") as (path, file):
                while chunk := source.read(CHUNK):
                    file.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
                file.flush()
                os.fsync(file.fileno())
                target = self._path(digest.hexdigest())
                path.replace(target)
                sync_folder(target.parent)
        except OSError as error:
            raise not_written(error) from error
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

"""Files that were made for somebody to fetch, and are done away with after a while."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reviewflow.errors import Missing
from reviewflow.storage.disk import not_written, sync_folder, temporary


class MadeFiles:
    """A folder of files by name, apart from what is kept by digest.

    What is uploaded may have the same bytes and has to stay.
    """

    def __init__(self, folder: Path, days_kept: int) -> None:
        """Use that folder.

        Args:
            folder: Made beforehand, with the file store.
            days_kept: How many days after its making a file can be fetched.
        """
        self.folder = folder
        self.days_kept = days_kept

    @contextmanager
    def write(self, name: str) -> Iterator[BinaryIO]:
        """Open a file to be written; it has its name once all of it is there.

        Raises:
            Unavailable: The disk is full or cannot be written; nothing is kept.
        """
        try:
            with temporary(self.folder.parent / "tmp") as (path, file):
                yield file
                file.flush()
                os.fsync(file.fileno())
                path.replace(self.folder / name)
            sync_folder(self.folder)
        except OSError as error:
            raise not_written(error) from error

    def size_bytes(self, name: str) -> int:
        """Return how large a file is."""
        return (self.folder / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading.

        Raises:
            Missing: It is not there any more.
        """
        try:
            return (self.folder / name).open("rb")
        except FileNotFoundError as error:
            raise Missing("这份文件已经清理，请重新导出。") from error

    def names(self) -> frozenset[str]:
        """Return the names of all files there are."""
        if not self.folder.is_dir():
            return frozenset()
        return frozenset(path.name for path in self.folder.iterdir())

    def remove(self, name: str) -> None:
        """Do away with a file; that it is gone already is fine."""
        (self.folder / name).unlink(missing_ok=True)

"""What clients sent and what was answered: lines on disk before they are believed."""

import json
import os
import threading
from collections import Counter
from pathlib import Path
from typing import Any


class Ledger:
    """A file with a line before each sending and a line after each answer."""

    def __init__(self, path: Path) -> None:
        """Write there."""
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self.sent: Counter[str] = Counter()
        self.answered: dict[str, Any] = {}

    def before(self, key: str) -> None:
        """Note that something is about to be sent, perhaps again."""
        self._write("sent", key)
        self.sent[key] += 1

    def after(self, key: str, body: Any) -> None:
        """Note that it was answered with success."""
        self._write("answered", key)
        self.answered[key] = body

    def close(self) -> None:
        """Write no more."""
        self._file.close()

    @property
    def resent(self) -> int:
        """How many acts had to be sent more than once."""
        return sum(times > 1 for times in self.sent.values())

    @property
    def unanswered(self) -> set[str]:
        """What never got an answer."""
        return set(self.sent) - set(self.answered)

    def _write(self, *line: str) -> None:
        with self._lock:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

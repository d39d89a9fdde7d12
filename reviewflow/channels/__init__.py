"""Ways out of the system for notices."""

import logging
from typing import Protocol

log = logging.getLogger(__name__)


class Channel(Protocol):
    """Takes one notice for one person; the key tells a repeat from a new one."""

    def send(self, key: str, to: str, text: str) -> None:
        """Send the notice.

        Raises:
            OSError: It could not be sent; it will be tried again.
        """


class InsideChannel:
    """The system's own message list: the row itself is the notice."""

    def send(self, key: str, to: str, text: str) -> None:
        """Say in the log that a notice is there; its text is for its reader."""
        log.info("notice ready", extra={"key": key, "to": to, "size": len(text)})

"""The draw among those who enrolled: anybody can run it again and gets the same.

The list is published with its digest before anybody knows the seed; the seed is
a public figure that nobody here can choose. `docs/draw.md` says it in words.
"""

import hashlib
from collections.abc import Iterable

MASK = "**"
MARK_LENGTH = 8


def masked(name: str) -> str:
    """Return a name fit to be published: its first character, 朱**."""
    return name.strip()[:1] + MASK


def mark(code: str) -> str:
    """Return the mark that ties a line of the list to one receipt."""
    return _digest(code)[:MARK_LENGTH]


def list_text(entries: Iterable[tuple[str, str]]) -> str:
    """Return the one text of a list: `1 朱** 9f3a2c1b`, a line feed after each line.

    Args:
        entries: Name and receipt code of each, in the order of enrolment.
    """
    return "".join(
        f"{number} {masked(name)} {mark(code)}\n"
        for number, (name, code) in enumerate(entries, start=1)
    )


def list_digest(text: str) -> str:
    """Return the SHA-256 of a list, as it is published with it."""
    return _digest(text)


def order(count: int, digest: str, seed: str) -> list[int]:
    """Return the numbers 1 to `count` in the order in which they are drawn.

    The first have the places of the group, the others wait in this order.
    """
    return sorted(
        range(1, count + 1), key=lambda number: _digest(f"{seed}\n{digest}\n{number}")
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

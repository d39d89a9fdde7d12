"""Lists by pages of twenty rows."""

from dataclasses import dataclass

from reviewflow.queries.slices import Window

ROWS = 20


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of a list is shown, out of how many."""

    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * ROWS

    @property
    def end(self) -> int:
        """How many rows come before the next page."""
        return self.number * ROWS

    @property
    def window(self) -> Window:
        """The part of the list that is this page."""
        return Window(ROWS, self.first)


def paging(total: int, wanted: int) -> Paging:
    """Return the page wanted, or the last one if there are not so many."""
    pages = max(1, -(-total // ROWS))
    return Paging(min(max(wanted, 1), pages), pages, total)

"""The packet: which documents a case must carry when it is sent (送审材料)."""

from collections.abc import Mapping
from dataclasses import dataclass

from reviewflow.kinds.entries import Entry
from reviewflow.kinds.expressions import BadExpression, parse_expression

ALWAYS, OPTIONAL = "always", "optional"


@dataclass(frozen=True, slots=True)
class Need:
    """A line of the document checklist."""

    role: str
    label: str
    needed: str = ALWAYS
    note: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The facts it depends on."""
        if self.needed in (ALWAYS, OPTIONAL):
            return frozenset()
        return parse_expression(self.needed).names

    def is_needed(self, facts: Mapping[str, object]) -> bool:
        """It must be in the packet of a case with these facts.

        Raises:
            BadExpression: A fact it depends on is not there.
        """
        if self.needed in (ALWAYS, OPTIONAL):
            return self.needed == ALWAYS
        return bool(parse_expression(self.needed).evaluate(facts))


def read_need(entry: Entry) -> Need:
    """Return one line; what is wrong with it is noted."""
    need = Need(
        role=entry.text("role"),
        label=entry.text("label"),
        needed=entry.text("needed", ALWAYS),
        note=entry.text("note", ""),
    )
    try:
        parse_expression(need.needed)
    except BadExpression as error:
        entry.note(error.message, "needed")
    entry.close()
    return need

"""Which names have a value at each node of a process, whatever path was taken."""

from collections.abc import Callable, Iterable

from reviewflow.kinds.graph import AND, BOUNDARY, END, START, Node, Scope

Names = frozenset[str]
Gives = Callable[[Node, Names], Names]


def known_names(scope: Scope, given: Names, gives: Gives) -> dict[str, Names]:
    """Return what is known before each node that can be reached.

    Args:
        scope: The process, or the sub-process.
        given: What is known at its start.
        gives: What a node adds to what is known before it.
    """
    before: dict[str, Names] = {}
    after: dict[str, Names] = {}
    changed = True
    while changed:
        changed = False
        for node in scope.nodes.values():
            here = _before(node, given, before, after)
            if here is not None and here != before.get(node.id):
                before[node.id] = here
                after[node.id] = here | gives(node, here)
                changed = True
    return before


def known_at_ends(scope: Scope, before: dict[str, Names]) -> Names:
    """Return what is known when the scope has ended, at whichever end event."""
    ends = [before[end.id] for end in scope.of(END) if end.id in before]
    return frozenset.intersection(*ends) if ends else frozenset()


def _before(
    node: Node, given: Names, before: dict[str, Names], after: dict[str, Names]
) -> Names | None:
    if node.sort == START:
        return given
    if node.sort == BOUNDARY:
        return before.get(node.host)
    arriving = [after[f.source] for f in node.into if f.source in after]
    if not arriving:
        return None
    return _union(arriving) if node.sort == AND else frozenset.intersection(*arriving)


def _union(many: Iterable[Names]) -> Names:
    return frozenset[str]().union(*many)

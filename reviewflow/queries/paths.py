"""Which steps can follow a step, read off the diagrams of a kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reviewflow.kinds.diagrams import read_xml
from reviewflow.kinds.expressions import BadExpression, parse_expression
from reviewflow.kinds.graph import CALL, END, START, USER, Flow, Node, Scope, scopes
from reviewflow.kinds.shelf import ProcessKind

Known = Mapping[str, object]
Place = tuple[str, str]
"""The id of a process, and of an element of it."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one step to the next: where it ends, and what lies on it."""

    target: Node
    process: str
    passed: tuple[Place, ...]

    @property
    def ends_case(self) -> bool:
        """It leads to the end of the whole process."""
        return self.target.sort == END


class Map:
    """The diagrams of one kind, joined where one calls another."""

    def __init__(self, kind: ProcessKind) -> None:
        """Read them."""
        self.main = kind.process
        self.scopes: dict[str, Scope] = {
            scope.id: scope
            for content in kind.diagrams.values()
            for scope in scopes(read_xml(content))
        }
        self.callers: dict[str, list[tuple[Scope, Node]]] = {}
        for scope in self.scopes.values():
            for node in scope.of(CALL):
                called = node.element.get("calledElement", "")
                self.callers.setdefault(called, []).append((scope, node))

    def after(self, process: str, element: str, known: Known) -> list[Route]:
        """Return the ways from an element to the next that wait for somebody.

        Conditions on what is not known are taken to be open: the ways behind
        all of them are returned.
        """
        scope = self.scopes[process]
        seen: set[Place] = set()
        return list(self._leave(scope, scope.nodes[element], known, (), seen))

    def begin(self, known: Known) -> list[Route]:
        """Return the ways from the start of the whole process."""
        scope = self.scopes[self.main]
        return list(self._enter(scope, known, (), set()))

    def _enter(
        self, scope: Scope, known: Known, passed: tuple[Place, ...], seen: set[Place]
    ) -> Iterator[Route]:
        for node in scope.of(START):
            yield from self._leave(
                scope, node, known, (*passed, place(scope, node)), seen
            )

    def _leave(
        self,
        scope: Scope,
        node: Node,
        known: Known,
        passed: tuple[Place, ...],
        seen: set[Place],
    ) -> Iterator[Route]:
        for flow in possible(node, known):
            target = scope.nodes[flow.target]
            here = (*passed, (scope.id, flow.id))
            yield from self._arrive(scope, target, known, here, seen)

    def _arrive(
        self,
        scope: Scope,
        node: Node,
        known: Known,
        passed: tuple[Place, ...],
        seen: set[Place],
    ) -> Iterator[Route]:
        at = place(scope, node)
        is_main_end = node.sort == END and scope.id == self.main
        if node.sort == USER or is_main_end:
            yield Route(node, scope.id, (*passed, at))
            return
        if at in seen:
            return
        seen.add(at)
        passed = (*passed, at)
        called = self.scopes.get(node.element.get("calledElement", ""))
        if node.sort == CALL and called is not None:
            yield from self._enter(called, known, passed, seen)
        elif node.sort == END:
            for outer, caller in self.callers.get(scope.id, ()):
                yield from self._leave(outer, caller, known, passed, seen)
        else:
            yield from self._leave(scope, node, known, passed, seen)


def place(scope: Scope, node: Node) -> Place:
    """Return where a node is."""
    return scope.id, node.id


def possible(node: Node, known: Known) -> list[Flow]:
    """Return the flows out of a node that may be taken, given what is known."""
    if not any(flow.condition for flow in node.out):
        return node.out
    verdicts = {flow.id: holds(flow, known) for flow in node.out if flow.condition}
    if True in verdicts.values() and node.sort.startswith("exclusive"):
        return [flow for flow in node.out if verdicts.get(flow.id) is True][:1]
    return [flow for flow in node.out if verdicts.get(flow.id) is not False]


def holds(flow: Flow, known: Known) -> bool | None:
    """Return whether the condition of a flow holds, None if that is not known."""
    try:
        return bool(parse_expression(flow.condition or "").evaluate(known))
    except BadExpression:
        return None


_maps: dict[str, Map] = {}


def map_of(kind: ProcessKind) -> Map:
    """Return the map of a kind; a version never changes, so it is kept."""
    found = _maps.get(kind.digest)
    if found is None:
        found = _maps[kind.digest] = Map(kind)
    return found

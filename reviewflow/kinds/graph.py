"""A process as nodes and flows, so that rules about paths can be asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewflow.kinds.diagrams import Element, bpmn, lanes, local

START, END, BOUNDARY = "startEvent", "endEvent", "boundaryEvent"
XOR, AND, OR = "exclusiveGateway", "parallelGateway", "inclusiveGateway"
USER, EFFECT, TABLE = "userTask", "serviceTask", "businessRuleTask"
CALL, INNER, TIMER = "callActivity", "subProcess", "intermediateCatchEvent"

GATEWAYS = frozenset({XOR, AND, OR})
BLOCKS = frozenset({AND, OR})
ACTIVITIES = frozenset({USER, EFFECT, TABLE, CALL, INNER})
NODES = GATEWAYS | ACTIVITIES | {START, END, BOUNDARY, TIMER}
WAITING = frozenset({USER, CALL, INNER, TIMER})


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A sequence flow."""

    id: str
    source: str
    target: str
    condition: str | None
    element: Element


@dataclass(slots=True, eq=False)
class Node:
    """A task, gateway or event, with the flows into it and out of it."""

    id: str
    sort: str
    lane: str
    element: Element
    into: list[Flow] = field(default_factory=list)
    out: list[Flow] = field(default_factory=list)
    events: list["Node"] = field(default_factory=list)

    @property
    def host(self) -> str:
        """The activity a boundary event sits on."""
        return self.element.get("attachedToRef", "")

    @property
    def interrupts(self) -> bool:
        """A boundary event that ends its activity."""
        return self.element.get("cancelActivity", "true") != "false"

    @property
    def default(self) -> str:
        """The flow a gateway takes if no condition holds."""
        return self.element.get("default", "")


@dataclass(slots=True, eq=False)
class Scope:
    """The nodes of one process, or of one embedded sub-process."""

    id: str
    element: Element
    process: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def of(self, *sorts: str) -> list[Node]:
        """Return the nodes of some sorts."""
        return [node for node in self.nodes.values() if node.sort in sorts]

    def after(self, node: Node) -> Iterator[Node]:
        """Give the nodes that can follow; boundary events follow their host."""
        for flow in node.out:
            if flow.target in self.nodes:
                yield self.nodes[flow.target]
        yield from node.events

    def reachable(self, starts: Iterable[Node]) -> set[str]:
        """Return the ids of the nodes on any path from some nodes, these included."""
        left = list(starts)
        seen = {node.id for node in left}
        while left:
            for following in self.after(left.pop()):
                if following.id not in seen:
                    seen.add(following.id)
                    left.append(following)
        return seen

    def finishing(self) -> set[str]:
        """Return the ids of the nodes from which an end event can be reached."""
        before: dict[str, list[str]] = {name: [] for name in self.nodes}
        for node in self.nodes.values():
            for following in self.after(node):
                if following.sort != BOUNDARY or following.interrupts:
                    before[following.id].append(node.id)
        left = [node.id for node in self.of(END)]
        seen = set(left)
        while left:
            for name in before[left.pop()]:
                if name not in seen:
                    seen.add(name)
                    left.append(name)
        return seen

    def in_cycle(self, node: Node) -> bool:
        """A path leads from the node back to itself."""
        return node.id in self.reachable(self.after(node))


def scopes(root: Element) -> Iterator[Scope]:
    """Give every process of a diagram and every sub-process embedded in it."""
    for process in root.iter(bpmn("process")):
        lane_of = lanes(process)
        for element in (process, *process.iter(bpmn(INNER))):
            yield _scope(element, process.get("id", ""), lane_of)


def _scope(element: Element, process: str, lane_of: dict[str, str]) -> Scope:
    scope = Scope(element.get("id", ""), element, process)
    for child in element.iterchildren(tag=None):
        name = child.get("id", "")
        if local(child) in NODES:
            scope.nodes[name] = Node(name, local(child), lane_of.get(name, ""), child)
        elif local(child) == "sequenceFlow":
            scope.flows.append(_flow(child))
    _connect(scope)
    return scope


def _connect(scope: Scope) -> None:
    for flow in scope.flows:
        if flow.source in scope.nodes:
            scope.nodes[flow.source].out.append(flow)
        if flow.target in scope.nodes:
            scope.nodes[flow.target].into.append(flow)
    for event in scope.of(BOUNDARY):
        if event.host in scope.nodes:
            scope.nodes[event.host].events.append(event)


def _flow(element: Element) -> Flow:
    condition = element.find(bpmn("conditionExpression"))
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        condition=None if condition is None else (condition.text or "").strip(),
        element=element,
    )

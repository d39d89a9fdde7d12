"""Playing every order in which the tokens of a process can move.

A marking is the set of places where tokens are: on a flow, inside an activity
that waits for somebody, or on a timer that may still remind. What needs nobody
moves at once, as it does in the engine. Answers are not looked at: at a gateway
every branch is tried.
"""

from collections.abc import Iterator
from itertools import chain, combinations

from reviewflow.kinds.diagrams import bpmn
from reviewflow.kinds.graph import AND, END, OR, START, WAITING, XOR, Node, Scope

MAX_MARKINGS = 20_000

Marking = frozenset[str]


class TwoTokens(Exception):
    """Two tokens came to one place: a step would be done twice at once."""

    def __init__(self, node: Node) -> None:
        """Name the node that both came to."""
        super().__init__(node.id)
        self.node = node


class TooManyMarkings(Exception):
    """The process has more orders than can be tried."""


class TokenGame:
    """The markings of one scope, and which follows which."""

    def __init__(self, scope: Scope) -> None:
        """Play the scope from its start event to where nothing new follows.

        Raises:
            TwoTokens: Two tokens came to one place.
            TooManyMarkings: There are too many to try.
        """
        self.scope = scope
        self.flows = {flow.id: flow for flow in scope.flows}
        self.next: dict[Marking, set[Marking]] = {}
        begun = self.put(frozenset(), scope.of(START)[0].out[0].id)
        left = list(self.settle(begun))
        while left:
            marking = left.pop()
            if marking in self.next:
                continue
            if len(self.next) > MAX_MARKINGS:
                raise TooManyMarkings
            self.next[marking] = {
                settled
                for moved in self.acts(marking)
                for settled in self.settle(moved)
            }
            left += self.next[marking]

    def stuck(self) -> Iterator[Node]:
        """Give each node where a token waits for others that never come."""
        finishing = self._finishing()
        seen = set()
        for marking in self.next:
            if marking in finishing:
                continue
            for place in marking:
                if place in self.flows:
                    node = self.scope.nodes[self.flows[place].target]
                    if node.id not in seen:
                        seen.add(node.id)
                        yield node

    def put(self, marking: Marking, place: str) -> Marking:
        """Return the marking with a token on one more place."""
        if place in marking:
            name = self.flows[place].target if place in self.flows else place
            raise TwoTokens(self.scope.nodes[name])
        return marking | {place}

    def acts(self, marking: Marking) -> Iterator[Marking]:
        """Give the markings after each thing a person or a timer can do."""
        for place in marking - self.flows.keys():
            node = self.scope.nodes[place]
            if node.sort in WAITING:
                reminders = {event.id for event in node.events}
                gone = marking - {place} - reminders
                yield self.put(gone, node.out[0].id)
                for event in node.events:
                    if event.interrupts:
                        yield self.put(gone, event.out[0].id)
            else:
                yield self.put(marking - {place}, node.out[0].id)

    def settle(self, marking: Marking) -> set[Marking]:
        """Return the markings after everything that needs nobody has moved."""
        settled: set[Marking] = set()
        seen: set[Marking] = set()
        left = [marking]
        while left:
            here = left.pop()
            if here in seen:
                continue
            seen.add(here)
            moved = self.move(here)
            if moved is None:
                settled.add(here)
            else:
                left += moved
        return settled

    def move(self, marking: Marking) -> list[Marking] | None:
        """Return what one automatic move leads to, None if there is none."""
        arrived = sorted(marking & self.flows.keys(), key=self._late)
        for place in arrived:
            node = self.scope.nodes[self.flows[place].target]
            taken = self.taken(node, place, marking)
            if taken:
                return list(self.leave(node, marking - taken))
        return None

    def taken(self, node: Node, place: str, marking: Marking) -> Marking:
        """Return the tokens a node takes, none if it has to wait."""
        into = frozenset(flow.id for flow in node.into)
        if node.sort == AND:
            return into if into <= marking else frozenset()
        if node.sort == OR and len(into) > 1:
            others = marking - into
            waits = any(self._can_reach(other, node) for other in others)
            return frozenset() if waits else into & marking
        return frozenset({place})

    def leave(self, node: Node, marking: Marking) -> Iterator[Marking]:
        """Give the markings after a node has taken its tokens."""
        if node.sort in WAITING:
            here = self.put(marking, node.id)
            for event in node.events:
                if not event.interrupts:
                    here = self.put(here, event.id)
            yield here
        elif node.sort == END:
            ends = node.element.find(bpmn("terminateEventDefinition")) is not None
            yield frozenset() if ends else marking
        else:
            for chosen in _choices(node):
                here = marking
                for place in chosen:
                    here = self.put(here, place)
                yield here

    def _late(self, place: str) -> tuple[int, str]:
        sort = self.scope.nodes[self.flows[place].target].sort
        return (2 if sort == OR else 1 if sort == AND else 0), place

    def _can_reach(self, place: str, node: Node) -> bool:
        name = self.flows[place].target if place in self.flows else place
        first = self.scope.nodes[name]
        return first is not node and node.id in self.scope.reachable([first])

    def _finishing(self) -> set[Marking]:
        before: dict[Marking, list[Marking]] = {}
        for marking, following in self.next.items():
            for after in following:
                before.setdefault(after, []).append(marking)
        done: set[Marking] = {frozenset()}
        left: list[Marking] = [frozenset()]
        while left:
            for marking in before.get(left.pop(), []):
                if marking not in done:
                    done.add(marking)
                    left.append(marking)
        return done


def _choices(node: Node) -> Iterator[tuple[str, ...]]:
    out = [flow.id for flow in node.out]
    if node.sort == XOR:
        return iter([(place,) for place in out])
    if node.sort == OR and len(out) > 1:
        some = [place for place in out if place != node.default]
        sizes = range(1, len(some) + 1)
        chosen = chain.from_iterable(combinations(some, size) for size in sizes)
        return chain(chosen, [(node.default,)])
    return iter([tuple(out)])

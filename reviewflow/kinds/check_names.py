"""Whether everything a diagram computes with is known where it is computed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewflow.kinds.diagrams import Element, rf
from reviewflow.kinds.expressions import BadExpression, Expression, parse_expression
from reviewflow.kinds.fields import FieldType
from reviewflow.kinds.forms import Form
from reviewflow.kinds.graph import CALL, INNER, TABLE, USER, Flow, Node, Scope
from reviewflow.kinds.known import Names, known_at_ends, known_names
from reviewflow.kinds.notebook import Notebook

START_FACTS: Names = frozenset({"kind_code", "level", "maker_sort"})
NOTHING: tuple[Names, Names] = (frozenset(), frozenset())

Domains = Mapping[str, frozenset[object]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the names of a scope depend on, from outside of it.

    Tables and called processes are pairs: what they take, what they give.
    """

    steering: Mapping[str, Names]
    tables: Mapping[str, tuple[Names, Names]]
    calls: Mapping[str, tuple[Names, Names]]
    inner: Mapping[str, Scope]
    domains: Domains

    def takes(self, node: Node) -> Names:
        """Return what a node reads."""
        return self._passes(node)[0]

    def gives(self, node: Node, here: Names) -> Names:
        """Return what a node adds to what is known before it."""
        if node.sort == USER:
            return self.steering.get(node.id, frozenset())
        if node.sort == INNER and node.id in self.inner:
            inner = self.inner[node.id]
            return known_at_ends(inner, known_names(inner, here, self.gives))
        return self._passes(node)[1]

    def _passes(self, node: Node) -> tuple[Names, Names]:
        if node.sort == TABLE:
            return self.tables.get(node.element.get(rf("decision"), ""), NOTHING)
        if node.sort == CALL:
            return self.calls.get(node.element.get("calledElement", ""), NOTHING)
        return NOTHING


def check_names(
    book: Notebook, scope: Scope, given: Names, around: Surroundings
) -> Names:
    """Note every name that may be unknown; return what is known at the end.

    Args:
        book: Where to note.
        scope: The process, or the sub-process.
        given: What is known at its start.
        around: Forms, tables and processes the scope refers to.
    """
    before = known_names(scope, given, around.gives)
    for node in scope.nodes.values():
        if node.id not in before:
            continue
        here = before[node.id]
        _require(book, node.element, around.takes(node) - here)
        for flow in node.out:
            if flow.condition:
                _check_condition(book, flow, here, around.domains)
        if node.sort == INNER:
            check_names(book, around.inner[node.id], here, around)
    return known_at_ends(scope, before)


def domains_of(
    forms: Iterable[Form], codes: Iterable[str]
) -> dict[str, frozenset[object]]:
    """Return the values each name can have, where forms limit them."""
    domains: dict[str, frozenset[object]] = {"kind_code": frozenset(codes)}
    unlimited = set()
    for form in forms:
        for question in form.fields:
            if not question.steers or question.name == "kind_code":
                continue
            values = domains.get(question.name, frozenset())
            if question.optional or question.required_if:
                values |= {None}
            if question.type is FieldType.CHOICE:
                domains[question.name] = values | frozenset(question.choices)
            elif question.type is FieldType.YES_NO:
                domains[question.name] = values | {True, False}
            else:
                unlimited.add(question.name)
    return {name: v for name, v in domains.items() if name not in unlimited}


def _check_condition(book: Notebook, flow: Flow, here: Names, domains: Domains) -> None:
    try:
        condition = parse_expression(flow.condition or "")
    except BadExpression as error:
        book.note(flow.element, error.message)
        return
    if not condition.names:
        book.note(flow.element, "条件里没有用到任何答案。")
    _require(book, flow.element, condition.names - here)
    for name, value in _never(condition, domains, is_shared=book.is_shared):
        book.note(flow.element, f"“{name}”不会等于“{value}”，请核对选项的代码。")


def _never(
    condition: Expression, domains: Domains, *, is_shared: bool
) -> list[tuple[str, object]]:
    """Return what a name is compared with and can never be.

    A shared diagram may ask for what only other kinds answer, beside something
    that this one does.
    """
    limited = [(n, v) for n, v in condition.compared if n in domains and v is not None]
    fitting = {name for name, value in limited if value in domains[name]}
    return [
        (name, value)
        for name, value in limited
        if value not in domains[name] and not (is_shared and name in fitting)
    ]


def _require(book: Notebook, element: Element, unknown: Names) -> None:
    for name in sorted(unknown):
        book.note(element, f"走到这里时“{name}”未必已经有值，请检查之前的环节。")

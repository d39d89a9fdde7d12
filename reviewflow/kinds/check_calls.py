"""Whether the processes a kind calls are there, and pass what they must."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewflow.kinds.diagrams import Element, bpmn
from reviewflow.kinds.graph import CALL, END, Scope
from reviewflow.kinds.known import Names
from reviewflow.kinds.notebook import Notebook


@dataclass(slots=True, eq=False)
class Process:
    """A process of a kind, with the sub-processes embedded in it."""

    book: Notebook
    scope: Scope
    inner: dict[str, Scope] = field(default_factory=dict)

    @property
    def all_scopes(self) -> Iterator[Scope]:
        """The process itself and what is embedded in it."""
        yield self.scope
        yield from self.inner.values()

    @property
    def passes(self) -> tuple[Names, Names]:
        """The names it takes and the names it gives."""
        return (
            frozenset(_names(self.scope.element, "dataInputRefs")),
            frozenset(_names(self.scope.element, "dataOutputRefs")),
        )

    def called(self) -> Iterator[tuple[Element, str]]:
        """Give each call activity with the process it calls."""
        for scope in self.all_scopes:
            for node in scope.of(CALL):
                yield node.element, node.element.get("calledElement", "")


def check_calls(main: str, processes: dict[str, Process]) -> None:
    """Note calls that lead nowhere or in a circle, and what passes wrongly."""
    for name, process in processes.items():
        for element, called in process.called():
            if called not in processes:
                process.book.note(element, f"被调用的流程“{called}”不存在。")
            elif name in _reached(called, processes):
                process.book.note(element, f"流程“{called}”会循环调用自己。")
        if name != main:
            _check_called(process)
    for name in processes.keys() - _reached(main, processes):
        stray = processes[name]
        stray.book.note(stray.scope.element, "没有被调用，请删除或者画出调用。")


def _check_called(process: Process) -> None:
    book, scope = process.book, process.scope
    _, gives = process.passes
    if not gives:
        book.note(scope.element, "被调用的流程应当声明输入和至少一项输出。")
    for kind, refs in (
        ("dataInput", "dataInputRefs"),
        ("dataOutput", "dataOutputRefs"),
    ):
        declared = {one.get("id", "") for one in scope.element.iter(bpmn(kind))}
        for name in declared ^ set(_names(scope.element, refs)):
            book.note(scope.element, f"输入输出“{name}”的声明和引用不一致。")
    for end in scope.of(END):
        if end.element.find(bpmn("terminateEventDefinition")) is not None:
            book.note(end.element, "被调用的流程里不能用终止结束事件。")


def _reached(first: str, processes: dict[str, Process]) -> set[str]:
    seen: set[str] = set()
    left = [first]
    while left:
        name = left.pop()
        if name in seen or name not in processes:
            continue
        seen.add(name)
        left += [called for _, called in processes[name].called()]
    return seen


def _names(process: Element, refs: str) -> list[str]:
    return [
        (ref.text or "").strip()
        for passes in process.iterchildren(bpmn("ioSpecification"))
        for ref in passes.iter(bpmn(refs))
    ]

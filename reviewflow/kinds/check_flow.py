"""Whether every path of a process begins, goes on and ends."""

from collections.abc import Callable

from reviewflow.kinds.diagrams import bpmn, local
from reviewflow.kinds.graph import (
    ACTIVITIES,
    AND,
    BLOCKS,
    BOUNDARY,
    END,
    GATEWAYS,
    INNER,
    START,
    TIMER,
    USER,
    Flow,
    Node,
    Scope,
)
from reviewflow.kinds.notebook import Notebook

NEVER = '"9999-12-31T00:00:00+08:00"'


def check_flow(book: Notebook, scope: Scope) -> None:
    """Note what is wrong with the paths of one scope."""
    _check_starts_and_ends(book, scope)
    for flow in scope.flows:
        _check_ends_of(book, scope, flow)
    for node in scope.nodes.values():
        check = CHECKS.get(node.sort, _check_single_exit)
        check(book, scope, node)
        if node.sort not in (START, BOUNDARY) and not node.into:
            book.note(node.element, "没有连线进入。")
    _check_paths(book, scope)
    _check_blocks(book, scope)


def _check_starts_and_ends(book: Notebook, scope: Scope) -> None:
    if len(scope.of(START)) != 1:
        book.note(scope.element, "应当有且只有一个开始事件。")
    if not scope.of(END):
        book.note(scope.element, "没有结束事件。")


def _check_ends_of(book: Notebook, scope: Scope, flow: Flow) -> None:
    for name in (flow.source, flow.target):
        if name not in scope.nodes:
            book.note(flow.element, f"连线的一端“{name}”不在同一个流程里。")


def _check_start(book: Notebook, scope: Scope, node: Node) -> None:
    if node.into:
        book.note(node.element, "开始事件不能有连线进入。")
    if _has_definition(node):
        book.note(node.element, "开始事件不能带触发条件。")
    _check_single_exit(book, scope, node)


def _check_end(book: Notebook, scope: Scope, node: Node) -> None:
    if node.out:
        book.note(node.element, "结束事件不能有连线离开。")
    if node.element.find(bpmn("timerEventDefinition")) is not None:
        book.note(node.element, "结束事件不能定时。")
    if local(scope.element) != "process" and _terminates(node):
        book.note(node.element, "终止结束事件只能画在主流程里。")


def _check_single_exit(book: Notebook, _scope: Scope, node: Node) -> None:
    if len(node.out) != 1:
        book.note(node.element, "应当有且只有一条连线离开；分支请用网关。")
    _refuse_conditions(book, node)


def _check_timer(book: Notebook, scope: Scope, node: Node) -> None:
    dates = list(node.element.iter(bpmn("timeDate")))
    if len(dates) != 1:
        book.note(node.element, "应当是定时事件，并写一个 timeDate。")
    elif (dates[0].text or "").strip() != NEVER:
        book.note(dates[0], f"时刻应写成 {NEVER}，到期由期限 rf:deadline 决定。")
    if node.sort == BOUNDARY:
        _check_host(book, scope, node)
    _check_single_exit(book, scope, node)


def _check_host(book: Notebook, scope: Scope, node: Node) -> None:
    host = scope.nodes.get(node.host)
    if host is None or host.sort not in ACTIVITIES:
        book.note(node.element, "边界事件应当附在一个任务上。")
    elif host.sort not in (USER, INNER, "callActivity"):
        book.note(node.element, "服务任务和业务规则任务立即完成，不能附边界事件。")
    if node.into:
        book.note(node.element, "边界事件不能有连线进入。")


def _check_gateway(book: Notebook, _scope: Scope, node: Node) -> None:
    if not node.out:
        book.note(node.element, "没有连线离开。")
    if node.sort in BLOCKS and len(node.into) > 1 and len(node.out) > 1:
        book.note(node.element, "请分成两个网关：先汇合，再分流。")
    if len(node.out) == 1 or node.sort == AND:
        _refuse_conditions(book, node)
        return
    if node.default not in {flow.id for flow in node.out}:
        book.note(node.element, "分流的网关应当指定默认连线，以免无路可走。")
    for flow in node.out:
        if flow.id == node.default and flow.condition:
            book.note(flow.element, "默认连线不写条件。")
        elif flow.id != node.default and not flow.condition:
            book.note(flow.element, "缺少条件。")


def _refuse_conditions(book: Notebook, node: Node) -> None:
    for flow in node.out:
        if flow.condition is not None:
            book.note(flow.element, "这条连线上的条件不起作用，请删除或改用网关。")


def _check_paths(book: Notebook, scope: Scope) -> None:
    reachable = scope.reachable(scope.of(START))
    finishing = scope.finishing()
    for node in scope.nodes.values():
        if node.id not in reachable:
            book.note(node.element, "从开始事件走不到这里。")
        elif node.id not in finishing:
            book.note(node.element, "从这里走不到结束事件。")


def _check_blocks(book: Notebook, scope: Scope) -> None:
    splits = [node for node in scope.of(*BLOCKS) if len(node.out) > 1]
    for extra in splits[1:]:
        book.note(extra.element, "一个流程里只能有一处并行，另一处请画成调用活动。")
    for node in scope.of(*BLOCKS):
        if scope.in_cycle(node):
            book.note(node.element, "并行不能处在退回的环路里，请画成调用活动。")


def _has_definition(node: Node) -> bool:
    return any(str(child.tag).endswith("EventDefinition") for child in node.element)


def _terminates(node: Node) -> bool:
    return node.element.find(bpmn("terminateEventDefinition")) is not None


Check = Callable[[Notebook, Scope, Node], None]
CHECKS: dict[str, Check] = {
    START: _check_start,
    END: _check_end,
    BOUNDARY: _check_timer,
    TIMER: _check_timer,
    **dict.fromkeys(GATEWAYS, _check_gateway),
}

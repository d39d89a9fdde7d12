"""What a diagram may be made of: elements, attributes, ids, drawing."""

import re
from collections import Counter

from lxml import etree

from reviewflow.kinds.diagrams import BPMN, DI, RF, Element, bpmn, local, rf
from reviewflow.kinds.graph import BOUNDARY, EFFECT, NODES, TABLE, TIMER, USER
from reviewflow.kinds.notebook import Notebook

MAX_NODES = 150
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")

ELEMENTS = NODES | {
    "definitions",
    "collaboration",
    "participant",
    "process",
    "documentation",
    "text",
    "textAnnotation",
    "association",
    "laneSet",
    "lane",
    "flowNodeRef",
    "sequenceFlow",
    "conditionExpression",
    "incoming",
    "outgoing",
    "timerEventDefinition",
    "timeDate",
    "terminateEventDefinition",
    "ioSpecification",
    "dataInput",
    "dataOutput",
    "inputSet",
    "outputSet",
    "dataInputRefs",
    "dataOutputRefs",
}

REFUSED = {
    "scriptTask": "不能使用脚本任务，请改用服务任务并指明 rf:effect。",
    "script": "不能含有脚本。",
    "extensionElements": "不能含有扩展元素（包括前置、后置脚本），请删除。",
    "multiInstanceLoopCharacteristics": "暂不支持多实例任务。",
    "standardLoopCharacteristics": "不支持循环任务，请画出退回的连线。",
    "complexGateway": "不支持复杂网关，请改用排他、并行或包容网关。",
    "eventBasedGateway": "暂不支持事件网关。",
    "manualTask": "请改用用户任务，并配上表单。",
    "task": "请指明任务的类型：用户任务、服务任务或业务规则任务。",
    "timeDuration": "定时事件只写 timeDate，期限由 rf:deadline 指明。",
    "timeCycle": "定时事件只写 timeDate，期限由 rf:deadline 指明。",
}

OWN: dict[str, frozenset[str]] = {
    "deadline": frozenset({USER, EFFECT, BOUNDARY, TIMER}),
    "verbs": frozenset({USER}),
    "effect": frozenset({EFFECT}),
    "decision": frozenset({TABLE}),
}


def check_shape(book: Notebook) -> None:
    """Note what no diagram may contain."""
    for element in book.root.iter():
        space = etree.QName(element).namespace
        if space == BPMN:
            _check_element(book, element)
        elif space is None or not space.startswith("http://www.omg.org/spec/"):
            book.note(element, f"不支持元素“{local(element)}”，请删除。")
    _check_ids(book)
    _check_drawing(book)


def is_too_large(book: Notebook) -> bool:
    """Note a process with more nodes than anybody can read."""
    nodes = sum(1 for element in book.root.iter() if local(element) in NODES)
    if nodes > MAX_NODES:
        book.note(
            book.root, f"流程图有 {nodes} 个节点，超过 {MAX_NODES} 个，请拆成调用活动。"
        )
    return nodes > MAX_NODES


def _check_element(book: Notebook, element: Element) -> None:
    tag = local(element)
    if tag not in ELEMENTS:
        book.note(element, REFUSED.get(tag, f"暂不支持“{tag}”。"))
    if element.get("triggeredByEvent") == "true":
        book.note(element, "不支持事件子流程。")
    if element.get("isForCompensation") == "true":
        book.note(element, "不支持补偿。")
    parent = element.getparent()
    if tag == "ioSpecification" and parent is not None and local(parent) != "process":
        book.note(element, "输入输出只能在被调用的流程上声明。")
    for name in element.attrib:
        attribute = etree.QName(name)
        if attribute.namespace != RF:
            continue
        if tag not in OWN.get(attribute.localname, frozenset()):
            book.note(element, f"这里不能使用 rf:{attribute.localname}。")


def _check_ids(book: Notebook) -> None:
    effects = {task.get(rf("effect")) for task in book.root.iter(bpmn(EFFECT))}
    counted = Counter(element.get("id") for element in book.root.iter())
    for element in book.root.iter():
        name = element.get("id")
        tag = local(element)
        if name is None:
            if tag in NODES or tag in ("process", "sequenceFlow"):
                book.note(element, "缺少 id。")
            continue
        if counted[name] > 1:
            book.note(element, f"id“{name}”重复出现。")
        if tag in NODES | {"process"} and not SNAKE.fullmatch(name):
            book.note(element, "id 应由小写字母、数字和下划线组成，并说明它是什么。")
        if tag in NODES and name in effects:
            book.note(element, "id 不能与 rf:effect 的名称相同。")
        if tag in NODES and not element.get("name", "").strip() and _is_named(tag):
            book.note(element, "缺少中文名称。")


def _is_named(tag: str) -> bool:
    return tag not in ("parallelGateway", "inclusiveGateway", "exclusiveGateway")


def _check_drawing(book: Notebook) -> None:
    drawn = {
        shape.get("bpmnElement")
        for kind in ("BPMNShape", "BPMNEdge")
        for shape in book.root.iter(f"{{{DI}}}{kind}")
    }
    for element in book.root.iter():
        tag = local(element)
        is_shown = tag in NODES or tag == "sequenceFlow"
        if is_shown and element.get("id") not in drawn:
            book.note(element, "没有画在图上（缺少图形信息）。")

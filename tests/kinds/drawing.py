"""Diagrams for tests, written as lists instead of XML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from reviewflow.kinds.shelf import ProcessKind, read_files

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:rf="urn:reviewflow:1"'
    ' id="{process}_definitions" targetNamespace="urn:reviewflow:1">\n'
)
TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "effect": "serviceTask",
    "table": "businessRuleTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "call": "callActivity",
    "inner": "subProcess",
    "timer": "intermediateCatchEvent",
    "boundary": "boundaryEvent",
}
NEVER = (
    '<bpmn:timerEventDefinition id="{id}_definition">'
    '<bpmn:timeDate xsi:type="bpmn:tFormalExpression">'
    '"9999-12-31T00:00:00+08:00"</bpmn:timeDate></bpmn:timerEventDefinition>'
)

Flow = tuple[str, ...]


@dataclass
class Drawing:
    """A process.

    A node is named by its sort: `user_a`, `xor_b`, `end_c`; its first word says
    what it is. A flow is (from, to), (from, to, condition) or (from, to,
    "default"). A boundary event is named `boundary_x`, and `boundary` says on
    which node it sits and whether it interrupts. A sub-process is named
    `inner_x`, and `inner` holds what is in it.
    """

    process: str
    flows: Sequence[Flow]
    effects: Mapping[str, str] = field(default_factory=dict)
    calls: Mapping[str, str] = field(default_factory=dict)
    boundary: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    inner: Mapping[str, "Drawing"] = field(default_factory=dict)
    takes: Sequence[str] = ()
    gives: Sequence[str] = ()
    inside: str = ""
    lane: str = "经办人"

    @property
    def nodes(self) -> list[str]:
        return list(dict.fromkeys(end for flow in self.flows for end in flow[:2]))

    @property
    def all_nodes(self) -> list[str]:
        inside = [node for one in self.inner.values() for node in one.all_nodes]
        return [*self.nodes, *inside]

    @property
    def all_flows(self) -> list[Flow]:
        inside = [flow for one in self.inner.values() for flow in one.all_flows]
        return [*self.flows, *inside]

    @property
    def body(self) -> list[str]:
        return [*map(self.node, self.nodes), *map(_flow, self.flows)]

    @property
    def xml(self) -> str:
        nodes = "".join(
            f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in self.all_nodes
        )
        process = self.process
        lines = [
            HEAD.format(process=process),
            f'<bpmn:process id="{process}" name="样例" isExecutable="true">',
            _passes(self.takes, self.gives),
            f'<bpmn:laneSet id="{process}_lanes">',
            f'<bpmn:lane id="{process}_lane" name="{self.lane}">{nodes}</bpmn:lane>',
            "</bpmn:laneSet>",
            *self.body,
            self.inside,
            "</bpmn:process>",
            _shapes(process, self.all_nodes, self.all_flows),
            "</bpmn:definitions>",
        ]
        return "\n".join(lines)

    def node(self, node: str) -> str:
        sort = node.partition("_")[0]
        own = f'id="{node}" name="{node}"' + self.own(node, sort)
        into = [_flow_id(flow) for flow in self.flows if flow[1] == node]
        out = [_flow_id(flow) for flow in self.flows if flow[0] == node]
        inner = "".join(f"<bpmn:incoming>{name}</bpmn:incoming>" for name in into)
        inner += "".join(f"<bpmn:outgoing>{name}</bpmn:outgoing>" for name in out)
        if sort in ("boundary", "timer"):
            inner += NEVER.format(id=node)
        if node in self.inner:
            inner += "".join(self.inner[node].body)
        return f"<bpmn:{TAGS[sort]} {own}>{inner}</bpmn:{TAGS[sort]}>"

    def own(self, node: str, sort: str) -> str:
        host, interrupts = self.boundary.get(node, ("", True))
        attributes = {
            "attachedToRef": host,
            "cancelActivity": "" if interrupts else "false",
            "rf:deadline": "TL-01" if sort in ("boundary", "timer") else "",
            "rf:effect": self.effects.get(node, "sample." + node)
            if sort == "effect"
            else "",
            "rf:decision": f"{node}_table" if sort == "table" else "",
            "calledElement": self.calls.get(node, ""),
            "default": next(
                (_flow_id(f) for f in self.flows if f[::2] == (node, "default")), ""
            ),
        }
        return "".join(f' {name}="{v}"' for name, v in attributes.items() if v)


def draw(process: str, flows: Sequence[Flow], **more: Any) -> str:
    """Return the XML of a process."""
    return Drawing(process, flows, **more).xml


def kind_of(
    diagram: str,
    *,
    shared: Mapping[str, str] | None = None,
    tables: Mapping[str, str] | None = None,
    forms: Mapping[str, object] | None = None,
    walks: Mapping[str, object] | None = None,
    key: str = "sample",
) -> ProcessKind:
    """Return a kind around a diagram."""
    return read_files(
        files_of(
            diagram, shared=shared, tables=tables, forms=forms, walks=walks, key=key
        )
    )


def files_of(
    diagram: str,
    *,
    shared: Mapping[str, str] | None = None,
    tables: Mapping[str, str] | None = None,
    forms: Mapping[str, object] | None = None,
    walks: Mapping[str, object] | None = None,
    key: str = "sample",
) -> dict[str, bytes]:
    """Return the files of a kind around a diagram."""
    about = {
        "key": key,
        "title": "样例",
        "codes": {"SAMPLE": "样例"},
        "source": "测试",
        "process": key,
        "calls": list(shared or {}),
        "lanes": {"经办人": {"role": "drafter", "part": "drafting_unit"}},
    }
    files = {
        "kind.yaml": _yaml(about),
        "process.bpmn": diagram.encode(),
        "forms.yaml": _yaml(forms or {}),
        "walks.yaml": _yaml(walks or {}),
    }
    files |= {
        f"shared/{name}.bpmn": xml.encode() for name, xml in (shared or {}).items()
    }
    files |= {f"{name}.dmn": xml.encode() for name, xml in (tables or {}).items()}
    return files


def _yaml(content: object) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()


def _flow_id(flow: Flow) -> str:
    return f"{flow[0]}_to_{flow[1]}"


def _flow(flow: Flow) -> str:
    ends = f'id="{_flow_id(flow)}" sourceRef="{flow[0]}" targetRef="{flow[1]}"'
    if len(flow) < 3 or flow[2] == "default":
        return f"<bpmn:sequenceFlow {ends} />"
    condition = flow[2].replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<bpmn:sequenceFlow {ends}><bpmn:conditionExpression"
        f' xsi:type="bpmn:tFormalExpression">{condition}'
        "</bpmn:conditionExpression></bpmn:sequenceFlow>"
    )


def _passes(takes: Sequence[str], gives: Sequence[str]) -> str:
    if not takes and not gives:
        return ""
    named = [f'<bpmn:dataInput id="{name}" name="{name}" />' for name in takes]
    named += [f'<bpmn:dataOutput id="{name}" name="{name}" />' for name in gives]
    taken = "".join(f"<bpmn:dataInputRefs>{n}</bpmn:dataInputRefs>" for n in takes)
    given = "".join(f"<bpmn:dataOutputRefs>{n}</bpmn:dataOutputRefs>" for n in gives)
    return (
        f"<bpmn:ioSpecification>{''.join(named)}<bpmn:inputSet>{taken}</bpmn:inputSet>"
        f"<bpmn:outputSet>{given}</bpmn:outputSet></bpmn:ioSpecification>"
    )


def _shapes(process: str, nodes: Sequence[str], flows: Sequence[Flow]) -> str:
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{node}_shape" bpmnElement="{node}">'
        f'<dc:Bounds x="{100 * place}" y="{100 + 10 * place}" width="80" height="60" />'
        "</bpmndi:BPMNShape>"
        for place, node in enumerate(nodes)
    )
    edges = "".join(
        f'<bpmndi:BPMNEdge id="{_flow_id(flow)}_edge" bpmnElement="{_flow_id(flow)}">'
        '<di:waypoint x="1" y="1" /><di:waypoint x="2" y="2" /></bpmndi:BPMNEdge>'
        for flow in flows
    )
    return (
        f'<bpmndi:BPMNDiagram id="{process}_diagram"><bpmndi:BPMNPlane'
        f' id="{process}_plane" bpmnElement="{process}">{shapes}{edges}'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )

"""What the engine runs: parsed once at deployment, rebuilt once per process."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import CallActivity
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import (
    SubWorkflowTask as AnySubWorkflow,
)
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.spiff.serializer.task_spec import ServiceTaskConverter

from reviewflow.engine.parsing import EffectTask, parse_kind
from reviewflow.errors import Unavailable
from reviewflow.kinds.shelf import ProcessKind

SPEC_FORMAT = 1
KEPT_VERSIONS = 64


@dataclass(frozen=True, slots=True)
class Diagram:
    """One version of a kind as the engine runs it; shared by all its cases.

    `process_of` names, for each process and embedded sub-process, the process
    whose diagram shows it.
    """

    digest: str
    main: str
    specs: Mapping[str, BpmnProcessSpec]
    process_of: Mapping[str, str]

    @classmethod
    def load(cls, compiled: str, digest: str) -> "Diagram":
        """Return a deployed version, from memory if this process knows it.

        Args:
            compiled: What `compile_kind` returned for it.
            digest: The digest of the kind, which names the version.

        Raises:
            UnreadableSpec: A newer program deployed it.
        """
        diagram = _kept.get(digest)
        if diagram is None:
            with _lock:
                diagram = _kept.get(digest) or _rebuild(digest, compiled)
                _kept[digest] = diagram
                for oldest in list(_kept)[:-KEPT_VERSIONS]:
                    del _kept[oldest]
        return diagram


_kept: dict[str, Diagram] = {}
_lock = threading.Lock()


def compile_kind(kind: ProcessKind) -> str:
    """Return what is stored at deployment so that no diagram is parsed again.

    Raises:
        BadDiagram: The engine cannot read a diagram.
    """
    serializer = _serializer()
    specs = {name: serializer.to_dict(s) for name, s in parse_kind(kind).items()}
    return json.dumps({"format": SPEC_FORMAT, "main": kind.process, "specs": specs})


class UnreadableSpec(Unavailable):
    """A deployed version was stored by a newer program."""

    message = "流程由更新的程序部署，请升级程序后再打开。"


def rebuild_specs(stored: dict[str, Any]) -> dict[str, BpmnProcessSpec]:
    """Return the library's specs from what `compile_kind` stored."""
    serializer = _serializer()
    return {name: serializer.from_dict(one) for name, one in stored["specs"].items()}


def _rebuild(digest: str, compiled: str) -> Diagram:
    stored = json.loads(compiled)
    if stored["format"] != SPEC_FORMAT:
        raise UnreadableSpec
    main = stored["main"]
    specs = rebuild_specs(stored)
    return Diagram(digest, main, specs, _homes(main, specs))


def _homes(main: str, specs: Mapping[str, BpmnProcessSpec]) -> dict[str, str]:
    homes = {main: main}
    left = [main]
    while left:
        outer = left.pop()
        for task in specs[outer].task_specs.values():
            if isinstance(task, AnySubWorkflow) and task.spec not in homes:
                called = isinstance(task, CallActivity)
                homes[task.spec] = task.spec if called else homes[outer]
                left.append(task.spec)
    return homes


def _serializer() -> BpmnWorkflowSerializer:
    config = {**SPIFF_CONFIG, EffectTask: ServiceTaskConverter}
    return BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))

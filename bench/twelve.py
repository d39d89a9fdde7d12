"""Twelve tasks in a row: the process both rivals run over HTTP."""

import json
from itertools import pairwise

from tests.kinds.drawing import draw

KEY = "twelve"
TASKS = 12
STEPS = [f"user_{number:02}" for number in range(1, TASKS + 1)]
ANSWERS = {"outcome": "APPROVE", "reason": "经研究，情况属实，程序符合规定。"}
NODES = ["start_row", *STEPS, "end_row"]
DIAGRAM = draw(KEY, list(pairwise(NODES)))

OUTCOME = {
    "name": "outcome",
    "label": "结果",
    "type": "choice",
    "choices": {"APPROVE": "同意", "RETURN": "不同意"},
    "steers": True,
}
REASON = {"name": "reason", "label": "理由", "type": "long_text"}
CODE = {
    "name": "kind_code",
    "label": "类别",
    "type": "choice",
    "choices": {"ZFGFXWJ": "政府规范性文件"},
    "steers": True,
}


def kind_files() -> dict[str, bytes]:
    """Return the files of the kind."""
    step = {"title": "办理", "primary": "办理", "fields": [OUTCOME, REASON]}
    about = {
        "key": KEY,
        "title": "十二个环节",
        "codes": {"ZFGFXWJ": "政府规范性文件"},
        "startable": True,
        "source": "测试",
        "process": KEY,
        "calls": [],
        "lanes": {"经办人": {"role": "drafter", "part": "drafting_unit"}},
        "phases": dict.fromkeys(STEPS, "起草"),
    }
    start = {"title": "登记", "primary": "登记", "fields": [CODE]}
    walk = {"start": {"kind_code": "ZFGFXWJ"}, "ends": "end_row"}
    steps = [{name: {"outcome": "APPROVE", "reason": "同意。"}} for name in STEPS]
    return {
        "kind.yaml": _yaml(about),
        "process.bpmn": DIAGRAM.encode(),
        "forms.yaml": _yaml({"start": start, **dict.fromkeys(STEPS, step)}),
        "walks.yaml": _yaml({"办理十二个环节": {**walk, "steps": steps}}),
    }


def _yaml(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()  # is YAML too

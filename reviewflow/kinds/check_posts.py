"""Whether every step has its post, its form, its limit and its effects."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviewflow.kinds.check_calls import Process
from reviewflow.kinds.check_names import START_FACTS
from reviewflow.kinds.diagrams import read_xml, rf, timed, words
from reviewflow.kinds.entries import Sheet
from reviewflow.kinds.forms import Form
from reviewflow.kinds.graph import BOUNDARY, EFFECT, TABLE, TIMER, USER, Node
from reviewflow.kinds.notebook import Notebook
from reviewflow.kinds.shelf import START, ProcessKind

VERBS = frozenset({"return", "withdraw", "reassign"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a kind may refer to; None where it is not to be checked."""

    limits: frozenset[str] | None = None
    effects: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    parts: frozenset[str] | None = None


def check_posts(
    kind: ProcessKind, processes: Iterable[Process], tables: Iterable[str], known: Known
) -> None:
    """Note what a node of a diagram lacks."""
    decided = frozenset(tables)
    for process in processes:
        for scope in process.all_scopes:
            for node in scope.nodes.values():
                _check_node(process.book, node, kind, known)
                if node.sort == TABLE:
                    _check_decision(process.book, node, decided)


def check_sheets(kind: ProcessKind, sheets: dict[str, Sheet], known: Known) -> None:
    """Note what kind.yaml, forms.yaml and walks.yaml say about nothing."""
    about = sheets["kind.yaml"]
    _check_about(kind, about, known)
    for file, sheet in sheets.items():
        if file.endswith("forms.yaml") and isinstance(sheet.content, dict):
            _note_strangers(kind, sheet, (), sheet.content)
    for walk in kind.walks:
        for place, stride in enumerate(walk.strides):
            path = (walk.name, "steps", str(place))
            named = [stride.step] if stride.step else []
            _note_strangers(kind, sheets["walks.yaml"], path, named)


def _check_about(kind: ProcessKind, about: Sheet, known: Known) -> None:
    _check_lanes(kind, about, known)
    if kind.startable and START not in kind.forms:
        about.note(("startable",), "可以发起的流程应当有名为 start 的表单。")
    for called in kind.calls:
        if not any(name.startswith(f"shared/{called}.") for name in kind.files):
            about.note(("calls",), f"bpmn/shared 里没有“{called}”。")
    _check_checklist(kind, about)
    _note_strangers(kind, about, ("phases",), kind.phases)
    _check_limits(kind, about, known)
    for code in sorted(kind.makers.keys() - kind.codes.keys()):
        about.note(("makers", code), f"codes 里没有“{code}”这一类别。")


def _check_lanes(kind: ProcessKind, about: Sheet, known: Known) -> None:
    used = {step.lane for step in kind.steps.values()}
    for lane, post in kind.lanes.items():
        if lane not in used:
            about.note(("lanes", lane), f"泳道“{lane}”里没有用户任务。")
        if known.roles is not None and post.role not in known.roles:
            about.note(("lanes", lane, "role"), f"没有“{post.role}”这一角色。")
        if known.parts is not None and post.part not in known.parts:
            about.note(("lanes", lane, "part"), f"没有“{post.part}”这一方。")


def _check_limits(kind: ProcessKind, about: Sheet, known: Known) -> None:
    drawn = {one for c in kind.diagrams.values() for one in timed(read_xml(c))}
    for element in sorted(kind.limits.keys() - drawn):
        about.note(("limits", element), f"流程图里没有带时限的“{element}”。")
    for code in sorted(kind.code_limits.keys() - kind.codes.keys()):
        about.note(("code_limits", code), f"codes 里没有“{code}”这一类别。")
    tables = {("hastened",): kind.hastened} | {
        ("code_limits", code): limits for code, limits in kind.code_limits.items()
    }
    for path, limits in tables.items():
        for element, limit in sorted(limits.items()):
            if element not in drawn:
                about.note((*path, element), f"流程图里没有带时限的“{element}”。")
            elif known.limits is not None and limit not in known.limits:
                about.note((*path, element), f"期限表里没有“{limit}”。")


def _check_checklist(kind: ProcessKind, about: Sheet) -> None:
    form = kind.start_form
    facts = START_FACTS | frozenset(kind.facts)
    facts |= frozenset(form.deciding({}) if form else ())
    for place, need in enumerate(kind.checklist):
        for name in sorted(need.names - facts):
            path = ("checklist", str(place), "needed")
            about.note(path, f"登记时不知道“{name}”，请改用 start 表单里的答案。")


def _note_strangers(
    kind: ProcessKind, sheet: Sheet, path: tuple[str, ...], steps: Iterable[str]
) -> None:
    for step in steps:
        if step not in kind.steps and step != START:
            sheet.note((*path, step), f"流程图里没有用户任务“{step}”。")


def _check_node(book: Notebook, node: Node, kind: ProcessKind, known: Known) -> None:
    limit = node.element.get(rf("deadline"))
    if limit is None and node.sort in (BOUNDARY, TIMER):
        book.note(node.element, "定时事件应当用 rf:deadline 指明期限。")
    if limit is not None and known.limits is not None and limit not in known.limits:
        book.note(node.element, f"期限表里没有“{limit}”。")
    if node.sort == EFFECT:
        _check_effect(book, node, known)
    if node.sort == USER:
        _check_step(book, node, kind)


def _check_effect(book: Notebook, node: Node, known: Known) -> None:
    effect = node.element.get(rf("effect"))
    if not effect:
        book.note(node.element, "服务任务应当用 rf:effect 指明做什么。")
    elif known.effects is not None and effect not in known.effects:
        book.note(node.element, f"系统没有“{effect}”这一操作。")


def _check_step(book: Notebook, node: Node, kind: ProcessKind) -> None:
    if not node.lane:
        book.note(node.element, "没有画在泳道里，不知道由谁办理。")
    elif node.lane not in kind.lanes:
        book.note(node.element, f"kind.yaml 没有说明泳道“{node.lane}”由谁办理。")
    form = kind.forms.get(node.id)
    if form is None:
        book.note(node.element, f"forms.yaml 里没有“{node.id}”的表单。")
        return
    _check_verbs(book, node, form)


def _check_verbs(book: Notebook, node: Node, form: Form) -> None:
    verbs = words(node.element.get(rf("verbs"), ""))
    for verb in verbs:
        if verb not in VERBS:
            book.note(node.element, f"不认识办理方式“{verb}”。")
    if "return" in verbs and "return" not in form.verbs:
        book.note(node.element, "可以退回，但表单没有写明退回对应的答案（verbs）。")
    for verb in form.verbs:
        if verb not in verbs:
            book.note(node.element, f"表单写了“{verb}”，但 rf:verbs 里没有。")


def _check_decision(book: Notebook, node: Node, tables: frozenset[str]) -> None:
    decision = node.element.get(rf("decision"))
    if not decision:
        book.note(node.element, "业务规则任务应当用 rf:decision 指明决策表。")
    elif decision not in tables:
        book.note(node.element, f"没有编号为“{decision}”的决策表。")

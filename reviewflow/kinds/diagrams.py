"""Diagrams and decision tables as trees: read safely, named in one place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from reviewflow.errors import Invalid

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
RF = "urn:reviewflow:1"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 40

Element = etree._Element  # noqa: SLF001 - lxml has no public name for it


class BadXml(Invalid):
    """A file is not XML that we read."""

    def __init__(self, line: int, sentence: str) -> None:
        """Name the line, counted from 1, and what is wrong there."""
        super().__init__(message=sentence)
        self.line = line


@dataclass(frozen=True, slots=True)
class Step:
    """A user task of a diagram (环节)."""

    id: str
    title: str
    lane: str
    process: str
    deadline: str
    verbs: tuple[str, ...]


def read_xml(content: bytes, *, remove_comments: bool = True) -> Element:
    """Return the root of an XML file; nothing outside it is ever opened.

    Raises:
        BadXml: It is too large, too deep, not well-formed, or has a DOCTYPE.
    """
    if len(content) > MAX_BYTES:
        raise BadXml(1, "文件过大，流程图不应超过 2 MB。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=remove_comments,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise BadXml(line, "不是格式正确的 XML 文件。") from error
    if root.getroottree().docinfo.doctype:
        raise BadXml(1, "文件里不能有 DOCTYPE 声明。")
    _refuse_depth(root)
    return root


def _refuse_depth(root: Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise BadXml(element.sourceline or 1, "元素嵌套过深。")


def with_limits(
    files: Mapping[str, bytes], limits: Mapping[str, str]
) -> dict[str, bytes]:
    """Return files with other limits (rf:deadline) at the elements named.

    Several kinds share a diagram and are given different time in it.
    """
    wanted = tuple(sorted(limits.items()))
    return {
        name: _with_limits(content, wanted) if name.endswith(".bpmn") else content
        for name, content in files.items()
    }


@lru_cache(maxsize=256)
def _with_limits(content: bytes, limits: tuple[tuple[str, str], ...]) -> bytes:
    """Lines stay where they are, so that findings still name them."""
    try:
        root = read_xml(content, remove_comments=False)
    except BadXml:
        return content  # told where the file is read
    other = dict(limits)
    timed = [one for one in root.iter(etree.Element) if one.get(rf("deadline"))]
    changed = [one for one in timed if one.get("id") in other]
    for element in changed:
        element.set(rf("deadline"), other[element.get("id", "")])
    before = b"\n" * ((root.sourceline or 1) - 1)  # what stood above the root
    return before + etree.tostring(root, encoding="UTF-8") if changed else content


def timed(root: Element) -> set[str]:
    """Return the ids of what has a limit in a diagram."""
    return {one.get("id", "") for one in root.iter() if one.get(rf("deadline"))}


def bpmn(name: str) -> str:
    """Return the full tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def rf(name: str) -> str:
    """Return the full name of one of our attributes."""
    return f"{{{RF}}}{name}"


def local(element: Element) -> str:
    """Return the tag without its namespace."""
    return etree.QName(element).localname


def processes(root: Element) -> list[Element]:
    """Return the processes of a diagram."""
    return list(root.iter(bpmn("process")))


def lanes(process: Element) -> dict[str, str]:
    """Return the lane of each node by its id."""
    return {
        (node.text or "").strip(): lane.get("name", "")
        for lane in process.iter(bpmn("lane"))
        for node in lane.iterchildren(bpmn("flowNodeRef"))
    }


def read_steps(root: Element) -> Iterator[Step]:
    """Give the user tasks of a diagram in the order they are written."""
    for process in processes(root):
        lane_of = lanes(process)
        for task in process.iter(bpmn("userTask")):
            yield Step(
                id=task.get("id", ""),
                title=" ".join(task.get("name", "").split()),
                lane=lane_of.get(task.get("id", ""), ""),
                process=process.get("id", ""),
                deadline=task.get(rf("deadline"), ""),
                verbs=words(task.get(rf("verbs"), "")),
            )


def read_effects(roots: Iterable[Element]) -> tuple[str, ...]:
    """Return the effects that the service tasks of diagrams name, each once."""
    tasks = [task for root in roots for task in root.iter(bpmn("serviceTask"))]
    return tuple(dict.fromkeys(filter(None, (t.get(rf("effect")) for t in tasks))))


def words(text: str) -> tuple[str, ...]:
    """Return the words of an attribute that lists some."""
    return tuple(word for word in text.replace(",", " ").split() if word)

"""Process kinds: a folder under bpmn/ becomes a ProcessKind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from reviewflow.kinds.diagrams import (
    BadXml,
    Element,
    Step,
    read_effects,
    read_steps,
    read_xml,
    with_limits,
)
from reviewflow.kinds.entries import Entry, Sheet
from reviewflow.kinds.findings import BadKind, Finding
from reviewflow.kinds.form_reading import read_forms
from reviewflow.kinds.forms import Form
from reviewflow.kinds.gathering import MAX_FILES, digest_of, gather
from reviewflow.kinds.packet import Need, read_need
from reviewflow.kinds.walks import Walk, read_walks

START = "start"
EMERGENCY = "is_emergency"  # the fact that the short limits hold
LAST = 99

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Post:
    """Who works in a lane: a role, and whose post it is."""

    role: str
    part: str


@dataclass(frozen=True, slots=True)
class ProcessKind:
    """A kind of case (流程): everything its folder says."""

    key: str
    title: str
    codes: Mapping[str, str]
    startable: bool
    source: str
    drafting_unit_label: str
    title_label: str
    process: str
    calls: tuple[str, ...]
    facts: Mapping[str, str | bool]
    """What is so in every case of the kind, for the diagrams it shares."""
    limits: Mapping[str, str]
    """Limits that hold here in place of those drawn, by id of the element."""
    hastened: Mapping[str, str]
    """Limits of steps in an emergency, once the procedure is approved."""
    code_limits: Mapping[str, Mapping[str, str]]
    """Limits that hold for one code alone, by code and id of the element."""
    makers: Mapping[str, tuple[str, ...]]
    """Which sorts of organs make a document, by its code."""
    position: int
    """Where it stands among the others, where a case is begun."""
    levels: tuple[str, ...]
    """At which levels they are; at every level if none is named."""
    lanes: Mapping[str, Post]
    phases: Mapping[str, str]
    checklist: tuple[Need, ...]
    forms: Mapping[str, Form]
    walks: tuple[Walk, ...]
    steps: Mapping[str, Step]
    effects: tuple[str, ...]
    files: Mapping[str, bytes]
    digest: str

    @property
    def diagrams(self) -> Mapping[str, bytes]:
        """The diagrams by file name, the main one and those it calls."""
        drawn = {n: c for n, c in self.files.items() if n.endswith(".bpmn")}
        return with_limits(drawn, self.limits)

    @property
    def tables(self) -> Mapping[str, bytes]:
        """The decision tables by file name."""
        return {n: c for n, c in self.files.items() if n.endswith(".dmn")}

    @property
    def letters(self) -> Mapping[str, str]:
        """The wording of the letters by file name, its own before shared ones."""
        return {
            PurePosixPath(name).name: self.files[name].decode()
            for name in sorted(self.files, reverse=True)
            if name.endswith(".txt")
        }

    @property
    def start_form(self) -> Form | None:
        """What is asked when a case is registered."""
        return self.forms.get(START)

    def limit_of(self, step: str, code: str, facts: Mapping[str, object]) -> str:
        """Return the limit under which a step stands in a case of that code."""
        usual = self.limit_at(step, code, self.steps[step].deadline)
        if facts.get(EMERGENCY) is True:
            return self.hastened.get(step, usual)
        return usual

    def limit_at(self, element: str, code: str, drawn: str) -> str:
        """Return the limit that holds at an element for a code; else the one drawn."""
        return self.code_limits.get(code, {}).get(element, drawn)

    def post_of(self, step: str) -> Post:
        """Return whose step it is."""
        return self.lanes[self.steps[step].lane]


def read_folder(path: Path, shared: Path | None = None) -> ProcessKind:
    """Return the kind in a folder.

    Args:
        path: The folder of the kind.
        shared: Where the diagrams are that several kinds call; beside the folder
            if not said.

    Raises:
        BadKind: What is wrong with it.
    """
    return read_files(gather(path, shared))


def read_files(files: Mapping[str, bytes]) -> ProcessKind:
    """Return the kind that these files are, by their names inside the folder.

    Raises:
        BadKind: What is wrong with them.
    """
    kind, findings = read_kind(files)
    if kind is None or findings:
        raise BadKind(findings)
    return kind


def read_kind(files: Mapping[str, bytes]) -> tuple[ProcessKind | None, list[Finding]]:
    """Return the kind as far as it can be read, and what is wrong with it."""
    findings = [
        Finding(name, 1, "", "文件名不能指向文件夹之外。")
        for name in files
        if ".." in PurePosixPath(name).parts or name.startswith("/")
    ]
    if len(files) > MAX_FILES:
        findings.append(Finding("kind.yaml", 1, "", f"文件超过 {MAX_FILES} 个。"))
    findings += [
        Finding(needed, 1, "", "缺少这个文件。")
        for needed in ("kind.yaml", "process.bpmn", "forms.yaml")
        if needed not in files
    ]
    if findings:
        return None, findings
    sheet = Sheet("kind.yaml", files["kind.yaml"])
    top = sheet.top
    kind = _kind(top, files, findings)
    top.close()
    return kind, sorted(findings + sheet.findings)


def _kind(top: Entry, files: Files, findings: list[Finding]) -> ProcessKind:
    limits = top.table("limits")
    roots = list(_roots(with_limits(files, limits), findings))
    return ProcessKind(
        key=top.text("key"),
        title=top.text("title"),
        codes=top.table("codes"),
        startable=top.flag("startable", default=True),
        source=top.text("source"),
        drafting_unit_label=top.text("drafting_unit_label", "起草单位"),
        title_label=top.text("title_label", "文件名称"),
        process=top.text("process"),
        calls=top.words("calls"),
        facts=top.constants("facts"),
        limits=limits,
        hastened=top.table("hastened"),
        code_limits=top.tables("code_limits"),
        makers=top.lists("makers"),
        levels=top.words("levels"),
        position=top.number("position") or LAST,
        lanes={lane: _post(entry) for lane, entry in top.entries("lanes")},
        phases=top.table("phases"),
        checklist=tuple(read_need(row) for row in top.rows("checklist")),
        forms=_forms(files, findings),
        walks=_walks(files, findings),
        steps={step.id: step for root in roots for step in read_steps(root)},
        effects=read_effects(roots),
        files=dict(files),
        digest=digest_of(files),
    )


def _post(entry: Entry) -> Post:
    post = Post(entry.text("role"), entry.text("part"))
    entry.close()
    return post


def _forms(files: Mapping[str, bytes], findings: list[Finding]) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for name in sorted(files, reverse=True):
        if name == "forms.yaml" or name.endswith(".forms.yaml"):
            sheet = Sheet(name, files[name])
            forms |= read_forms(sheet)
            findings += sheet.findings
    return forms


def _walks(files: Mapping[str, bytes], findings: list[Finding]) -> tuple[Walk, ...]:
    if "walks.yaml" not in files:
        return ()
    sheet = Sheet("walks.yaml", files["walks.yaml"])
    walks = read_walks(sheet)
    findings += sheet.findings
    return walks


def _roots(files: Mapping[str, bytes], findings: list[Finding]) -> Iterator[Element]:
    for name in files:
        if not name.endswith(".bpmn"):
            continue
        try:
            yield read_xml(files[name])
        except BadXml as error:
            findings.append(Finding(name, error.line, "", error.message))

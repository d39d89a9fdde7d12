"""Everything that is wrong with a process kind, before it is deployed."""

from collections.abc import Iterable, Mapping

from reviewflow.kinds.check_calls import Process, check_calls
from reviewflow.kinds.check_flow import check_flow
from reviewflow.kinds.check_names import (
    START_FACTS,
    Surroundings,
    check_names,
    domains_of,
)
from reviewflow.kinds.check_posts import Known, check_posts, check_sheets
from reviewflow.kinds.check_shape import check_shape, is_too_large
from reviewflow.kinds.check_tables import check_table, read_table
from reviewflow.kinds.check_tokens import check_tokens
from reviewflow.kinds.diagrams import BadXml, bpmn, local, read_xml
from reviewflow.kinds.entries import Sheet
from reviewflow.kinds.findings import Finding
from reviewflow.kinds.graph import Scope, scopes
from reviewflow.kinds.known import Names
from reviewflow.kinds.notebook import Notebook
from reviewflow.kinds.shelf import ProcessKind, read_kind
from reviewflow.kinds.tables import Table

Tables = dict[str, tuple[Notebook, Table]]


def check_files(files: Mapping[str, bytes], known: Known) -> list[Finding]:
    """Return what is wrong with the files of a kind, in the order of the files.

    Args:
        files: The files by their names inside the folder.
        known: The limits, effects, roles and parts a kind may name.
    """
    kind, findings = read_kind(files)
    if kind is None or findings:
        return findings
    diagrams = {name: Notebook(name, read_xml(c)) for name, c in kind.diagrams.items()}
    oversized = [book for book in diagrams.values() if is_too_large(book)]
    if oversized:
        return [finding for book in oversized for finding in book.findings]
    table_books, tables = _tables(kind, findings)
    processes = _processes(kind, diagrams)
    _check_diagrams(diagrams.values(), processes.values())
    check_calls(kind.process, processes)
    check_posts(kind, processes.values(), tables, known)
    _check_names(kind, processes, tables)
    for book, table in tables.values():
        check_table(book, table, domains_of(kind.forms.values(), kind.codes))
    sheets = {n: Sheet(n, c) for n, c in files.items() if n.endswith(".yaml")}
    check_sheets(kind, sheets, known)
    noted: list[Notebook | Sheet] = [*diagrams.values(), *table_books]
    for book_or_sheet in [*noted, *sheets.values()]:
        findings += book_or_sheet.findings
    return sorted(set(findings))


def _check_diagrams(books: Iterable[Notebook], processes: Iterable[Process]) -> None:
    """Look at the shape, then at the paths, then at the orders of all diagrams."""
    for book in books:
        check_shape(book)
    scopes_of = [(one.book, scope) for one in processes for scope in one.all_scopes]
    for book, scope in scopes_of:
        check_flow(book, scope)
    if any(book.findings for book in books):
        return
    for book, scope in scopes_of:
        check_tokens(book, scope)


def _processes(
    kind: ProcessKind, diagrams: Mapping[str, Notebook]
) -> dict[str, Process]:
    processes: dict[str, Process] = {}
    for book in diagrams.values():
        for scope in scopes(book.root):
            if local(scope.element) == "process":
                if scope.id in processes:
                    book.note(scope.element, f"流程“{scope.id}”重复出现。")
                processes[scope.id] = Process(book, scope)
            else:
                processes[scope.process].inner[scope.id] = scope
        if next(book.root.iter(bpmn("process")), None) is None:
            book.note(book.root, "文件里没有流程。")
    if kind.process not in processes and "process.bpmn" in diagrams:
        book = diagrams["process.bpmn"]
        book.note(book.root, f"没有编号为“{kind.process}”的流程。")
    return processes


def _tables(
    kind: ProcessKind, findings: list[Finding]
) -> tuple[list[Notebook], Tables]:
    books: list[Notebook] = []
    tables: Tables = {}
    for name, content in kind.tables.items():
        try:
            book = Notebook(name, read_xml(content))
        except BadXml as error:
            findings.append(Finding(name, error.line, "", error.message))
            continue
        books.append(book)
        table = read_table(book)
        if table is not None:
            if table.id in tables:
                book.note(table.element, f"决策表“{table.id}”重复出现。")
            tables[table.id] = (book, table)
    return books, tables


def _check_names(
    kind: ProcessKind, processes: Mapping[str, Process], tables: Tables
) -> None:
    steering = {step: frozenset(f.deciding({})) for step, f in kind.forms.items()}
    start = START_FACTS | frozenset(kind.facts) | steering.get("start", frozenset())
    inner: dict[str, Scope] = {}
    for process in processes.values():
        inner |= process.inner
    around = Surroundings(
        steering=steering,
        tables={
            name: (frozenset(c.name for c in table.columns), frozenset(table.outputs))
            for name, (_, table) in tables.items()
        },
        calls={name: process.passes for name, process in processes.items()},
        inner=inner,
        domains=domains_of(kind.forms.values(), kind.codes),
    )
    for name, process in processes.items():
        takes, gives = process.passes
        given: Names = start if name == kind.process else takes
        known = check_names(process.book, process.scope, given, around)
        for missing in sorted(gives - known):
            process.book.note(
                process.scope.element, f"结束时输出“{missing}”未必已经有值。"
            )

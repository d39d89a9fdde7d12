"""Whether a decision table decides every case, and each of them once."""

from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from reviewflow.kinds.diagrams import Element, local
from reviewflow.kinds.expressions import BadExpression, parse_expression
from reviewflow.kinds.notebook import Notebook
from reviewflow.kinds.tables import (
    DMN,
    Cell,
    Column,
    Row,
    Table,
    children,
    read_constant,
    read_test,
    text_of,
)

MAX_POINTS = 20_000
ELEMENTS = frozenset(
    {
        "definitions",
        "decision",
        "decisionTable",
        "description",
        "input",
        "inputExpression",
        "inputValues",
        "output",
        "outputValues",
        "rule",
        "inputEntry",
        "outputEntry",
        "text",
    }
)
OTHER = "（其他）"


def read_table(book: Notebook) -> Table | None:
    """Return the decision table of a file; what is wrong with it is noted."""
    root = book.root
    for element in root.iter():
        if str(element.tag).startswith(f"{{{DMN}}}") and local(element) not in ELEMENTS:
            book.note(element, f"决策表里不能使用“{local(element)}”。")
    if root.tag != f"{{{DMN}}}definitions":
        book.note(root, "不是 DMN 1.3 的决策表文件。")
        return None
    decisions = list(children(root, "decision"))
    tables = [table for one in decisions for table in children(one, "decisionTable")]
    if len(decisions) != 1 or len(tables) != 1:
        book.note(root, "一个文件里应当有且只有一张决策表。")
        return None
    return _table(book, decisions[0], tables[0])


def check_table(
    book: Notebook, table: Table, domains: Mapping[str, frozenset[object]]
) -> None:
    """Note the cases that no row decides, and those that two rows decide."""
    if table.policy not in ("UNIQUE", "COLLECT"):
        book.note(table.element, "命中策略只能是 UNIQUE 或 COLLECT。")
    if table.element.get("aggregation"):
        book.note(table.element, "不支持汇总。")
    if table.policy != "UNIQUE" or book.findings:
        return
    points = [_points(place, table, domains) for place in range(len(table.columns))]
    count = 1
    for values in points:
        count *= len(values)
    if count > MAX_POINTS:
        book.note(table.element, "决策表过大，无法核对，请拆成几张。")
        return
    _check_cover(book, table, points)


def _check_cover(book: Notebook, table: Table, points: list[list[object]]) -> None:
    noted: set[tuple[int, int]] = set()
    for case in product(*points):
        try:
            hits = [
                place
                for place, row in enumerate(table.rows)
                if all(cell.holds(v) for cell, v in zip(row.cells, case, strict=True))
            ]
        except BadExpression as error:
            book.note(table.element, error.message)
            return
        if not hits:
            book.note(table.element, f"没有一行适用于：{_words(table, case)}。")
            return
        for other in hits[1:]:
            if (hits[0], other) not in noted:
                noted.add((hits[0], other))
                both = f"第 {other + 1} 行与第 {hits[0] + 1} 行"
                where = _words(table, case)
                book.note(table.rows[other].element, f"{both}重叠：{where}。")


def _points(
    place: int, table: Table, domains: Mapping[str, frozenset[object]]
) -> list[object]:
    """Return one value of each kind that the column can tell apart."""
    column = table.columns[place]
    listed = column.values or tuple(domains.get(column.name, ()))
    if listed:
        return sorted(listed, key=str)
    named = {
        value
        for row in table.rows
        if (test := row.cells[place].test)
        for _, value in test.compared
    }
    numbers = sorted(v for v in named if isinstance(v, int | float) and v is not True)
    if numbers and not any(isinstance(v, bool) for v in named):
        middles = [(a + b) / 2 for a, b in pairwise(numbers)]
        return [numbers[0] - 1, *numbers, *middles, numbers[-1] + 1]
    if named and all(isinstance(value, bool) for value in named):
        return [False, True]
    return [*sorted(named, key=str), OTHER]


def _words(table: Table, case: tuple[object, ...]) -> str:
    pairs = zip(table.columns, case, strict=True)
    return "，".join(f"{column.name} 为 {value}" for column, value in pairs)


def _table(book: Notebook, decision: Element, element: Element) -> Table:
    columns = tuple(_column(book, one) for one in children(element, "input"))
    outputs = [one.get("name", "") for one in children(element, "output")]
    for one, name in zip(children(element, "output"), outputs, strict=True):
        if not name.isidentifier() or name.startswith("_"):
            book.note(one, "输出应当有英文名称 name。")
    rows = []
    for one in children(element, "rule"):
        cells = tuple(_cell(book, entry) for entry in children(one, "inputEntry"))
        given = list(children(one, "outputEntry"))
        if len(cells) != len(columns) or len(given) != len(outputs):
            book.note(one, "这一行的单元格数与列数不一致。")
        for entry in given:
            _check_output(book, entry)
        rows.append(Row(cells, one))
    if not rows or not columns:
        book.note(element, "决策表是空的。")
    policy = element.get("hitPolicy", "UNIQUE").upper()
    name = decision.get("id", "")
    return Table(name, policy, columns, tuple(outputs), tuple(rows), element)


def _column(book: Notebook, element: Element) -> Column:
    expression = next(children(element, "inputExpression"), element)
    name = text_of(expression)
    try:
        if parse_expression(name).names != {name}:
            book.note(expression, "输入只能是一个名称。")
    except BadExpression:
        book.note(expression, "输入只能是一个名称。")
    listed = ",".join(text_of(one) for one in children(element, "inputValues"))
    return Column(name, tuple(_listed(book, element, listed)), element)


def _listed(book: Notebook, element: Element, listed: str) -> Iterator[object]:
    for text in filter(None, (part.strip() for part in listed.split(","))):
        try:
            yield read_constant(text)
        except BadExpression as error:
            book.note(element, error.message)


def _cell(book: Notebook, element: Element) -> Cell:
    try:
        return Cell(read_test(text_of(element)), element)
    except BadExpression as error:
        book.note(element, error.message)
        return Cell(None, element)


def _check_output(book: Notebook, element: Element) -> None:
    text = text_of(element)
    if not text:
        book.note(element, "缺少输出的值。")
        return
    try:
        read_constant(text)
    except BadExpression as error:
        book.note(element, error.message)

"""Decision tables as rows of cells."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewflow.kinds.diagrams import Element, local
from reviewflow.kinds.expressions import BadExpression, Expression, parse_expression

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
VALUE = "dmninputexpr"
MARK = re.compile(r"""\?(?=(?:[^'"]|['"][^'"]*['"])*$)""")
ANY = ("", "-")
OPERATORS = ("<", ">", "==", "!=")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """An input: the name it reads, and the values it may have, if listed."""

    name: str
    values: tuple[object, ...]
    element: Element


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """An input entry; no test means that any value will do."""

    test: Expression | None
    element: Element

    def holds(self, value: object) -> bool:
        """The value passes the test."""
        return self.test is None or bool(self.test.evaluate({VALUE: value}))


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A rule."""

    cells: tuple[Cell, ...]
    element: Element


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A decision table."""

    id: str
    policy: str
    columns: tuple[Column, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]
    element: Element


def read_test(text: str) -> Expression | None:
    """Return the test an input entry stands for, None if anything passes.

    Raises:
        BadExpression: It is not one of: a constant, a comparison with constants,
            a comparison in which `?` stands for the value.
    """
    text = text.strip()
    if text in ANY:
        return None
    marked = MARK.sub(VALUE, text)
    if VALUE in marked:
        test = parse_expression(marked)
    elif text.startswith(OPERATORS):
        test = parse_expression(f"{VALUE} {text}")
    else:
        read_constant(text)
        test = parse_expression(f"{VALUE} == ({text})")
    for stranger in test.names - {VALUE}:
        raise BadExpression(f"单元格里只能写常量，“{stranger}”不是常量。")
    return test


def read_constant(text: str) -> object:
    """Return the constant a cell stands for.

    Raises:
        BadExpression: It is not a text in quotes, a number, True, False or None.
    """
    try:
        value: object = ast.literal_eval(text.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadExpression(
            f"“{text}”不是常量：文字加引号，真假写 True 或 False。"
        ) from None
    if isinstance(value, tuple | list):
        raise BadExpression(f"多个值请写成 ? in [{text.strip('[]() ')}]。")
    if value is not None and not isinstance(value, str | int | float):
        raise BadExpression(f"“{text}”不能用作常量。")
    return value


def children(element: Element, name: str) -> Iterator[Element]:
    """Give the children with a tag, whatever their namespace."""
    return (child for child in element.iterchildren(tag=None) if local(child) == name)


def text_of(element: Element) -> str:
    """Return the text inside an entry."""
    return "".join((child.text or "") for child in children(element, "text")).strip()

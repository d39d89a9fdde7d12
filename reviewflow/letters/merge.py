"""A wording with merge fields becomes text; wording is data, never code."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from jinja2 import (
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    nodes,
)
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reviewflow.errors import Invalid, Unavailable

Value = str | int | None | Sequence[Mapping[str, str | int]]
Fields = Mapping[str, Value]

ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const),
    *(nodes.If, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    *(nodes.For, nodes.Getattr, nodes.List, nodes.Tuple),
)
PRINTED = (nodes.TemplateData, nodes.Name, nodes.Getattr)
COMPARISONS = frozenset({"eq", "ne", "in", "notin"})
PLACES = frozenset({"first", "last", "index"})
DEEPEST_LOOP = 1
UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


class Blank:
    """A field without content: may be asked about, and is noted when printed."""

    __slots__ = ("label", "printed")

    def __init__(self, label: str, printed: list[str]) -> None:
        """Take what people call the field, and where to note that it is lacking."""
        self.label = label
        self.printed = printed

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __str__(self) -> str:
        self.printed.append(self.label)
        return ""


class Wordings(ImmutableSandboxedEnvironment):
    """Where wordings are read: fields by name, and nothing else that Python has."""

    def __init__(self) -> None:
        """Offer no functions, no filters, no tests."""
        super().__init__(
            undefined=StrictUndefined, autoescape=False, finalize=printable
        )
        for offered in (self.globals, self.filters, self.tests):
            offered.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a column of a row, or the place in a list; no attribute of ours."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in PLACES:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)


def fill(name: str, wording: str, fields: Fields, labels: Mapping[str, str]) -> str:
    """Return the wording with its fields filled in.

    Args:
        name: Name of the wording's file, for the administrator.
        wording: Text with merge fields, conditions and lists.
        fields: What the letter may say, by the names the wording uses.
        labels: What people call the fields.

    Raises:
        Invalid: A field that is printed is empty; the sentence names all of them.
        Unavailable: The wording itself is wrong; the sentence says where.
    """
    printed: list[str] = []
    with told_plainly(name):
        refuse_code(name, Wordings().parse(wording))
        text = Wordings().from_string(wording).render(known(fields, labels, printed))
    refuse_blanks(printed)
    if not text.strip():
        raise _bad_wording(name, "没有内容")
    return text


@contextmanager
def told_plainly(name: str) -> Iterator[None]:
    """Say what is wrong with a wording in a sentence for the administrator.

    Raises:
        Unavailable: The wording is wrong.
    """
    try:
        yield
    except TemplateSyntaxError as error:
        raise _bad_wording(name, f"第 {error.lineno} 行写法不正确") from error
    except UndefinedError as error:
        named = re.findall(r"'([^']+)'", str(error))
        raise _bad_wording(name, f"不认识字段“{named[-1]}”") from error
    except (TemplateError, TypeError) as error:
        raise _bad_wording(name, "有的字段不能这样使用") from error


def refuse_blanks(printed: Sequence[str]) -> None:
    """Insist that nothing was printed that is not known.

    Raises:
        Invalid: The sentence names all of it.
    """
    if printed:
        missing = "”“".join(dict.fromkeys(printed))
        raise Invalid(message=f"缺少“{missing}”，请补充后生成。")


def known(
    fields: Fields, labels: Mapping[str, str], printed: list[str]
) -> dict[str, object]:
    """Return the fields as a wording reads them; what is printed blank is noted."""
    return {key: _known(key, value, labels, printed) for key, value in fields.items()}


def _known(
    key: str, value: Value, labels: Mapping[str, str], printed: list[str]
) -> object:
    blank = Blank(labels.get(key, key), printed)
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value).strip() or blank
    if not value:
        return blank
    return [
        MappingProxyType(
            {name: _known(name, cell, labels, printed) for name, cell in row.items()}
        )
        for row in value
    ]


def printable(value: object) -> object:
    """Return what may be printed.

    Raises:
        TemplateRuntimeError: It is a list, or something of Python's.
    """
    if isinstance(value, str | int | Blank | Undefined):
        return value
    raise TemplateRuntimeError


def refuse_code(name: str, template: nodes.Template) -> None:
    """Insist that the wording prints fields and chooses between words, no more.

    Raises:
        Unavailable: It does more.
    """
    for node in template.find_all(nodes.Node):
        if is_code(node):
            raise _bad_wording(name, f"第 {node.lineno} 行用了不支持的写法")
    if has_nested_lists(template):
        raise _bad_wording(name, "列表中不能再套列表")


def is_code(node: nodes.Node) -> bool:
    """The node does more than a wording may."""
    if isinstance(node, nodes.Compare):
        return not all(operand.op in COMPARISONS for operand in node.ops)
    if isinstance(node, nodes.Output):
        return not all(isinstance(part, PRINTED) for part in node.nodes)
    return not isinstance(node, ALLOWED)


def has_nested_lists(template: nodes.Template) -> bool:
    """A list stands within a list."""
    return _depth(template) > DEEPEST_LOOP


def _depth(node: nodes.Node) -> int:
    below = max(map(_depth, node.iter_child_nodes()), default=0)
    return below + isinstance(node, nodes.For)


def _bad_wording(name: str, what: str) -> Unavailable:
    return Unavailable(f"文书格式 {name} 有误：{what}。请联系管理员更正流程文件。")

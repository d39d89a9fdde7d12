"""Whether a template made in Word can be filled; else one sentence why not."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO

from jinja2 import TemplateSyntaxError, nodes

from reviewflow.errors import Invalid, Unavailable
from reviewflow.letters.docx_text import read_blocks
from reviewflow.letters.fill_docx import BROKEN, Sheet, Sheets, fill_docx
from reviewflow.letters.labels import LABELS
from reviewflow.letters.merge import PLACES, has_nested_lists, is_code
from reviewflow.letters.template_fields import known_names, sample_fields

TAGS = re.compile(r"<[^>]+>")
OPENING = re.compile(r"<(/?)([\w:]+)[^>]*?(/?)>")
LONGEST_QUOTE = 40
LOOP = "loop"
VALUE = "·"
"""Stands for what a field says while the tags around it are counted."""

Names = Mapping[str, frozenset[str]]


def check_template(sort: str, content: bytes) -> None:
    """Insist that a Word file is a template for that sort of letter.

    Raises:
        Invalid: It uses what is not known or not allowed, conditions go across
            paragraphs in a way that would break the file, or it says nothing.
    """
    names, is_used = known_names(sort), False
    for source in _parts(content):
        tree = _parsed(source)
        is_used = is_used or any(tree.find_all(nodes.Name))
        _check_part(source, tree, names)
    if not is_used:
        raise _refuse(
            "模板中没有一个字段，生成的文书会千篇一律。请先下载现行模板，在它上面修改。"
        )
    _try(sort, content)


def _check_part(source: str, tree: nodes.Template, names: Names) -> None:
    for node in tree.find_all(nodes.Node):
        if is_code(node):
            raise _refuse(_no_code(source, node.lineno))
    if has_nested_lists(tree):
        raise _refuse("列表中不能再套列表，请拆成两个列表。")
    for name in _unknown(tree, names):
        raise _refuse(f"模板中的“{{{{ {name} }}}}”没有对应字段，请对照字段表更正。")
    for node in _crossing(tree):
        raise _refuse(_no_crossing(source, node.lineno))


def _try(sort: str, content: bytes) -> None:
    try:
        filled = fill_docx("", content, sample_fields(sort), LABELS)
        is_blank = not any(b.text or b.rows for b in read_blocks(filled))
    except Invalid:
        return  # a field that has no sample is printed without asking; named when used
    except (Unavailable, *BROKEN) as error:
        raise _refuse(
            "模板用示例内容填写时出错：有的字段不能这样使用。请对照现行模板更正。"
        ) from error
    if is_blank:
        raise _refuse("模板填写后没有内容，请核对条件。")


def _parts(content: bytes) -> list[str]:
    try:
        return list(Sheet(BytesIO(content)).parts())
    except BROKEN as error:
        raise _refuse(
            "文件不能读取，请用 Word 或者 WPS 重新保存为 docx 后上传。"
        ) from error


def _parsed(source: str) -> nodes.Template:
    try:
        return Sheets("").parse(source)
    except TemplateSyntaxError as error:
        said = _quoted(source, error.lineno)
        raise _refuse(
            f"“{said}”一段的写法不正确：字段写作 {{{{ 字段名 }}}}，"
            "条件和列表要有开头也有结尾。"
        ) from error


def _unknown(node: nodes.Node, names: Names) -> Iterator[str]:
    """Give the names that are used but are no field, no column and no row."""
    if isinstance(node, nodes.For):
        yield from _unknown_in_list(node, names)
    elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        if node.attr not in names.get(node.node.name, ()):
            yield f"{node.node.name}.{node.attr}"
    elif isinstance(node, nodes.Name):
        if node.name not in names:
            yield node.name
    else:
        for child in node.iter_child_nodes():
            yield from _unknown(child, names)


def _unknown_in_list(node: nodes.For, names: Names) -> Iterator[str]:
    """Give those of a list, in which one row has a name of its own."""
    inside = {**names, LOOP: PLACES}
    if isinstance(node.target, nodes.Name):
        listed = node.iter.name if isinstance(node.iter, nodes.Name) else ""
        inside[node.target.name] = names.get(listed, frozenset())
    for child in [node.iter, *node.else_]:
        yield from _unknown(child, names)
    for child in filter(None, [node.test, *node.body]):
        yield from _unknown(child, inside)


def _crossing(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Give the conditions and lists whose text is not whole in itself."""
    found: list[nodes.If | nodes.For] = [*tree.find_all(nodes.If)]
    for node in (*found, *tree.find_all(nodes.For)):
        bodies = [node.body, node.else_]
        if not all(_is_whole("".join(map(_said, body))) for body in bodies):
            yield node


def _said(node: nodes.Node) -> str:
    """Return the text of the file in a node; conditions within count as nothing."""
    if isinstance(node, nodes.TemplateData):
        return node.data
    if isinstance(node, nodes.Output):
        return "".join(map(_said, node.nodes))
    return VALUE if isinstance(node, nodes.Name | nodes.Getattr) else ""


def _is_whole(text: str) -> bool:
    """What is closed in the text was opened in it, or is opened again behind it."""
    closed: list[str] = []
    opened: list[str] = []
    for ends, name, is_empty in OPENING.findall(text):
        if is_empty:
            continue
        if not ends:
            opened.append(name)
        elif opened:
            if opened.pop() != name:
                return False
        else:
            closed.append(name)
    return closed == opened[::-1]


def _no_code(source: str, line: int) -> str:
    return (
        f"“{_quoted(source, line)}”一段用了不支持的写法，"
        "模板中只能使用字段、“如果”条件和不嵌套的列表。"
    )


def _no_crossing(source: str, line: int) -> str:
    return (
        f"从“{_quoted(source, line)}”一段开始的条件或者列表跨越了段落或者表格的边界："
        "请让开头和结尾在同一段中，或者各占一段并写作 {%p … %}。"
    )


def _quoted(source: str, line: int) -> str:
    lines = source.split("\n")
    said = TAGS.sub("", lines[min(max(line, 1), len(lines)) - 1]).strip()
    return said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]}…"


def _refuse(sentence: str) -> Invalid:
    return Invalid({"file": sentence})

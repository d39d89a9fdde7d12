"""YAML without surprises: no tags, no anchors, no key twice, `no` stays a word."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.resolver import BaseResolver

from reviewflow.errors import Invalid

MAX_BYTES = 512 * 1024
MOST_FILES = 64  # kept in memory; the shipped kinds have about forty
PLAIN = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:null")

Lines = dict[tuple[str, ...], int]


class BadYaml(Invalid):
    """A file is not the plain YAML we read."""

    def __init__(self, line: int, sentence: str) -> None:
        """Name the line, counted from 1, and what is wrong there."""
        super().__init__(message=sentence)
        self.line = line


class PlainLoader(Composer, yaml.CSafeLoader):
    """Safe YAML in which only true, false, null and numbers are not words.

    The C library reads, which takes a fifth of the time; composing stays with us,
    for that is where anchors are seen.
    """

    def __init__(self, text: str) -> None:
        """Take the text to be read."""
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose a node, refusing anchors and what refers to them."""
        event = self.peek_event()
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise BadYaml(line, "不支持锚点和引用（& 和 *），请写全。")
        return super().compose_node(parent, index)


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag in PLAIN]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf")
)


@lru_cache(maxsize=MOST_FILES)
def read_yaml(content: bytes) -> tuple[Any, Lines]:
    """Return what a file says, and the line of each of its entries, to be read only.

    A line is found under the keys that lead to it, list places as digits. Kinds share
    their forms, and each is looked at several times: what was read is kept.

    Raises:
        BadYaml: It is not plain YAML in UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise BadYaml(1, "文件过大。")
    loader = None
    try:
        loader = PlainLoader(content.decode("utf-8-sig"))
        node = loader.get_single_node()
        lines = dict(_lines((), node)) if node is not None else {}
        return (None if node is None else loader.construct_document(node)), lines
    except UnicodeDecodeError as error:
        raise BadYaml(1, "文件不是 UTF-8 编码。") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BadYaml(line, "不是有效的 YAML，请检查缩进、冒号和引号。") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BadYaml(1, "不是有效的 YAML。") from error


def _lines(
    path: tuple[str, ...], node: yaml.Node
) -> Iterator[tuple[tuple[str, ...], int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value):
            yield from _lines((*path, str(place)), item)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            word = str(key.value)
            line = key.start_mark.line + 1
            if key.tag != BaseResolver.DEFAULT_SCALAR_TAG:
                raise BadYaml(line, f"键“{word}”应写成文字，必要时加引号。")
            if word in seen:
                raise BadYaml(line, f"键“{word}”重复出现。")
            seen.add(word)
            yield from _lines((*path, word), value)
            yield (*path, word), line

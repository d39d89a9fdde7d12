"""Which sorts of letters there are: `sorts.yaml`, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewflow.kinds.strict_yaml import read_yaml

FILE = Path(__file__).parent / "sorts.yaml"


@dataclass(frozen=True, slots=True)
class LetterSort:
    """A sort of letter; its name is that of its wording under `letters/`."""

    name: str
    title: str
    draft: str
    """What it is called before it counts."""
    final: str
    issuer: str
    """The field that names who issues it."""
    short_title: str = ""
    """As names of downloads say it; the title unless another is given."""
    masthead_tail: str = ""
    """文件 in the form of that name, 令 in that of an order; notices take the form
    of a letter (信函格式)."""
    has_headings: bool = False
    """Its paragraphs begin with headings of their own: 一、 and （一）."""

    @property
    def file(self) -> str:
        """The name of the file with its wording."""
        return f"{self.name}.txt"


def read_sorts(content: bytes) -> Mapping[str, LetterSort]:
    """Return the sorts a file tells of, by name, in its order.

    Raises:
        BadYaml: It is not plain YAML, or names a sort twice.
        TypeError: A row lacks something, or says what no sort has.
    """
    rows: Mapping[str, Mapping[str, Any]]
    rows, _ = read_yaml(content)
    return {
        name: LetterSort(**{"name": name, "short_title": row["title"], **row})
        for name, row in rows.items()
    }


SORTS = read_sorts(FILE.read_bytes())

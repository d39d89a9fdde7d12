"""What a text is checked for (审查要点), and on which ground."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewflow.law.rows import Row, Verified


class Ground(StrEnum):
    """The three sides of a legality review (审查要点)."""

    AUTHORITY = "authority"
    """权限"""
    PROCEDURE = "procedure"
    """程序"""
    SUBSTANCE = "substance"
    """内容"""


@dataclass(frozen=True)
class Checkpoint:
    """A point every review answers; a hint for people, never a conclusion.

    Source:
        国办发〔2018〕115号第（六）项, with provincial additions; the rows say
        which.
    """

    id: str
    title: str
    ground: Ground
    applies: tuple[str, ...]
    source: str
    place: str
    first_day: date
    verified: Verified
    note: str = ""
    local: bool = False


def read_checkpoint(row: Row) -> Checkpoint:
    """Return the point that a row holds.

    Raises:
        Invalid: A field is wrong; the sentence names row and field.
    """
    return Checkpoint(
        **row.origin(),
        title=row.text("title"),
        ground=row.choice("ground", Ground),
        applies=row.texts("applies"),
    )

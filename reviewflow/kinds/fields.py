"""One question of a form, and what its answer may be."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class FieldType(enum.StrEnum):
    """What kind of answer a question takes."""

    CHOICE = "choice"
    """一项选择"""
    CHOICES = "choices"
    """多项选择"""
    YES_NO = "yes_no"
    """是或否"""
    TEXT = "text"
    """一行文字"""
    LONG_TEXT = "long_text"
    """多行文字"""
    DATE = "date"
    """日期"""
    NUMBER = "number"
    """整数"""
    PERSON = "person"
    """人员"""
    PEOPLE = "people"
    """几名人员"""
    UNIT = "unit"
    """单位"""
    UNITS = "units"
    """几个单位"""
    FINDINGS = "findings"
    """具体审查意见"""
    ADOPTIONS = "adoptions"
    """逐条采纳情况"""
    GROUNDS = "grounds"
    """审查要点"""
    ADVICES = "advices"
    """逐份法律意见的采信情况"""
    EXPERTS = "experts"
    """专家"""
    EXPERT_OPINIONS = "expert_opinions"
    """专家意见"""


ON_TEXT = frozenset({FieldType.FINDINGS, FieldType.ADOPTIONS, FieldType.GROUNDS})
"""Lists whose rows speak of single provisions of the draft."""

LISTS = ON_TEXT | {
    FieldType.ADVICES,
    FieldType.EXPERTS,
    FieldType.EXPERT_OPINIONS,
}
SEVERAL = frozenset({FieldType.CHOICES, FieldType.PEOPLE, FieldType.UNITS})
"""Questions that take several answers."""
STEERING = frozenset(
    {
        FieldType.CHOICE,
        FieldType.YES_NO,
        FieldType.NUMBER,
        FieldType.PERSON,
        FieldType.UNIT,
    }
)

Condition = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Field:
    """A question: its name in the process, its label on the screen, its rules.

    `required_if` names other fields and the answers that make this one
    required; all of them must be given. `columns` are the questions of each row
    of a list.
    """

    name: str
    label: str
    type: FieldType
    hint: str = ""
    optional: bool = False
    required_if: Condition = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    steers: bool = False
    min: int | None = None
    max: int | None = None
    role: str = ""
    part: str = ""
    columns: tuple["Field", ...] = ()

    def is_required(self, answers: Mapping[str, object]) -> bool:
        """It must be answered, given the other answers."""
        if self.required_if:
            return holds(self.required_if, answers)
        return not self.optional


def holds(condition: Condition, answers: Mapping[str, object]) -> bool:
    """All of the other answers are as the condition wants them."""
    return all(
        as_sent(answers.get(name)) in wanted for name, wanted in condition.items()
    )


def as_sent(answer: object) -> str:
    """Return an answer as a browser would send it."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return "" if answer is None else str(answer)

"""What is wrong with a process kind: file, element, line, sentence."""

from dataclasses import asdict, dataclass
from typing import Any

from reviewflow.errors import Invalid


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault, and where to mend it."""

    file: str
    line: int
    element: str
    sentence: str

    def __str__(self) -> str:
        """Say it on one line."""
        place = f"{self.file}:{self.line}"
        return (
            f"{place} {self.element}：{self.sentence}"
            if self.element
            else (f"{place} {self.sentence}")
        )

    def plain(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return asdict(self)


class BadKind(Invalid):
    """A folder is no process kind that can be deployed."""

    message = "流程文件夹有误，请按提示更正后再部署。"

    def __init__(self, findings: list[Finding]) -> None:
        """Take what is wrong."""
        super().__init__(message=str(findings[0]) if findings else None)
        self.findings = sorted(findings)

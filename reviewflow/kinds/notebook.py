"""One XML file under check, and what is found wrong in it."""

from reviewflow.kinds.diagrams import Element
from reviewflow.kinds.findings import Finding


class Notebook:
    """Collects findings of one file, each at its element and line."""

    def __init__(self, file: str, root: Element) -> None:
        """Begin without findings."""
        self.file, self.root = file, root
        self.findings: list[Finding] = []

    @property
    def is_shared(self) -> bool:
        """Other kinds use the file as well."""
        return self.file.startswith("shared/")

    def note(self, element: Element, sentence: str) -> None:
        """Add a finding at an element, or at the nearest one above with an id."""
        named: Element | None = element
        while named is not None and not named.get("id"):
            named = named.getparent()
        name = "" if named is None else named.get("id", "")
        line = element.sourceline or 1
        self.findings.append(Finding(self.file, line, name, sentence))

"""Refusing a kind: in good time, with a line and a sentence for each fault."""

from time import monotonic

from reviewflow.kinds.check import check_files
from reviewflow.kinds.findings import Finding
from tests.kinds.soundness import KNOWN

MAIN, TABLE = "process.bpmn", "who.dmn"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
LONGEST_SECONDS = 60  # a file that hangs takes for ever; a busy machine does not

Files = dict[str, bytes]


def refused(files: Files) -> list[Finding]:
    """Return why the files are refused, in good time and with lines."""
    begun = monotonic()
    findings = check_files(files, KNOWN)
    assert monotonic() - begun < LONGEST_SECONDS
    assert findings
    assert all(one.line >= 1 and one.sentence for one in findings)
    return findings

"""All that speaks against deploying a kind, the engine's own word included."""

from collections.abc import Mapping

from reviewflow.engine.parsing import BadDiagram
from reviewflow.engine.walks import play
from reviewflow.kinds.check import check_files
from reviewflow.kinds.check_posts import Known
from reviewflow.kinds.findings import Finding
from reviewflow.kinds.shelf import read_files


def inspect_files(files: Mapping[str, bytes], known: Known) -> list[Finding]:
    """Return what is wrong with the files of a kind; nothing means it may run.

    The engine reads the diagrams, and plays the walks, only when the checks
    have found nothing.

    Args:
        files: The files by their names inside the folder.
        known: The limits, effects, roles and parts a kind may name.
    """
    findings = check_files(files, known)
    if findings:
        return findings
    try:
        results = play(read_files(files))
    except BadDiagram as error:
        sentence = f"流程引擎不能读取：{error.reason}"
        return [Finding(error.file, error.line, error.element, sentence)]
    return [
        Finding("walks.yaml", result.line, result.walk, f"走不通。{result.fault}")
        for result in results
        if not result.passed
    ]

"""What is wrong with a folder is found, with file, element, line and sentence."""

from pathlib import Path

import pytest
import yaml

from reviewflow.engine.inspection import inspect_files
from reviewflow.kinds.check import check_files
from tests.kinds.soundness import KNOWN, broken_files, sound_files


def test_a_sound_kind_has_no_findings() -> None:
    assert [str(one) for one in inspect_files(sound_files(), KNOWN)] == []


FAULTS = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    "fault", FAULTS, ids=[f"{fault['element']}: {fault['says']}" for fault in FAULTS]
)
def test_a_fault_is_found(fault: dict[str, str]) -> None:
    files, _ = broken_files(fault["file"], fault["old"], fault["new"])

    findings = check_files(files, KNOWN)

    said = [(one.element, one.sentence) for one in findings]
    assert (fault["element"], fault["says"]) in said, said
    assert all(one.line >= 1 for one in findings)

"""Tampering of every kind is found, and the case is named."""

from pathlib import Path

import pytest
import yaml

from reviewflow.integrity.verify import verify
from reviewflow.work import Runtime
from tests.integrity.attack import Attack
from tests.integrity.conftest import CASES

RUNNING = CASES["running"]
EDITS: dict[str, dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("edits.yaml").read_text(encoding="utf-8")
)


def named(runtime: Runtime) -> set[int]:
    """Return the cases that do not verify."""
    with runtime.read(None) as work:
        return {found.case_id for found in verify(work)}


def test_a_clean_copy_is_silent(attacked: Runtime) -> None:
    with attacked.read(None) as work:
        assert verify(work) == []


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_found_and_its_case_is_named(
    attacked: Runtime, attack: Attack, edit: str
) -> None:
    case_id = CASES[EDITS[edit]["in"]]
    assert attack.run(EDITS[edit]["sql"], id=case_id) > 0

    assert case_id in named(attacked)


def test_a_flipped_byte_is_found(attacked: Runtime, attack: Attack) -> None:
    path = attack.file(RUNNING)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert RUNNING in named(attacked)


def test_a_file_that_is_gone_is_found(attacked: Runtime, attack: Attack) -> None:
    attack.file(RUNNING).unlink()
    assert RUNNING in named(attacked)


def test_a_cut_tail_is_found_though_the_head_was_repaired(
    attacked: Runtime, attack: Attack
) -> None:
    attack.run("DELETE FROM event WHERE case_id = :id AND seq > 6", id=RUNNING)
    repaired = """UPDATE "case" SET nseq = 6, head =
        (SELECT hash FROM event WHERE case_id = :id AND seq = 6) WHERE id = :id"""
    attack.run(repaired, id=RUNNING)
    assert RUNNING in named(attacked)


def test_only_the_tampered_case_is_named(attacked: Runtime, attack: Attack) -> None:
    attack.run(EDITS["who did it"]["sql"], id=RUNNING)
    assert named(attacked) == {RUNNING}

"""Who may enter a ledger, what is seen of it, and the command."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from reviewflow import cli
from reviewflow.cli import CLEAN, FAILED, FINDINGS
from reviewflow.errors import Invalid, Missing, Refused
from reviewflow.model.case import Case
from reviewflow.model.publication import Publication
from reviewflow.work import Runtime
from tests.broken_files import sheet
from tests.cast import Cast
from tests.ledgers import HEADINGS, NOW, bring_in, plain_row


def test_filers_bring_in_what_they_file_and_others_nothing(
    runtime: Runtime, cast: Cast
) -> None:
    assert len(bring_in(runtime, [plain_row()], "department.filer").fresh) == 1
    foreign = plain_row(2, 制定机关="六安市司法局")
    with pytest.raises(Invalid) as refused:
        bring_in(runtime, [foreign], "department.filer")
    assert "由六安市司法局报备，请由该单位" in str(refused.value.errors)
    with pytest.raises(Refused, match="只有系统管理员和报备人"):
        bring_in(runtime, [plain_row(3)], "drafter")

    with runtime.read(cast.drafter, NOW) as work:  # of the unit that answers for it
        (case_id,) = work.session.scalars(
            sa.select(Case.id).where(Case.kind == "published_document")
        ).all()
    with runtime.read(cast.other_drafter, NOW) as work, pytest.raises(Missing):
        work.get(Case, case_id)


def test_the_command_checks_enters_and_says_so(
    runtime: Runtime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "台账.xlsx"
    command = ["import", "ledger", str(path), "--by", "admin"]

    sheet([plain_row(1), plain_row(2, 类别="通知")], HEADINGS).save(path)
    assert cli.main(command) == FINDINGS
    said = capsys.readouterr().err
    assert "台账有 1 处需要更正，没有导入任何一行" in said
    assert "第 3 行“类别”：没有“通知”这种类别，请填写" in said

    sheet([plain_row(1), plain_row(2)], HEADINGS).save(path)
    assert cli.main([*command, "--check"]) == CLEAN
    with runtime.read(None) as work:
        assert work.session.scalars(sa.select(Publication.id)).all() == []
    assert cli.main(command) == CLEAN
    assert cli.main(command) == CLEAN
    said = capsys.readouterr().err
    assert "正在导入：2/2 件\n已补录 2 件。\n台账中的 2 件此前都已补录" in said
    assert cli.main([*command[:2], str(tmp_path / "none.xlsx"), *command[3:]]) == FAILED
    assert cli.main([*command[:-1], "nobody"]) == FAILED

"""`reviewflow import`: a file whole or not at all, one sentence, an exit code."""

from pathlib import Path

import pytest

from reviewflow.cli import CLEAN, FAILED, main
from reviewflow.config import Settings
from reviewflow.queries.law_changes import list_changes
from reviewflow.queries.people import user_named
from reviewflow.usecases.law_changes import approve_change
from reviewflow.work import Runtime
from tests.laws import YEAR_2027

NOTICE = f"{YEAR_2027['title']}\n{YEAR_2027['text']}\n"


@pytest.fixture(autouse=True)
def here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on the installation of the test."""
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REVIEWFLOW_ENV", "demo")


def run(path: Path, by: str = "admin") -> int:
    return main(["import", "holidays", str(path), "--by", by])


def test_a_notice_is_proposed_from_a_file(
    tmp_path: Path, runtime: Runtime, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "2027.txt"
    path.write_text(NOTICE, encoding="utf-8-sig")
    assert run(path) == CLEAN
    assert "2027 年放假安排" in capsys.readouterr().err
    with runtime.read(None) as work:
        (change,) = list_changes(work)
        assert (change.key, change.is_pending) == ("2027", True)
        assert change.fields["notices"][0]["title"] == YEAR_2027["title"]
        assert not work.law.calendar.covers(2027)


@pytest.mark.parametrize(
    ("content", "by", "sentence"),
    [
        (NOTICE.encode("gb18030"), "admin", "不是 UTF-8 文本"),
        (b"", "admin", "请填写"),
        (
            "关于2027年部分节假日安排的通知\n一、春节：2月30日放假。".encode(),
            "admin",
            "未识别",
        ),
        (NOTICE.encode(), "drafter", "管理员"),
        (NOTICE.encode(), "nobody", "没有登录名"),
        (b"x" * 1_000_001, "admin", "过大"),
    ],
)
def test_what_cannot_be_taken_is_refused_whole(
    content: bytes,
    by: str,
    sentence: str,
    tmp_path: Path,
    runtime: Runtime,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(content)
    assert run(path, by) == FAILED
    assert sentence in capsys.readouterr().err
    with runtime.read(None) as work:
        assert list_changes(work) == []
    assert run(tmp_path / "none.txt") == FAILED


def test_the_command_reckons_by_the_law_in_force(
    tmp_path: Path, runtime: Runtime, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["deadline", "2026-12-31", "1", "--unit", "工作日"]
    main(asked)
    assert "暂定" in capsys.readouterr().err
    path = tmp_path / "2027.txt"
    path.write_text(NOTICE, encoding="utf-8")
    run(path)
    with runtime.read(None) as work:
        change = list_changes(work)[0].id
        signer = user_named(work, "signer").id
    with runtime.begin(signer) as work:
        approve_change(work, change)
    capsys.readouterr()
    main(asked)
    said = capsys.readouterr().err
    assert "2027-01-04" in said
    assert "暂定" not in said

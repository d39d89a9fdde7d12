"""A command that cannot be done: one Chinese sentence, nothing else, a 2."""

import io
import re
import socket
from pathlib import Path

import pytest

from reviewflow.cli import FAILED, main
from reviewflow.config import Settings
from reviewflow.queries.law_changes import list_changes
from reviewflow.work import Runtime
from tests.laws import YEAR_2027


@pytest.fixture(autouse=True)
def here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command works on the installation of the test."""
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REVIEWFLOW_ENV", "demo")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "缺少 命令。用法见 reviewflow --help。"),
        ("deadline 2026-11-23 5", "缺少 --unit。用法见 reviewflow deadline --help。"),
        (
            "deadline 2026-11-23 5 --unit",
            "--unit 之后缺少内容。用法见 reviewflow deadline --help。",
        ),
        (
            "verify --case x",
            "--case 应为整数，“x”不是。用法见 reviewflow verify --help。",
        ),
        (
            "verify --all --case 1",
            "--case 不能与 --all 同时使用。用法见 reviewflow verify --help。",
        ),
        ("health further", "不认识 further。用法见 reviewflow --help。"),
        (
            "demo --as-of 2026-02-30",
            "--as-of 的内容不能识别。用法见 reviewflow demo --help。",
        ),
    ],
)
def test_a_line_that_is_not_understood_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], typed: str, sentence: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(typed.split())
    assert left.value.code == FAILED
    assert capsys.readouterr() == ("", sentence + "\n")


@pytest.mark.parametrize("typed", ["nope", "user add x --unit y --role nope"])
def test_what_may_be_chosen_is_listed_as_it_is_typed(
    capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    with pytest.raises(SystemExit):
        main(typed.split())
    said = capsys.readouterr().err
    assert re.search(r"没有“nope”，可以是：[a-z_, ]+。用法见", said)


@pytest.mark.usefixtures("runtime")
def test_a_case_that_is_not_there_is_not_called_sound(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["verify", "--case", "999999", "--json"]) == FAILED
    assert capsys.readouterr() == ("", "没有编号为 999999 的事项，请核对。\n")


@pytest.mark.usefixtures("runtime")
def test_a_new_user_without_a_password_hears_where_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["user", "add", "x", "--unit", "y", "--role", "drafter"]) == FAILED
    assert "标准输入" in capsys.readouterr().err


@pytest.mark.usefixtures("runtime")
def test_a_taken_address_is_said_before_anything_starts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        for typed in (str(port), "99999"):
            assert main(["serve", "--port", typed]) == FAILED
            said = capsys.readouterr().err
            assert said == (f"无法在 127.0.0.1:{typed} 启动，请换一个地址或者端口。\n")


def test_the_only_administrator_imports_without_being_named(
    tmp_path: Path, runtime: Runtime
) -> None:
    path = tmp_path / "2027.txt"
    path.write_text(f"{YEAR_2027['title']}\n{YEAR_2027['text']}\n", encoding="utf-8")
    assert main(["import", "holidays", str(path)]) == 0
    with runtime.read(None) as work:
        (change,) = list_changes(work)
        assert change.key == "2027"

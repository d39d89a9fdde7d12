"""import: data of others, each file whole or not at all."""

import argparse
from pathlib import Path

from reviewflow import runtime
from reviewflow.cli.saying import Commands, say
from reviewflow.config import Settings
from reviewflow.errors import Invalid, Unavailable
from reviewflow.model.people import Role, User
from reviewflow.queries.people import all_people, posts_of, user_named
from reviewflow.usecases.law_changes import propose_year
from reviewflow.usecases.ledger_checks import check_ledger
from reviewflow.usecases.ledgers import (
    import_ledger,
    open_ledger,
    outcome,
)
from reviewflow.work import Work

LARGEST = 1_000_000
BY = "用户名，只有一名管理员的可以不写"
TOLD_EVERY = 100
"""Rows after which the person at the terminal hears how far it is."""


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    source = commands.add_parser("import", help="导入").add_subparsers(required=True)
    holidays = source.add_parser(
        "holidays", help="导入放假通知，提出变更，由签发人批准"
    )
    holidays.add_argument("file", type=Path, help="通知正文（文本文件，UTF-8）")
    holidays.add_argument("--by", default="", help=f"提出变更的管理员；{BY}")
    holidays.add_argument("--title", default="", help="通知名称；默认为文件第一行")
    holidays.add_argument("--address", default="", help="网址或者文号")
    holidays.set_defaults(run=run_holidays)
    ledger = source.add_parser(
        "ledger", help="导入历史台账：逐行核对，全部正确才导入，可以重复执行"
    )
    ledger.add_argument("file", type=Path, help="台账（xlsx 或者 csv）")
    ledger.add_argument("--by", default="", help=f"导入的管理员或者报备人；{BY}")
    ledger.add_argument("--check", action="store_true", help="只核对，不导入")
    ledger.set_defaults(run=run_ledger)


def run_holidays(chosen: argparse.Namespace) -> int:
    """Propose the holidays of a year from the text of a notice."""
    text = _text(chosen.file)
    typed = {
        "title": chosen.title or text.strip().partition("\n")[0].strip(),
        "address": chosen.address or chosen.file.name,
        "text": text,
        "reason": f"由文件“{chosen.file.name}”导入。",
    }
    ready = runtime.open_runtime(Settings.from_environ())
    with ready.read(None) as work:
        user_id = _by(work, chosen.by).id
    with ready.begin(user_id) as work:
        row = propose_year(work, typed)
        say(
            f"已提出 {row.key} 年放假安排的变更（第 {row.id} 号），"
            "请由审查机构签发人在“时限规则”页面核对影响后批准。"
        )
    return 0


def run_ledger(chosen: argparse.Namespace) -> int:
    """Check a ledger of the past, and enter it unless only that is asked.

    Returns:
        0 entered, or nothing found wrong; 1 findings, and nothing is entered.
    """
    ready = runtime.open_runtime(Settings.from_environ())
    with ready.read(None) as work:
        user_id = _by(work, chosen.by).id
    try:
        with chosen.file.open("rb") as source:
            book = open_ledger(ready.files, chosen.file.name, source)
        if chosen.check:
            with ready.read(user_id) as work:
                found = check_ledger(work, book.lines)
            added, known = len(found.fresh), found.known
            say(f"核对通过：{added} 件可以导入，{known} 件此前已经补录。")
            return 0
        with ready.begin(user_id) as work:
            say(outcome(import_ledger(work, book, _tell)))
    except OSError as error:
        sentence = f"无法读取文件“{chosen.file}”，请检查路径和权限。"
        raise Unavailable(sentence) from error
    except Invalid as error:
        return _told(error)
    return 0


def _by(work: Work, name: str) -> User:
    """Return who imports: who is named, or the only administrator.

    Raises:
        Missing: There is no such user.
        Invalid: Nobody is named, and there is not exactly one administrator.
    """
    if name:
        return user_named(work, name)
    rulers = [
        user
        for user in all_people(work)
        if user.is_active and Role.ADMIN in {post.role for post in posts_of(work, user)}
    ]
    if len(rulers) != 1:
        raise Invalid(message="请用 --by 写明由谁导入（用户名）。")
    return rulers[0]


def _tell(done: int, total: int) -> None:
    if done % TOLD_EVERY == 0 or done == total:
        say(f"正在导入：{done}/{total} 件")


def _told(error: Invalid) -> int:
    """Tell the findings, one in a line."""
    say(error.message)
    for place, sentence in error.errors.items():
        if sentence != error.message:
            say(f"{place}：{sentence}")
    return 1


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()[: LARGEST + 1]
        if len(content) > LARGEST:
            raise Invalid({"file": f"文件“{path.name}”过大，不像一份放假通知。"})
        return content.decode("utf-8-sig")
    except OSError as error:
        raise Invalid({"file": f"无法读取文件“{path}”，请检查路径和权限。"}) from error
    except UnicodeDecodeError as error:
        sentence = f"文件“{path.name}”不是 UTF-8 文本，请另存为 UTF-8 编码的文本文件。"
        raise Invalid({"file": sentence}) from error

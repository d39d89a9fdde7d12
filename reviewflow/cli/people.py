"""user and token: people and programs let in without a browser."""

import argparse
import getpass
import sys

from reviewflow import passwords, runtime
from reviewflow.cli.saying import Commands, add_json, print_json, say
from reviewflow.config import Settings
from reviewflow.errors import Invalid
from reviewflow.model.people import Role
from reviewflow.queries.people import all_people, posts_of, unit_named
from reviewflow.usecases.people import add_user
from reviewflow.usecases.signins import make_token


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    user = commands.add_parser("user", help="用户").add_subparsers(required=True)
    add = user.add_parser("add", help="新增用户；密码从标准输入读取")
    add.add_argument("name")
    add.add_argument("--display-name", default=None)
    add.add_argument("--unit", required=True, help="单位全称或简称")
    add.add_argument(
        "--role", required=True, action="append", choices=[role.value for role in Role]
    )
    add.set_defaults(run=run_add)
    listing = user.add_parser("list", help="列出用户")
    add_json(listing)
    listing.set_defaults(run=run_list)

    token = commands.add_parser("token", help="令牌").add_subparsers(required=True)
    create = token.add_parser("create", help="为用户新建接口令牌，仅显示一次")
    create.add_argument("user")
    create.set_defaults(run=run_token)


def run_add(chosen: argparse.Namespace) -> int:
    """Add one user with posts in one unit."""
    password = passwords.accepted(_password(), chosen.name)
    with runtime.open_runtime(Settings.from_environ()).begin(None) as work:
        unit = unit_named(work, chosen.unit)
        posts = [(Role(role), unit.id) for role in chosen.role]
        display_name = chosen.display_name or chosen.name
        add_user(work, chosen.name, display_name, password, posts)
    say(f"已新增用户 {chosen.name}（{unit.name}）。")
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    """List everybody with unit and roles."""
    with runtime.open_runtime(Settings.from_environ()).read(None) as work:
        rows = [
            {
                "name": user.name,
                "display_name": user.display_name,
                "unit": "、".join(dict.fromkeys(m.unit.name for m in posts)),
                "roles": sorted({m.role.value for m in posts}),
                "active": user.is_active,
            }
            for user in all_people(work)
            for posts in [posts_of(work, user)]
        ]
    if chosen.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['name']}　{row['display_name']}　{row['unit']}")
    return 0


def run_token(chosen: argparse.Namespace) -> int:
    """Print a new token, alone."""
    with runtime.open_runtime(Settings.from_environ()).begin(None) as work:
        secret = make_token(work, chosen.user)
    print(secret)
    return 0


def _password() -> str:
    if sys.stdin.isatty():
        return getpass.getpass("密码：")
    typed = sys.stdin.readline().rstrip("\n")
    if not typed:
        raise Invalid(message="没有读到密码，请从标准输入提供，一行。")
    return typed

"""verify: whether cases and bulletins still are what they were."""

import argparse

from reviewflow import runtime
from reviewflow.cli.saying import Commands, add_json, print_json, say
from reviewflow.config import Settings
from reviewflow.errors import Missing
from reviewflow.integrity.bulletins import verify_bulletins
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    check = commands.add_parser("verify", help="校验办理记录、材料、流程状态和情况通报")
    which = check.add_mutually_exclusive_group()
    which.add_argument("--case", type=int, default=None)
    which.add_argument("--all", action="store_true")
    add_json(check)
    check.set_defaults(run=run_verify)


def run_verify(chosen: argparse.Namespace) -> int:
    """Verify one case, or all and every bulletin; say which fails which rule.

    Raises:
        Missing: There is no such case.
    """
    cases = None if chosen.case is None else [chosen.case]
    with runtime.open_runtime(Settings.from_environ()).read(None) as work:
        if chosen.case is not None and work.session.get(Case, chosen.case) is None:
            raise Missing(f"没有编号为 {chosen.case} 的事项，请核对。")
        found = verify(work, cases)
        spoilt = verify_bulletins(work) if cases is None else []
    if chosen.json:
        rows = [
            {"case_id": d.case_id, "rule": d.rule, "sentence": d.sentence}
            for d in found
        ] + [
            {"bulletin_id": b.bulletin_id, "rule": b.rule, "sentence": b.sentence}
            for b in spoilt
        ]
        print_json({"findings": rows})
    for row in found:
        say(f"事项 {row.case_id}　{row.rule}：{row.sentence}")
    for flaw in spoilt:
        say(f"情况通报 {flaw.bulletin_id}　{flaw.rule}：{flaw.sentence}")
    if not found and not spoilt:
        say("校验通过，没有发现不一致。")
    return 1 if found or spoilt else 0

"""verify: whether cases, bulletins and sent reports still are what they were."""

import argparse
from typing import Any

from reviewflow import runtime
from reviewflow.cli.saying import Commands, add_json, print_json, say
from reviewflow.config import Settings
from reviewflow.errors import Missing
from reviewflow.integrity.bulletins import BulletinFlaw, verify_bulletins
from reviewflow.integrity.report_sendings import SendingFlaw, verify_sendings
from reviewflow.integrity.verify import Discrepancy, verify
from reviewflow.model.case import Case


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    check = commands.add_parser(
        "verify", help="校验办理记录、材料、流程状态、情况通报和报告的报送记录"
    )
    which = check.add_mutually_exclusive_group()
    which.add_argument("--case", type=int, default=None)
    which.add_argument("--all", action="store_true")
    add_json(check)
    check.set_defaults(run=run_verify)


def run_verify(chosen: argparse.Namespace) -> int:
    """Verify one case, or all with bulletins and sendings; say which fails what.

    Raises:
        Missing: There is no such case.
    """
    cases = None if chosen.case is None else [chosen.case]
    with runtime.open_runtime(Settings.from_environ()).read(None) as work:
        if chosen.case is not None and work.session.get(Case, chosen.case) is None:
            raise Missing(f"没有编号为 {chosen.case} 的事项，请核对。")
        found = verify(work, cases)
        spoilt = verify_bulletins(work) if cases is None else []
        altered = verify_sendings(work) if cases is None else []
    if chosen.json:
        print_json(
            {
                "findings": [
                    *(_row("case_id", d.case_id, d) for d in found),
                    *(_row("bulletin_id", b.bulletin_id, b) for b in spoilt),
                    *(_row("sending_id", s.sending_id, s) for s in altered),
                ]
            }
        )
    for row in found:
        say(f"事项 {row.case_id}　{row.rule}：{row.sentence}")
    for flaw in spoilt:
        say(f"情况通报 {flaw.bulletin_id}　{flaw.rule}：{flaw.sentence}")
    for one in altered:
        say(f"报送记录 {one.sending_id}　{one.rule}：{one.sentence}")
    is_clean = not (found or spoilt or altered)
    if is_clean:
        say("校验通过，没有发现不一致。")
    return 0 if is_clean else 1


def _row(
    name: str, number: int, flaw: Discrepancy | BulletinFlaw | SendingFlaw
) -> dict[str, Any]:
    return {name: number, "rule": flaw.rule, "sentence": flaw.sentence}

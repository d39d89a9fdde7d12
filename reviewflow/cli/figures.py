"""indicators and deadline: figures and due dates without a browser."""

import argparse

from reviewflow import runtime
from reviewflow.cli.saying import Commands, add_json, print_json, say
from reviewflow.config import Settings
from reviewflow.model.filing import Chain
from reviewflow.queries import deadlines
from reviewflow.queries.definitions import book
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import Figures, indicators
from reviewflow.queries.question import Group, read_question
from reviewflow.queries.rates import Rate

ASKED = ("from", "to", "as_of", "group", "chain", "limit")


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    rates = commands.add_parser("indicators", help="报备率、报备及时率、规范率等指标")
    rates.add_argument("--from", help="公布或办结日期自，例如 2026-01-01")
    rates.add_argument("--to", help="公布或办结日期至")
    rates.add_argument("--as-of", help="统计截至日期，默认今天")
    rates.add_argument("--group", help=f"分组：{'、'.join(Group)}")
    rates.add_argument("--chain", help=f"报备系统：{'、'.join(Chain)}，默认 GOV")
    rates.add_argument("--limit", help="试算另一时限，例如 TL-13=15工作日")
    add_json(rates)
    rates.set_defaults(run=run_indicators)

    due = commands.add_parser("deadline", help="计算期限届满日并说明推算过程")
    due.add_argument("start", metavar="START", help="起算日，例如 2026-11-23")
    due.add_argument("days", metavar="DAYS", help="天数")
    due.add_argument("--unit", required=True, help="日或者工作日")
    add_json(due)
    due.set_defaults(run=run_deadline)


def run_indicators(chosen: argparse.Namespace) -> int:
    """Print every indicator; with lists of ids in JSON."""
    raw = {name: getattr(chosen, name) for name in ASKED}
    with runtime.open_runtime(Settings.from_environ()).read(None) as work:
        answer = indicators(work, read_question(raw, work.today))
        if chosen.json:
            print_json(document(answer))
            return 0
    for figures in (answer.total, *answer.groups):
        say(_line(figures))
    say(f"截至 {answer.question.as_of}，规则版本 {answer.rule_version}。")
    return 0


def run_deadline(chosen: argparse.Namespace) -> int:
    """Print a due date and how it comes about."""
    law = runtime.law_in_force(Settings.from_environ())
    found = deadlines.deadline(law, chosen.start, chosen.days, chosen.unit)
    if chosen.json:
        print_json(deadlines.plain(found))
        return 0
    for step in found.steps:
        say(f"{step.day}　{step.text}")
    say(f"届满日：{found.due_on}{'（暂定）' if found.provisional else ''}")
    return 0


def _line(figures: Figures) -> str:
    said = map(_said, map(figures.rate, book().each()))
    return f"{figures.label}　{'　'.join(said)}"


def _said(rate: Rate) -> str:
    told = f"{rate.definition.title} {rate.percent}"
    if rate.definition.is_count:
        return told
    return f"{told}（{rate.numerator}/{rate.denominator}）"

"""unit: organs entered without a browser, as the first ones have to be."""

import argparse

from reviewflow import runtime
from reviewflow.cli.saying import Commands, say
from reviewflow.config import Settings
from reviewflow.model.people import Level, Unit, UnitDuty, UnitSort
from reviewflow.queries.people import all_units, unit_named
from reviewflow.usecases.people import add_unit
from reviewflow.work import Work


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    unit = commands.add_parser("unit", help="机构").add_subparsers(required=True)
    add = unit.add_parser("add", help="新增机构")
    add.add_argument("name", help="全称")
    add.add_argument("--short-name", default=None)
    add.add_argument("--prefix", default="", help="机关代字，例如：六政办")
    add.add_argument("--level", required=True, choices=list(Level))
    add.add_argument("--sort", required=True, choices=list(UnitSort))
    add.add_argument("--duty", default=None, choices=list(UnitDuty))
    add.add_argument("--area", default="")
    add.add_argument("--government", default=None, help="所属（上一级）人民政府")
    add.add_argument("--superior", default=None, help="上级主管部门")
    add.set_defaults(run=run_add)


def run_add(chosen: argparse.Namespace) -> int:
    """Add one organ at the end of the roster."""
    with runtime.open_runtime(Settings.from_environ()).begin(None) as work:
        unit = Unit(
            name=chosen.name,
            short_name=chosen.short_name or chosen.name,
            document_prefix=chosen.prefix,
            level=Level(chosen.level),
            sort=UnitSort(chosen.sort),
            duty=UnitDuty(chosen.duty) if chosen.duty else None,
            area=chosen.area,
            position=len(all_units(work)),
            government_id=_id_of(work, chosen.government),
            superior_id=_id_of(work, chosen.superior),
        )
        add_unit(work, unit)
    say(f"已新增机构 {chosen.name}。")
    return 0


def _id_of(work: Work, name: str | None) -> int | None:
    return None if name is None else unit_named(work, name).id

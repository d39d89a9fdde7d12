"""Ledgers that are wrong: nothing is stored, each finding says where and what to do.

Files that are none, or hold what does not say itself what it shows, are refused
before: `tests/unit/test_broken_sheets.py`.
"""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow import ledger_columns as of
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.ledger import LedgerImport
from reviewflow.usecases.ledger_checks import Checked
from reviewflow.usecases.ledgers import import_ledger, open_ledger
from reviewflow.work import Runtime
from tests.broken_files import File, Sample, broken_cells
from tests.cast import Cast
from tests.duties import at
from tests.ledgers import HEADINGS, plain_row

TODAY = date(2026, 11, 23)
DAY = "公布日期"
LEDGER = Sample(HEADINGS, plain_row)
FILES = broken_cells(LEDGER)


def wrong(**cells: object) -> File:
    """A ledger whose third row is wrong in these cells."""
    return LEDGER.of(plain_row(), plain_row(2, **cells))


def bring_in(runtime: Runtime, cast: Cast, file: File) -> Checked:
    book = open_ledger(runtime.files, *file())
    with runtime.begin(cast.admin, at(TODAY)) as work:
        return import_ledger(work, book)


SHARED = {
    # what is wrong: where that is told to be, and what is told
    "date as words": (DAY, "不是日期，请填写日期，例如"),
    "date of no day": (DAY, "不是日期"),
    "time as date": (DAY, "不是日期"),
    "no date": (DAY, "没有填写，请填写公布日期"),
    "date ahead": (DAY, "还没有到"),
    "date before all": (DAY, "没有 1948 年的放假安排"),
    "no title": ("文件名称", "没有填写，请填写文件名称"),
    "title of brackets": ("文件名称", "没有填写，请填写文件名称"),
    "title too long": ("文件名称", "超过 200 个字，请缩短"),
    "no number": ("文号", "没有填写，请填写文号"),
    "number too long": ("文号", "超过 60 个字，请缩短"),
    "no maker": ("制定机关", "没有填写，请填写制定机关"),
    "no such unit": ("制定机关", "没有“市园林局”，请核对"),
}
OWN: dict[str, tuple[File, str, str]] = {
    # what is wrong: the file, where that is told to be, and what is told
    "date as number": (wrong(公布日期=45362), DAY, "或者设为日期格式"),
    "registered tomorrow": (
        wrong(登记日期=date(2026, 11, 24)),
        "登记日期",
        "还没有到",
    ),
    "no holidays": (wrong(公布日期="1999-01-04"), DAY, "没有 1999 年的放假安排"),
    "sent too soon": (wrong(报送日期="2024-03-10"), "报送日期", "早于公布日期"),
    "in force too soon": (wrong(施行日期="2024-3-10"), "施行日期", "早于公布日期"),
    "ends too soon": (wrong(有效期至="2024.4.30"), "有效期至", "早于施行日期"),
    "registered unsent": (wrong(报送日期=None), "报送日期", "但填写了“登记日期”，请"),
    "returned for good": (
        wrong(退回日期=date(2024, 3, 21)),
        "重新报送日期",
        "退回后没有重新报送",
    ),
    "never supplemented": (
        wrong(补正通知日期=date(2024, 3, 21)),
        "补正日期",
        "请补充“补正日期”",
    ),
    "conclusion undated": (wrong(审查结论="合法"), "审查日期", "没有填写，但填写了"),
    "no conclusion": (
        wrong(审查结论="还行", 审查日期="2024-02-01"),
        "审查结论",
        "请从合法、应当予以修改、不合法中选一种",
    ),
    "no such number": (wrong(文号="六住建规2024第1号"), "文号", "不是文号，请填写"),
    "number twice": (
        LEDGER.of(plain_row(), plain_row()),
        "文号",
        "与第 2 行重复，请核对",
    ),
    "no such kind": (wrong(类别="通知"), "类别", "“部门规范性文件”“政府规章”中的一种"),
    "not its kind": (wrong(类别="政府规范性文件"), "类别", "不制定政府规范性文件，请"),
    "not for congress": (wrong(报人大日期="2024-03-20"), "报人大日期", "不需要报送"),
}
TABLE = {name: (FILES[name], *told) for name, told in SHARED.items()} | OWN


def test_every_broken_table_is_tried() -> None:
    assert SHARED.keys() == FILES.keys()


@pytest.mark.parametrize("name", TABLE)
def test_a_broken_ledger_is_refused_whole(
    name: str, runtime: Runtime, cast: Cast
) -> None:
    file, place, words = TABLE[name]
    with pytest.raises(Invalid) as refused:
        bring_in(runtime, cast, file)

    if place in HEADINGS:
        place = f"第 3 行“{place}”"
    assert place in refused.value.errors
    assert words in refused.value.errors[place]
    with runtime.read(None) as work:
        for table in (Case, LedgerImport):
            assert work.session.scalars(sa.select(table.id)).all() == []


def test_all_findings_are_counted_and_the_first_named(
    runtime: Runtime, cast: Cast
) -> None:
    told = [plain_row(n, 公布日期=None, 类别="通知") for n in range(1, 152)]
    with pytest.raises(Invalid, match="台账有 302 处需要更正") as refused:
        bring_in(runtime, cast, LEDGER.of(*told))
    assert "没有导入任何一行，下面列出前 200 处" in refused.value.message
    assert list(refused.value.errors)[:3] == [
        "第 2 行“类别”",
        "第 2 行“公布日期”",
        "第 3 行“类别”",
    ]
    assert len(refused.value.errors) == 200


@pytest.mark.parametrize(
    "written",
    [
        *(date(2024, 3, 11), "2024-03-11", "2024/3/11", "2024.3.11", "20240311"),
        *("2024年3月11日", " 2024 年 3 月 11 日 "),
    ],
)
def test_a_day_may_be_written_in_any_plain_form(
    written: object, runtime: Runtime, cast: Cast
) -> None:
    (entry,) = bring_in(runtime, cast, LEDGER.of(plain_row(公布日期=written))).fresh
    assert entry.days[of.PUBLISHED] == date(2024, 3, 11)

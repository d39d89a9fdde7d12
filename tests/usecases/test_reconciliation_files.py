"""Broken lists of issued documents: nothing is kept, each finding says where."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.reconciliation import ReconciliationRow
from reviewflow.usecases.reconciliations import import_list, read_list, send_list
from tests.broken_files import File, Row, Sample, broken
from tests.cast import Cast
from tests.conftest import As
from tests.duties import at, day

HEADINGS = ("文件名称", "文号", "发文日期", "制定机关")
COLUMNS = dict(
    zip(("title", "doc_number", "issued_on", "maker"), HEADINGS, strict=True)
)


def listed(number: int) -> Row:
    words = (f"第{number}号办法", f"六住建〔2024〕{number}号", "2024-03-11", "市住建局")
    return dict(zip(HEADINGS, words, strict=True))


FILES = broken(Sample(HEADINGS, listed, day="发文日期"))
TABLE = {
    # what is wrong: where that is told to be, and what is told
    "wrong header": ("title", "请选择哪一列是文件名称"),
    "no header": ("sheet", "表格里没有内容"),
    "header below": ("sheet", "第一行写各列的名称"),
    "merged cells": ("制定机关", "缺少制定机关"),
    "formula": ("发文日期", "请填写发文日期"),
    "100 k rows": ("sheet", "一次最多导入 10000 行"),
    "empty file": ("sheet", "文件是空的，请重新选择"),
    "password": ("sheet", "请取消密码"),
    "broken file": ("sheet", "请重新保存"),
    "no table": ("sheet", "仅接受 xlsx 或 csv"),
    "unknown script": ("sheet", "另存为"),
    "date as words": ("发文日期", "请填写发文日期，例如"),
    "date of no day": ("发文日期", "请填写发文日期，例如"),
    "no date": ("发文日期", "请填写发文日期，例如"),
    "date ahead": ("发文日期", "不能晚于今天"),
    "no title": ("文件名称", "缺少文件名称"),
    "title too long": ("文件名称", "不超过 200 字"),
    "no number": ("文号", "缺少发文字号"),
    "no maker": ("制定机关", "缺少制定机关"),
    "no such unit": ("制定机关", "“市园林局”不在您核对的机关之内"),
}


def bring_in(as_: As, cast: Cast, file: File) -> int:
    name, source = file()
    lines = read_list(name, source)
    with as_(cast.city_filing_reviewer, at(day("06-01"))) as work:
        row = send_list(work, f"{cast.units['justice']}-0", "REGISTER", name, lines)
        return import_list(work, row.id, COLUMNS).added


def test_every_broken_table_is_tried() -> None:
    assert TABLE.keys() == FILES.keys()


@pytest.mark.parametrize("name", TABLE)
def test_a_broken_list_is_refused_whole(name: str, as_: As, cast: Cast) -> None:
    place, words = TABLE[name]
    with pytest.raises(Invalid) as refused:
        bring_in(as_, cast, FILES[name])

    where = f"第 3 行“{place}”" if place in HEADINGS else place
    assert list(refused.value.errors) == [where]
    assert words in refused.value.errors[where]
    with as_(None) as work:
        assert work.session.scalars(sa.select(ReconciliationRow.id)).all() == []


def test_the_list_is_right_where_nothing_is_broken(as_: As, cast: Cast) -> None:
    right = Sample(HEADINGS, listed, day="发文日期")
    assert bring_in(as_, cast, right.of(listed(1), listed(2))) == 2

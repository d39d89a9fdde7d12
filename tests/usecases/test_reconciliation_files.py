"""Lists of issued documents that are wrong: nothing is kept, each finding says where.

Files that are none, or hold what does not say itself what it shows, are refused
before: `tests/unit/test_broken_sheets.py`.
"""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.people import Unit
from reviewflow.model.reconciliation import ReconciliationRow
from reviewflow.usecases.reconciliations import import_list, read_list, send_list
from tests.broken_files import File, Row, Sample, as_text, broken_cells, broken_files
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


LIST = Sample(HEADINGS, listed, day="发文日期")
OTHER_TITLE = {**listed(1), "文件名称": "另一件办法"}
OWN: dict[str, File] = {
    "wrong header": broken_files(LIST)["wrong header"],
    "heading twice": LIST.of(listed(1), headings=(*HEADINGS, "文号")),
    "number twice": LIST.of(listed(1), OTHER_TITLE),
    "number twice in other brackets": LIST.of(
        listed(1), {**OTHER_TITLE, "文号": " 六住建[2024] 01号"}
    ),
    "a comma too many": LIST.text("第2号", "第2号,附件，"),
    "a comma too few": LIST.text("第2号办法,", ""),
}
FILES = broken_cells(LIST) | OWN
TABLE = {
    # what is wrong: where that is told to be, and what is told
    "wrong header": ("title", "请选择哪一列是文件名称"),
    "heading twice": ("doc_number", "有两列都叫“文号”，请在表格中改名"),
    "date as words": ("发文日期", "请填写发文日期，例如"),
    "date of no day": ("发文日期", "请填写发文日期，例如"),
    "time as date": ("发文日期", "请填写发文日期，例如"),
    "no date": ("发文日期", "请填写发文日期，例如"),
    "date ahead": ("发文日期", "不能晚于今天"),
    "date before all": ("发文日期", "不能早于 1949 年，请核对"),
    "no title": ("文件名称", "缺少文件名称，请补充"),
    "title of brackets": ("文件名称", "缺少文件名称，请补充"),
    "title too long": ("文件名称", "不超过 200 字，请核对"),
    "no number": ("文号", "缺少发文字号，请补充"),
    "number too long": ("文号", "不超过 60 字，请核对"),
    "number twice": ("文号", "与第 2 行重复，但名称或者日期不同，请核对"),
    "number twice in other brackets": ("文号", "与第 2 行重复"),
    "no maker": ("制定机关", "缺少制定机关，请补充"),
    "no such unit": ("制定机关", "“市园林局”不在您核对的机关之内，请按机构名册"),
    "a comma too many": ("发文日期", "请填写发文日期，例如"),
    "a comma too few": ("发文日期", "请填写发文日期，例如"),
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
    file = FILES[name]
    is_text = file()[0].endswith(".csv")
    for one in [file] if is_text else [file, as_text(file)]:
        with pytest.raises(Invalid) as refused:
            bring_in(as_, cast, one)

        where = f"第 3 行“{place}”" if place in HEADINGS else place
        assert where in refused.value.errors
        assert words in refused.value.errors[where]
        with as_(None) as work:
            assert work.session.scalars(sa.select(ReconciliationRow.id)).all() == []


def test_the_list_is_right_where_nothing_is_broken(as_: As, cast: Cast) -> None:
    assert bring_in(as_, cast, LIST.of(listed(1), listed(2), listed(2))) == 2


def test_a_short_name_of_two_units_is_nobodys(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        work.session.get_one(Unit, cast.units["market"]).short_name = "市住建局"
    with pytest.raises(Invalid) as refused:
        bring_in(as_, cast, LIST.of(listed(1)))
    assert refused.value.errors == {
        "第 2 行“制定机关”": "简称“市住建局”有 2 个机关，请填写全称。"
    }
    full = {**listed(1), "制定机关": "六安市住房和城乡建设局"}
    assert bring_in(as_, cast, LIST.of(full)) == 1

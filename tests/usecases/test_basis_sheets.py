"""A table of bases as a sheet: every row or none; and out again, and back."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from reviewflow.comments.sheets import Line
from reviewflow.errors import Invalid
from reviewflow.letters.workbook import workbook
from reviewflow.queries.bases import latest_draft
from reviewflow.queries.basis_tables import HEADINGS, find_table
from reviewflow.usecases.basis_sheets import Imported, import_bases, read_sheet
from tests.bases import FIRST, LAW, OWN, SECOND, drafted, enter, history_of, page_of
from tests.cast import Cast
from tests.conftest import As

LAW_NAME, QUOTE = LAW["source"], LAW["quote"]
GOOD = (
    ("第一条", FIRST, LAW_NAME, QUOTE, "执行性"),
    ("2条", f" {SECOND} ", LAW_NAME, QUOTE, "细化性：标准由本市规定。"),
    ("", "", "=HYPERLINK(1)", QUOTE, "执行性"),  # of the second as well
    ("第三条", "", "", "", "自设：施行日期由制定机关确定。"),
)


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft has three provisions."""
    return drafted(as_, cast)


def xlsx(*rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS) -> io.BytesIO:
    book, stream = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for place, row in enumerate((headings, *rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = page.cell(place, column)
            cell.value = value  # type: ignore[assignment] # whatever Excel holds
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(stream)
    return stream


def lines(*rows: tuple[object, ...]) -> list[Line]:
    return read_sheet("对照表.xlsx", xlsx(*rows))


def bring_in(as_: As, cast: Cast, case_id: int, rows: list[Line]) -> Imported:
    with as_(cast.drafter) as work:
        return import_bases(work, case_id, rows, latest_draft(work, case_id))


def test_a_sheet_is_imported_whole_and_only_once(
    as_: As, cast: Cast, case_id: int
) -> None:
    enter(as_, cast, case_id, OWN)
    assert bring_in(as_, cast, case_id, lines(*GOOD)) == Imported(3, 1, 0)
    assert bring_in(as_, cast, case_id, lines(*GOOD, GOOD[0])) == Imported(0, 5, 0)

    page = page_of(as_, cast.drafter, case_id)
    said = [
        (row.basis.clause, str(row.basis.nature), row.basis.source, row.basis.note)
        for row in page.rows
    ]
    assert said == [
        ("第一条", "EXECUTE", LAW_NAME, ""),
        ("第二条", "DETAIL", LAW_NAME, "标准由本市规定。"),
        ("第二条", "EXECUTE", "=HYPERLINK(1)", ""),
        ("第三条", "OWN", "", OWN["note"]),
    ]
    assert page.is_complete


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        (("", "", LAW_NAME, QUOTE, "执行性"), {"条款": "请填写条款"}),
        (("第八条", "", LAW_NAME, QUOTE, "执行性"), {"条款": "没有第八条"}),
        (("第一条", "旧的条文。", LAW_NAME, QUOTE, "执行性"), {"条文内容": "不一致"}),
        (("第一条", "", "", QUOTE, "执行性"), {"依据名称及条款": "请填写"}),
        (("第一条", "", LAW_NAME, "", "细化性"), {"依据原文": "请填写"}),
        (("第一条", "", LAW_NAME, QUOTE, ""), {"说明": "开头"}),
        (("第一条", "", LAW_NAME, QUOTE, "参照"), {"说明": "开头"}),
        (("第一条", "", "", "", "自设"), {"说明": "理由"}),
        (("第一条", "", LAW_NAME, QUOTE, "自设：试点。"), {"说明": "不填写依据"}),
        (
            (date(2026, 3, 2), "", LAW_NAME, 5, "不知道"),
            {"条款": "最新草案中没有", "说明": "开头"},
        ),
    ],
)
def test_one_bad_cell_is_named_and_nothing_is_kept(
    as_: As,
    cast: Cast,
    case_id: int,
    row: tuple[object, ...],
    findings: dict[str, str],
) -> None:
    with pytest.raises(Invalid) as refused:
        bring_in(as_, cast, case_id, lines(row, *GOOD[:2]))
    said = refused.value.errors
    assert list(said) == [f"第 2 行“{heading}”" for heading in findings]
    for sentence, words in zip(said.values(), findings.values(), strict=True):
        assert words in sentence
    assert "没有导入任何一行" in refused.value.message
    assert history_of(as_, case_id) == []


def test_a_sheet_may_be_csv_and_has_to_have_its_headings() -> None:
    text = "条款,条文内容,依据名称及条款,依据原文,说明\n第一条,,甲,乙,执行性\n"
    found = read_sheet("表.csv", io.BytesIO(text.encode("gb18030")))
    assert [number for number, _ in found] == [2]
    lacking = HEADINGS[:2] + HEADINGS[3:]
    with pytest.raises(Invalid, match="缺少“依据名称及条款”列"):
        read_sheet("表.xlsx", xlsx(GOOD[0], headings=lacking))
    with pytest.raises(Invalid, match="表格里没有依据"):
        read_sheet("表.xlsx", xlsx())
    with pytest.raises(Invalid, match="仅接受 xlsx 或 csv"):
        read_sheet("表.docx", xlsx())
    with pytest.raises(Invalid):
        read_sheet("表.xlsx", io.BytesIO(b"PK\x03\x04broken"))


def test_what_goes_out_is_filled_in_and_comes_back(
    as_: As, cast: Cast, case_id: int
) -> None:
    formula = "=1+1"
    enter(as_, cast, case_id, {**LAW, "source": formula, "note": "补充。"}, OWN)
    with as_(cast.drafter) as work:
        table = find_table(work, case_id)
    book = load_workbook(io.BytesIO(workbook([table.sheet])))
    page = book.worksheets[0]
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert tuple(cells[0]) == HEADINGS
    assert cells[1] == ["第一条", FIRST, None, None, None]
    assert cells[2] == ["第二条", SECOND, formula, QUOTE, "细化性：补充。"]
    assert page["C3"].data_type == "s", "a text, no formula"

    stream = io.BytesIO()
    book.save(stream)
    assert bring_in(as_, cast, case_id, read_sheet("表.xlsx", stream)) == Imported(
        added=0, known=2, blank=1
    )
    page["C2"], page["D2"], page["E2"] = "《民法典》", QUOTE, "执行性"
    book.save(stream)
    assert bring_in(as_, cast, case_id, read_sheet("表.xlsx", stream)) == Imported(
        added=1, known=2, blank=0
    )
    assert page_of(as_, cast.drafter, case_id).is_complete


def test_a_table_does_not_grow_without_end(as_: As, cast: Cast, case_id: int) -> None:
    many: list[Line] = [
        (number, {"条款": "第一条", "说明": f"自设：第{number}个理由。"})
        for number in range(2001)
    ]
    with pytest.raises(Invalid, match="最多 2000 行"):
        bring_in(as_, cast, case_id, many)
    assert bring_in(as_, cast, case_id, many[:2000]).added == 2000
    with pytest.raises(Invalid, match="最多 2000 行"):
        enter(as_, cast, case_id, LAW)

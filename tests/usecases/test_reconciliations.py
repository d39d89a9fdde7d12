"""应报未报核对: lists come in whole, once, and are matched for those they concern."""

import io
from datetime import date

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.filing_desks import desks
from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.model.job import Job, JobState
from reviewflow.model.people import Role
from reviewflow.model.reconciliation import Reconciliation, ReconciliationRow, RowState
from reviewflow.queries.reconciliations import columns_page
from reviewflow.usecases.reconciliations import Imported, import_list, read_list
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.reconciliations import COLUMNS, bring_in, matched, rows_of, send, table

ON = at(day("06-01"))
GOOD = (
    ("六安市物业管理办法", "六住建〔2026〕1号", "2026-02-02"),
    ("关于印发《六安市房屋租赁办法》的通知", "六住建〔2026〕2号", "2026/2/9"),
)


@pytest.fixture
def own(cast: Cast) -> str:
    """The housing bureau's own documents, at its own desk."""
    return f"{cast.units['housing']}-{cast.units['housing']}"


@pytest.fixture
def below(cast: Cast) -> str:
    """Documents of all who file with the city, at the desk of its justice bureau."""
    return f"{cast.units['justice']}-0"


def test_each_desk_is_about_those_whose_filings_pass_over_it(
    as_: As, cast: Cast
) -> None:
    def about(who: str) -> dict[str, set[str]]:
        names = {unit_id: key for key, unit_id in cast.units.items()}
        with as_(cast.people[who]) as work:
            found = [desk for one in desks(work) for desk in one.makers.values()]
            return {
                role.value: {names[unit.id] for unit, r in found if r is role}
                for _unit, role in found
            }

    departments = {"justice", "market", "housing", "streets"}
    governmental = {"city", "office"}
    assert about("department_filer") == {Role.FILER.value: {"housing"}}
    assert about("filer") == {Role.FILER.value: {*governmental, "justice"}}
    assert about("city_filing_reviewer") == {Role.FILING_REVIEWER.value: departments}
    above = {*governmental, "province_justice"}
    assert about("filing_reviewer") == {Role.FILING_REVIEWER.value: above}
    assert about("congress_reviewer") == {Role.FILING_REVIEWER.value: governmental}
    assert about("drafter") == about("auditor") == {}


def test_a_list_is_matched_with_what_was_published(
    runtime: Runtime, as_: As, cast: Cast, press: Press, own: str
) -> None:
    press.publish(day("05-11"))
    with as_(None) as work:
        known = work.session.execute(
            sa.text("SELECT title, doc_number FROM publication")
        ).one()
    number = known.doc_number.replace("〔", "[").replace("〕", "]")
    rows = matched(
        *(runtime, as_, cast.department_filer, own),
        (f"关于印发《{known.title}》的通知", number, "2026-05-11"),
        (known.title, "六规〔2026〕999号", "2026-05-11"),
        *GOOD,
        at=ON,
    )
    same, maybe, none = RowState.MATCHED, RowState.PROBABLE, RowState.UNMATCHED
    assert [row.state for row in rows] == [same, maybe, none, none]
    with as_(None) as work:
        job = work.session.scalars(sa.select(Job)).one()
        assert (job.state, job.done, job.total) == (JobState.DONE, 4, 4)
        said = "已比对 4 件：相符 1 件，疑似 1 件，没有找到 2 件。"
        assert job.sentence == said
        assert work.session.scalars(sa.select(Reconciliation.matched_at)).one() == ON


def test_the_same_rows_are_not_doubled_in_whichever_list_they_come(
    as_: As, cast: Cast, own: str
) -> None:
    who = cast.department_filer
    list_id, imported = bring_in(as_, who, own, *GOOD, GOOD[0])
    assert (imported.added, imported.known) == (2, 1)
    assert [row.line for row in rows_of(as_, list_id)] == [2, 3]

    again, imported = bring_in(as_, who, own, *GOOD)
    assert imported == Imported(0, 2, None)
    with as_(None) as work, pytest.raises(Missing):
        work.get(Reconciliation, again)
    otherwise = ("《六安市物业管理办法》", "六住建[2026] 1号", "2026年2月2日")
    new = ("六安市养犬办法", "六住建〔2026〕3号", "20260210")
    list_id, imported = bring_in(as_, who, own, otherwise, new)
    assert (imported.added, imported.known) == (1, 1)
    assert rows_of(as_, list_id)[0].issued_on == date(2026, 2, 10)


WRONG = [
    (("", "六住建〔2026〕1号", "2026-02-02"), {"标题": "缺少文件名称"}),
    (("办法" * 101, "六住建〔2026〕1号", "2026-02-02"), {"标题": "不超过 200 字"}),
    (("物业办法", "", "2026-02-02"), {"文号": "缺少发文字号"}),
    (("物业办法", "六住建〔2026〕1号", ""), {"印发日期": "请填写发文日期"}),
    (("物业办法", "六住建〔2026〕1号", "2026-02-30"), {"印发日期": "请填写"}),
    (("物业办法", "六住建〔2026〕1号", "2026-03-03"), {"印发日期": "不能晚于今天"}),
    (("", "", "昨天"), {"标题": "缺少", "文号": "缺少", "印发日期": "请填写"}),
]


@pytest.mark.parametrize(("row", "wrong"), WRONG)
def test_one_wrong_cell_and_nothing_is_imported(
    as_: As, cast: Cast, own: str, row: tuple[str, ...], wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        bring_in(as_, cast.department_filer, own, GOOD[0], row)
    found = refused.value.errors
    assert list(found) == [f"第 3 行“{heading}”" for heading in wrong]
    assert all(said in found[f"第 3 行“{heading}”"] for heading, said in wrong.items())
    with as_(None) as work:
        lists = work.session.scalars(sa.select(Reconciliation.imported_at)).all()
        rows = work.session.scalars(sa.select(ReconciliationRow.id)).all()
    assert (lists, rows) == ([None], [])


def test_a_list_of_several_makers_names_each(as_: As, cast: Cast, below: str) -> None:
    headings = ("发文机关", "标题", "印发日期")
    columns = {"title": "标题", "issued_on": "印发日期", "maker": "发文机关"}
    who = cast.city_filing_reviewer
    rows = (
        ("市住建局", "甲办法", "2026-02-02"),
        ("六安市城市管理局", "乙办法", "46060"),
    )
    list_id = send(as_, who, below, table(*rows, headings=headings))
    with as_(who) as work:
        import_list(work, list_id, columns)
    found = [(row.maker_id, row.issued_on) for row in rows_of(as_, list_id)]
    units = cast.units
    assert found == [
        (units["housing"], date(2026, 2, 2)),
        (units["streets"], date(2026, 2, 7)),
    ]

    foreign = ("六安市人民政府", "丙办法", "2026-02-02")
    list_id = send(as_, who, below, table(foreign, headings=headings))
    with pytest.raises(Invalid) as refused, as_(who) as work:
        import_list(work, list_id, columns)
    assert "不在您核对的机关之内" in refused.value.errors["第 2 行“发文机关”"]
    with pytest.raises(Invalid) as refused, as_(who) as work:
        import_list(work, list_id, {**columns, "maker": ""})
    assert refused.value.errors == {"maker": "请选择哪一列是制定机关。"}


def test_columns_are_remembered_by_the_headings(as_: As, cast: Cast, own: str) -> None:
    who, headings = cast.department_filer, ("甲", "乙", "丙")
    first = send(
        as_, who, own, table(("物业办法", "", "2026-02-02"), headings=headings)
    )
    with as_(who) as work:
        assert columns_page(work, first).chosen == {}
        import_list(work, first, {"title": "甲", "issued_on": "丙"})
    second = send(as_, who, own, table(GOOD[0], headings=headings))
    with as_(who) as work:
        assert columns_page(work, second).chosen == {"title": "甲", "issued_on": "丙"}
    third = send(as_, who, own, table(GOOD[0]))
    with as_(who) as work:
        assert columns_page(work, third).chosen == COLUMNS
        imported = sa.select(Reconciliation.imported_at.is_not(None))
        assert work.session.scalars(imported).all() == [True, False]


def test_a_list_is_for_the_desk_that_keeps_it(
    runtime: Runtime, as_: As, cast: Cast, own: str, below: str
) -> None:
    list_id, _imported = bring_in(as_, cast.department_filer, own, *GOOD)
    run_waiting_jobs(runtime)
    for who in (cast.drafter, cast.city_filing_reviewer, cast.filer, cast.admin):
        with pytest.raises(Missing), as_(who) as work:
            work.get(Reconciliation, list_id)
    with as_(cast.auditor) as work:
        assert work.get(Reconciliation, list_id).imported_at is not None
    with pytest.raises(Conflict), as_(cast.department_filer) as work:
        import_list(work, list_id, COLUMNS)
    for who, whose in (
        (cast.drafter, own),
        (cast.department_filer, below),
        (cast.department_filer, f"{cast.units['housing']}-{cast.units['streets']}"),
        (cast.city_filing_reviewer, f"{cast.units['justice']}-{cast.units['city']}"),
    ):
        with pytest.raises(Refused):
            send(as_, who, whose, table(*GOOD))


def test_a_register_with_a_title_empty_lines_and_dates_is_read() -> None:
    book, stream = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    page.append(["六安市住建局2026年发文登记簿", None, None])
    page.merge_cells("A1:C1")
    page.append(["标题", "文号", "印发日期"])
    page.append([None, None, None])
    page.append(["甲办法", "六住建〔2026〕1号", date(2026, 2, 2)])
    page.append(["乙办法", None, None])
    book.save(stream)
    assert [(line, cells[:3]) for line, cells in read_list("登记簿.xlsx", stream)] == [
        (2, ["标题", "文号", "印发日期"]),
        (4, ["甲办法", "六住建〔2026〕1号", "2026-02-02"]),
        (5, ["乙办法", "", ""]),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("清单.xls", b"\xd0\xcf", "仅接受 xlsx 或 csv"),
        ("清单.xlsx", b"\xd0\xcf\x11\xe0", "不是 xlsx 格式"),  # with a password
        ("清单.csv", b"", "没有内容"),
        ("清单.csv", table(), "没有内容"),
        ("清单.csv", b"\xff\xfe\xff", "文字编码"),
        ("清单.csv", table(*[("甲", "乙", "丙")] * 100_000), "最多导入 10000 行"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read_list(name, io.BytesIO(content))
    assert said in refused.value.errors["sheet"]

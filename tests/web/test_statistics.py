import io
import re
from urllib.parse import quote

import openpyxl
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from reviewflow.law.limits import Unit
from reviewflow.model.deadline import CaseDeadline
from reviewflow.queries.definitions import book
from reviewflow.queries.question import ChangedLimit
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS
from tests.steps import bring_to, new_case
from tests.web.browser import sign_in

AS_OF = "as_of=2026-11-23"
WORKING = quote("TL-13=15工作日")


@pytest.fixture
def filed(as_: As, cast: Cast) -> None:
    """The filings of the example."""
    with as_(None) as work:
        for filing in FILINGS:
            Ledger(work, cast).enter(filing)


@pytest.fixture
def auditor(client: FlaskClient) -> FlaskClient:
    """The auditor's browser."""
    sign_in(client, "auditor")
    return client


def words(page: str) -> str:
    """Return a page as it is read, on one line."""
    body = page.partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def links(page: str) -> list[str]:
    found = re.findall(r'href="(/statistics/list\?[^"]+)"', page)
    return [link.replace("&amp;", "&") for link in found]


@pytest.mark.usefixtures("filed")
def test_three_rates_stand_on_top_with_their_definitions(auditor: FlaskClient) -> None:
    page = words(auditor.get(f"/statistics?{AS_OF}").text)

    assert "报备率 93.33%" in page
    assert "报备及时率 73.33%" in page
    assert "规范率 78.57%" in page
    assert "到期应报备的文件中按时报备的比例" in page
    assert "未到期 1 件" in page
    assert "范围：全部事项" in page
    assert "市本级 含垂直管理部门1件" in page


@pytest.mark.usefixtures("filed")
def test_every_rate_and_table_stands_in_one_part_of_the_page(
    auditor: FlaskClient,
) -> None:
    page = auditor.get(f"/statistics?{AS_OF}").text
    parts = page.split('<section class="part" id="')[1:]
    first, rest = (page.partition('<nav class="chips')[0], "".join(parts))

    for part in parts:
        name = part.partition('"')[0]
        assert f'href="#{name}"' in page
    for rate in book().each():
        shown = first if rate.id in {"I-1", "I-2", "I-3"} else rest
        assert shown.count(f">{rate.definition}<") == 1, rate.title
    for table in book().columns:
        assert rest.count(f"<h2>{book().tables[table]}</h2>") == 1, table


@pytest.mark.usefixtures("filed")
def test_every_number_leads_to_a_list_of_so_many(auditor: FlaskClient) -> None:
    page = auditor.get(f"/statistics?{AS_OF}&group=level").text
    pattern = r'href="(/statistics/list\?[^"]+)">\s*(?:\S+ )?(\d+)(?: 件|<span)'
    numbers = re.findall(pattern, page)

    assert len(numbers) > 40
    for link, number in dict(numbers).items():
        shown = auditor.get(link.replace("&amp;", "&"))
        assert shown.status_code == 200
        assert f"共 {number} 件" in shown.text, link


@pytest.mark.usefixtures("filed")
def test_a_list_names_what_it_counts(auditor: FlaskClient) -> None:
    page = words(
        auditor.get(f"/statistics/list?{AS_OF}&group=level&of=unfiled&key=CITY").text
    )

    assert "到期未报备（市本级）" in page
    assert "《N07》 六城管规〔2026〕2号 市城市管理局" in page
    assert "逾期未报" in page
    assert "《N13》" not in page


@pytest.mark.usefixtures("filed")
def test_the_filter_is_kept_on_the_way_to_a_list_and_back(auditor: FlaskClient) -> None:
    page = auditor.get(f"/statistics?{AS_OF}&group=quarter&limit={WORKING}").text

    (link,) = {one for one in links(page) if "of=on_time&" in one and "Q1" in one}
    listed = auditor.get(link).text
    assert "《N03》" in listed  # in time only when counted in working days
    assert f"limit={WORKING}" in listed


@pytest.mark.usefixtures("filed")
def test_another_limit_is_said_to_be_a_trial(auditor: FlaskClient) -> None:
    page = words(auditor.get(f"/statistics?{AS_OF}&limit={WORKING}").text)

    assert "报备及时率 86.67%" in page
    assert "试算" in page
    assert "不是正式数据" in page


@pytest.mark.usefixtures("filed")
def test_an_official_reads_whose_matters_are_counted(client: FlaskClient) -> None:
    sign_in(client, "drafter")

    page = words(client.get(f"/statistics?{AS_OF}").text)

    assert "按您可查看的事项统计" in page
    assert "报备率 87.50%" in page  # those of the city alone


@pytest.mark.usefixtures("filed")
def test_a_period_without_data_says_so(auditor: FlaskClient) -> None:
    page = words(auditor.get("/statistics?from=2020-01-01&to=2020-12-31").text)

    assert "该时段没有数据。" in page


def test_what_is_not_understood_is_shown_with_what_was_typed(
    auditor: FlaskClient,
) -> None:
    answer = auditor.get("/statistics?from=2026-13-01&limit=abc")

    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    assert 'href="#field-from"' in answer.text
    assert 'value="2026-13-01"' in answer.text
    assert auditor.get("/statistics?limit=TL-99%3D15日").status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statistics/list?of=nothing&key=total", 404),
        ("/statistics/list?of=due&key=nobody", 404),
        ("/statistics/list?of=due&from=x", 422),
        ("/statistics/list.xlsx?of=nothing", 404),
        ("/statistics/table.xlsx?from=x", 422),
        ("/deadlines/999999", 404),
    ],
)
def test_addresses_that_mean_nothing_are_refused(
    auditor: FlaskClient, path: str, status: int
) -> None:
    assert auditor.get(path).status_code == status


@pytest.mark.usefixtures("filed")
def test_the_workbook_holds_the_tables_of_the_page(auditor: FlaskClient) -> None:
    page = auditor.get(f"/statistics?{AS_OF}&group=level").text
    answer = auditor.get(f"/statistics/table.xlsx?{AS_OF}&group=level")

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book["报备"].iter_rows()]
    assert book.sheetnames == [
        *(
            "报备",
            "备案登记和备案审查",
            "合法性审查",
            "决定、听证和审查意见",
            "程序履行",
        ),
        *("机构和人员覆盖", "有效期和后评估", "口径"),
    ]
    assert rows[0][1:5] == ["总数", "未到期", "应报备", "已报备"]
    assert all(f">{heading}</th>" in page for heading in rows[0][1:])
    assert [row[0] for row in rows[1:]] == [
        "市本级（含垂直管理部门1件）",
        "县区",
        "乡镇街道",
        "全部",
    ]
    assert rows[-1][1:5] == [16, 1, 15, 14]
    assert "93.33%" in rows[-1]


@pytest.mark.usefixtures("filed")
def test_the_workbook_of_a_list_holds_all_its_rows(auditor: FlaskClient) -> None:
    answer = auditor.get(f"/statistics/list.xlsx?{AS_OF}&of=all&key=total")

    page = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0][:3] == ["文件", "文号", "制定机关"]
    assert len(rows) == 17


@pytest.fixture
def clock(as_: As, cast: Cast) -> CaseDeadline:
    """The clock under which a document waits to be classified."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "classify")
    with as_(None) as work:
        return work.session.scalars(
            sa.select(CaseDeadline).where(CaseDeadline.case_id == case_id)
        ).one()


def test_a_due_date_explains_itself(
    runtime: Runtime, client: FlaskClient, clock: CaseDeadline
) -> None:
    sign_in(client, "drafter")

    page = words(client.get(f"/deadlines/{clock.id}").text)

    limit = runtime.lawbooks.shipped.limit(clock.limit_id, clock.started_on)
    assert limit.title in page
    assert f"{limit.days} 个{limit.unit}" in page
    assert "起算日，不计入" in page
    assert "届满日" in page


def test_a_stranger_finds_no_explanation(
    client: FlaskClient, clock: CaseDeadline
) -> None:
    sign_in(client, "other.drafter")

    assert client.get(f"/deadlines/{clock.id}").status_code == 404


def test_the_trial_is_written_as_it_is_asked() -> None:
    assert quote(str(ChangedLimit("TL-13", 15, Unit.WORKING_DAY))) == WORKING

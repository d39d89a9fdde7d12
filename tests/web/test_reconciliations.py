"""应报未报核对 on the page: a list is sent, its columns told, its rows settled."""

import io
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from reviewflow.job_kinds import run_waiting_jobs
from reviewflow.model.publication import Publication
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.duties import Press
from tests.reconciliations import COLUMNS, FOUR, table
from tests.web.desk import Desk, place
from tests.web.statements import counted

HOME = "/filings/reconcile"
OMITTED = ("六安市物业管理办法", "六住建〔2026〕88号", "2026-03-10")
INTERNAL = ("2026年工作要点", "六住建〔2026〕89号", "2026-03-11")


@pytest.fixture
def reviewer(app: Flask) -> Desk:
    """The desk of who examines what departments file with the city."""
    return Desk(app, "city.filing.reviewer")


def send(reviewer: Desk, cast: Cast, content: bytes, **typed: str) -> str:
    """Send a list; return where it leads."""
    whose = f"{cast.units['justice']}-{cast.units['housing']}"
    sheet = (io.BytesIO(content), "发文登记簿.csv")
    sent = {"whose": whose, "source": "REGISTER", "sheet": sheet, **typed}
    return place(reviewer.send(HOME, sent))


def imported(
    runtime: Runtime, reviewer: Desk, cast: Cast, *rows: tuple[str, ...]
) -> str:
    """Import a list and have it matched; return the address of its result."""
    columns = send(reviewer, cast, table(*rows))
    job = place(reviewer.send(columns, COLUMNS))
    run_waiting_jobs(runtime)
    found = place(reviewer.get(job))
    assert found == columns.removesuffix("/columns")
    return found


def test_a_list_is_imported_matched_and_settled(
    runtime: Runtime, reviewer: Desk, cast: Cast
) -> None:
    result = imported(runtime, reviewer, cast, OMITTED, INTERNAL)
    page = reviewer.page(result)
    assert "已比对 2 件：相符 0 件，疑似 0 件，没有找到 2 件。" in page
    first, second = sorted(x for x in reviewer.links(result) if "/rows/" in x)

    page = reviewer.page(first)
    assert 'value="六住建〔2026〕88号"' in page
    assert 'value="2026-03-10"' in page
    typed = {"doc_number": "", "published_on": "2026-03-10", "reason": "没有报送。"}
    refused = reviewer.send(first, typed, f"{first}/omission")
    assert refused.status_code == 422
    assert all(said in refused.text for said in ("没有报送。", "请填写发文字号。"))
    typed |= {"doc_number": OMITTED[1], "effective_on": "2026-05-01"}
    assert place(reviewer.send(first, typed, f"{first}/omission")) == result

    refused = reviewer.send(second, {"external": "no"}, f"{second}/exclude")
    assert refused.status_code == 422
    assert "请选择“是”或者“否”。" in refused.text
    said = {**FOUR, "external": "no", "reason": "年度工作要点。"}
    assert place(reviewer.send(second, said, f"{second}/exclude")) == result

    page = reviewer.page(result)
    assert all(s in page for s in ("漏报 1", "报备：逾期未报", "年度工作要点。"))
    assert reviewer.send(HOME, said, f"{second}/exclude").status_code == 409
    assert place(reviewer.send(result, {}, f"{second}/reopen")) == second


def test_wrong_cells_are_named_and_the_choice_of_columns_is_kept(
    reviewer: Desk, cast: Cast
) -> None:
    columns = send(reviewer, cast, table(("", "", "昨天")))
    page = reviewer.page(columns)
    assert '<option value="标题" selected>' in page
    refused = reviewer.send(columns, {**COLUMNS, "issued_on": "标题"})
    assert refused.status_code == 422
    assert "“标题”选了两次，请分别选择。" in refused.text
    refused = reviewer.send(columns, COLUMNS)
    assert refused.status_code == 422
    assert "表格有 3 处需要更正，没有导入任何一行。" in refused.text
    assert "第 2 行“印发日期”" in refused.text
    assert '<option value="印发日期" selected>' in refused.text
    assert "尚未导入发文清单。" in reviewer.page(HOME)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"whose": ""}, "请选择核对哪个机关的文件。"),
        ({"source": "GOSSIP"}, "请选择清单的来源。"),
        ({"sheet": ""}, "请选择要导入的清单。"),
    ],
)
def test_what_is_lacking_is_said_beside_the_question(
    reviewer: Desk, cast: Cast, change: dict[str, str], said: str
) -> None:
    whose = f"{cast.units['justice']}-{cast.units['housing']}"
    sheet = (io.BytesIO(table(OMITTED)), "发文登记簿.csv")
    sent = {"whose": whose, "source": "REGISTER", "sheet": sheet, **change}
    refused = reviewer.send(HOME, sent)
    assert refused.status_code == 422
    assert said in refused.text


def test_a_list_costs_as_many_statements_however_long_it_is(
    runtime: Runtime, reviewer: Desk, cast: Cast, press: Press
) -> None:
    press.publish(date(2026, 1, 12))
    with runtime.read(None) as work:
        title = work.session.scalars(sa.select(Publication).limit(1)).one().title
    rows = [(title, f"六规〔2026〕{n}号", "2026-01-12") for n in range(901, 916)]
    first = imported(runtime, reviewer, cast, *rows[:2])
    second = imported(runtime, reviewer, cast, *rows[2:])
    counts = []
    for address in (first, second, HOME):
        reviewer.page(address)
        with counted(runtime) as sent:
            reviewer.page(address)
        counts.append(len(sent))
    assert counts[0] == counts[1]
    assert max(counts) < 25

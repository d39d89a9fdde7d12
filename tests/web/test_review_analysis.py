"""审查分析: its numbers are those of the facts, and every one opens its list."""

import re
from html import unescape

import pytest
from flask import Flask

from reviewflow.queries.question import Question
from reviewflow.queries.review_analysis import Analysis, review_analysis
from reviewflow.queries.review_spreads import Spread, median
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import AS_OF
from tests.queries.reviews_world import REVIEWS, Reviews, day, enter_reviews
from tests.web.desk import Desk
from tests.web.statements import counted

ASKED = "from=2026-01-01&to=2026-11-23&as_of=2026-11-23"
PAGE = f"/statistics/reviews?{ASKED}"
NUMBER = re.compile(r'href="(/statistics/reviews/list\?[^"]+)">\s*([\d,]+)')
ROW = r"<tr><th scope=\"row\">{}</th>(.*?)</tr>"


@pytest.fixture
def world(runtime: Runtime, cast: Cast) -> Reviews:
    return enter_reviews(runtime, cast)


@pytest.fixture
def auditor(app: Flask, world: Reviews) -> Desk:
    assert world.ids
    return Desk(app, "auditor")


def analysed(world: Reviews) -> Analysis:
    question = Question(as_of=AS_OF, from_on=day("01-01"), to_on=AS_OF)
    with world.runtime.read(None) as work:
        return review_analysis(work, question)


def rows(page: str, unit: str) -> list[str]:
    """Return what stands in each row of a unit, as it is read."""
    found = re.findall(ROW.format(unit), page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_what_is_counted_is_what_happened(world: Reviews) -> None:
    found = analysed(world)

    # net 2 2 3 3 4 4 5 6 9 22, in all 2 2 3 3 4 4 5 6 14 22
    assert found.all == Spread(10, "4", 9, "4", 14)
    by_unit = {row.label: (row.spread, row.comparison) for row in found.units}
    assert by_unit == {
        "六安市住房和城乡建设局": (Spread(6, "4.5", 22, "4.5", 22), "慢于全部"),
        "六安市城市管理局": (Spread(4, "3.5", 9, "3.5", 14), "样本过少"),
    }
    assert {said: n for _, said, n in found.outcomes if n} == {
        "合法": 7,
        "应当予以修改": 2,
        "不合法": 1,
        "撤回": 1,
    }
    problems = [(said, n) for _, said, n in found.problems]
    assert problems == [("权限", 2), ("程序", 1), ("文字技术", 1)]
    months = {slot.label: slot.key for slot in found.trend}
    assert list(months)[:2] == ["2026年3月", "4月"]
    assert found.in_trend["accepted", months["2026年3月"]] == 6
    assert found.in_trend["finished", months["2026年3月"]] == 5
    assert found.in_trend["late", months["4月"]] == 1


def test_every_number_leads_to_a_list_of_so_many(auditor: Desk) -> None:
    numbers = dict(NUMBER.findall(auditor.get(PAGE).text))

    assert len(numbers) > 20
    for link, number in numbers.items():
        listed = auditor.page(unescape(link))
        assert f"共 {number} 条" in listed, link
    late = auditor.page(f"/statistics/reviews/list?{ASKED}&of=late")
    assert "第6件办法" in late
    assert "03-23" in late  # by which day it was due
    assert auditor.status("/statistics/reviews/list?of=nothing") == 404
    assert auditor.status("/statistics/reviews/list.xlsx?of=problem-甲") == 404
    assert auditor.status("/statistics/reviews?from=2026-13-01") == 422


def test_a_unit_with_few_reviews_is_shown_and_not_compared(auditor: Desk) -> None:
    page = auditor.page(PAGE)
    spans, heat = rows(page, "六安市城市管理局")
    assert spans == "4 ，查看出具意见 3.5 9 3.5 14 样本过少"
    assert "0 / 4" in heat
    assert "样本过少" in heat
    assert "heat-" not in re.findall(ROW.format("六安市城市管理局"), page, re.DOTALL)[1]
    whole = re.findall(ROW.format("六安市住房和城乡建设局"), page, re.DOTALL)[1]
    assert whole.count("heat-2") == 1  # one in six, over the whole period
    assert "16.67%" in whole

    table = auditor.page(f"/statistics?{ASKED}&group=unit")
    few = " ".join(rows(table, "六安市城市管理局"))
    assert "100.00%" in few
    assert "样本过少" in few
    (enough,) = (r for r in rows(table, "六安市住房和城乡建设局") if "83.33%" in r)
    assert "样本过少" not in enough.partition("83.33%")[2].partition("%")[0]


def test_more_reviews_need_no_more_statements(
    runtime: Runtime, auditor: Desk, world: Reviews
) -> None:
    for path in (PAGE, "/screen"):
        auditor.page(path)
    sent = []
    for _ in range(2):
        for path in (PAGE, "/screen"):
            with counted(runtime) as statements:
                auditor.page(path)
            sent.append(len(statements))
        for review in REVIEWS:
            world.enter(review)
    assert sent[:2] == sent[2:]
    assert max(sent) < 40


def test_the_screen_names_no_title_and_comes_back(app: Flask, auditor: Desk) -> None:
    page = auditor.page("/screen")
    assert '<meta http-equiv="refresh" content="60">' in page
    assert "数据更新于" in page
    assert "件办法" not in page
    assert "http-equiv" not in auditor.page("/screen?still=1")
    assert Desk(app, "drafter").status("/screen") == 403
    assert "大屏" not in Desk(app, "drafter").page("/statistics/reviews")


@pytest.mark.parametrize(
    ("values", "middle"), [([], None), ([7], "7"), ([9, 1], "5"), ([1, 2], "1.5")]
)
def test_the_median_stands_in_the_middle(values: list[int], middle: str | None) -> None:
    assert median(values) == middle

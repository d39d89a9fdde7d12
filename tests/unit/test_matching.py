"""Rows of lists against known documents: what is the same, and what only looks so."""

from datetime import date

import pytest

from reviewflow.matching import Paper, match_all

KNOWN = (
    Paper(1, "六安市物业管理办法", "六政办〔2026〕1号", date(2026, 3, 2)),
    Paper(2, "六安市户外广告设置管理规定", "六政办〔2026〕11号", date(2026, 4, 8)),
    Paper(3, "六安市城区停车场管理暂行办法", "六城管规〔2026〕2号", date(2026, 7, 6)),
    Paper(4, "六安市高温津贴发放标准", "六人社〔2025〕30号", date(2025, 6, 1)),
    Paper(5, "六安市高温津贴发放标准", "六人社〔2024〕28号", date(2024, 6, 3)),
    Paper(6, "关于加强烟花爆竹管理的通告", "", date(2026, 1, 20)),
    Paper(7, "六安市2025年秸秆禁烧工作办法", "六政〔2025〕7号", date(2025, 9, 1)),
)
ROWS = """
六安市物业管理办法 | 六政办[2026]1号 | 03-02 | MATCHED 1 NUMBER
六安市物业管理办法 | 六政办（２０２６）１ 号 | 03-09 | MATCHED 1 NUMBER
六安市物业管理办法 | 六政办〔2026〕第01号 | 03-02 | MATCHED 1 NUMBER
关于印发《六安市物业管理办法》的通知 | 六政办【2026】1号 | 03-02 | MATCHED 1 NUMBER
物业管理办法 | 六政办〔2026〕1号 | 03-02 | MATCHED 1 NUMBER

# 1 is neither 11 nor 111, and a number goes with its year and its organ
六安市供热管理办法 | 六政办〔2026〕111号 | 03-02 | UNMATCHED
六安市户外广告设置管理规定 | 六政办〔2026〕12号 | 04-08 | PROBABLE 2 OTHER_NUMBER
六安市养犬规定 | 六政办〔2025〕1号 | 2025-03-02 | UNMATCHED
六安市养犬规定 | 六政〔2026〕1号 | 03-02 | UNMATCHED

# a number that says one thing, and a title that says another
关于举办龙舟赛的请示 | 六政办〔2026〕1号 | 03-02 | PROBABLE 1 OTHER_TITLE

# no number: title and day decide
市政府办关于印发六安市物业管理办法的通知 | | 03-02 | MATCHED 1 TITLE_AND_DAY
《六安市 物业管理办法》 | | 03-02 | MATCHED 1 TITLE_AND_DAY
六安市物业管理办法 | | 03-03 | PROBABLE 1 OTHER_DAY
关于加强烟花爆竹管理的通告 | 六公告〔2026〕1号 | 01-20 | MATCHED 6 TITLE_AND_DAY

# the same title of several years, each with a number of its own
六安市高温津贴发放标准 | 六人社〔2026〕33号 | 06-02 | PROBABLE 4 OTHER_NUMBER
六安市高温津贴发放标准 | 六人社〔2024〕28号 | 2024-06-03 | MATCHED 5 NUMBER
六安市高温津贴发放标准 | | 2024-06-05 | PROBABLE 5 OTHER_DAY

# nearly the same title: only about the same days, and never of another year
六安市停车场管理暂行办法 | 六城管〔2026〕2号 | 07-20 | PROBABLE 3 NEAR_TITLE
六安市停车场管理暂行办法 | 六城管〔2026〕2号 | 09-20 | UNMATCHED
六安市2026年秸秆禁烧工作办法 | 六政〔2026〕7号 | 2025-09-01 | UNMATCHED
六安市档案管理办法 | 六政办〔2026〕2号 | 03-02 | UNMATCHED

# what changes a document is not the document
关于修改《六安市物业管理办法》的决定 | 六政办〔2026〕2号 | 03-02 | UNMATCHED
关于废止《六安市物业管理办法》的通知 | 六政办〔2026〕3号 | 03-02 | UNMATCHED
"""
LINES = [line for line in ROWS.splitlines() if "|" in line]


@pytest.mark.parametrize("line", LINES)
def test_a_row_is_known_by_number_and_only_perhaps_by_its_title(line: str) -> None:
    title, number, day, expected = (part.strip() for part in line.split("|"))
    issued_on = date.fromisoformat(day if len(day) > 5 else f"2026-{day}")
    found = match_all([Paper(0, title, number, issued_on)], KNOWN)[0]
    assert found.match.value == expected.split()[0]
    assert [str(found.key), str(found.ground)] == (expected.split()[1:] or ["None"] * 2)


@pytest.mark.parametrize(
    ("organ", "day", "expected"),
    [
        (1, "2026-03-02", "MATCHED"),
        (2, "2026-03-02", "PROBABLE"),
        (2, "2026-09-02", "UNMATCHED"),
    ],
)
def test_a_title_of_another_organ_is_at_most_perhaps_the_same(
    organ: int, day: str, expected: str
) -> None:
    title = "行政处罚裁量基准"
    known = [
        Paper(1, title, "金农〔2026〕5号", date(2026, 3, 2), organ=1),
        Paper(2, title, "霍农〔2022〕9号", date(2022, 5, 9), organ=1),
    ]
    row = Paper(0, title, "", date.fromisoformat(day), organ)
    assert match_all([row], known)[0].match.value == expected


def test_progress_is_told_row_by_row_and_order_is_kept() -> None:
    rows = [Paper(9, one.title, one.number, one.issued_on) for one in KNOWN]
    told: list[tuple[int, int]] = []
    found = match_all(rows, KNOWN, lambda done, total: told.append((done, total)))
    assert [one.key for one in found] == [paper.key for paper in KNOWN]
    assert told == [(place, len(KNOWN)) for place in range(1, len(KNOWN) + 1)]

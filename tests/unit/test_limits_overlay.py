from datetime import date
from pathlib import Path

import pytest

from reviewflow.errors import Invalid
from reviewflow.law.deadlines import Deadline
from reviewflow.law.lawbook import load_law

LAW = load_law()
TODAY = date(2026, 3, 2)

A_LIMIT = """
- id: TL-13
  title: 公布 → 报送备案
  days: 10
  unit: 工作日
  direction: max
  applies: [ZFGFXWJ]
  basis: 第九条
  source: 《示例市行政规范性文件管理办法》
  place: 示例市
  first_day: 2026-03-01
  verified: yes
"""


def overlay(folder: Path, text: str, file: str = "limits.yaml") -> Path:
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def change(old: str, new: str) -> str:
    assert old in A_LIMIT
    return A_LIMIT.replace(old, new)


def test_the_version_is_that_of_the_data(tmp_path: Path) -> None:
    assert load_law().version == LAW.version
    assert load_law(tmp_path).version == LAW.version
    assert load_law(overlay(tmp_path, A_LIMIT)).version != LAW.version


def test_a_city_s_own_row_wins_from_its_first_day(tmp_path: Path) -> None:
    law = load_law(overlay(tmp_path, A_LIMIT))

    assert law.limit("TL-13", date(2026, 2, 28)).days == 15
    assert law.limit("TL-13", date(2026, 3, 1)).days == 10
    assert law.limit("TL-13", date(2026, 3, 1)).place == "示例市"
    assert law.deadline("TL-13", date(2026, 2, 28)) == Deadline(date(2026, 3, 16))
    assert law.deadline("TL-13", date(2026, 3, 2)) == Deadline(date(2026, 3, 16))
    assert law.deadline("TL-13", date(2026, 3, 3)) == Deadline(date(2026, 3, 17))


def test_of_two_rows_the_later_one_wins_in_any_order(tmp_path: Path) -> None:
    earlier = change("2026-03-01", "2026-01-01").replace("days: 10", "days: 9")

    law = load_law(overlay(tmp_path, A_LIMIT + earlier))

    assert law.limit("TL-13", date(2026, 2, 28)).days == 9
    assert law.limit("TL-13", date(2026, 3, 1)).days == 10


def test_a_city_s_own_row_wins_over_a_newer_common_one(tmp_path: Path) -> None:
    early = A_LIMIT.replace("TL-13", "TL-15").replace("2026-03-01", "2008-01-01")

    law = load_law(overlay(tmp_path, early))

    assert law.limit("TL-15", TODAY).days == 10


def test_the_next_notice_can_be_laid_over(tmp_path: Path) -> None:
    notice = """
year: 2027
notices:
  - {title: 2027年放假安排, address: "https://www.gov.cn/"}
days_off:
  - {name: 元旦, first: 2027-01-01, last: 2027-01-04}
makeup_days:
  - {name: 元旦, day: 2026-12-27}
"""
    law = load_law(overlay(tmp_path, notice, "calendar/2027.yaml"))

    assert law.deadline("TL-13", date(2026, 12, 20)) == Deadline(date(2027, 1, 5))
    assert law.calendar.is_working(date(2026, 12, 27))  # of the year before
    assert LAW.deadline("TL-13", date(2026, 12, 20)).provisional
    assert law.version != LAW.version


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (change("days: 10", "days: ten"), "TL-13：“days”应为不小于1的整数"),
        (change("days: 10", "days: true"), "“days”应为不小于1的整数"),
        (change("days: 10", "days: 0"), "“days”应为不小于1的整数"),
        (change("  days: 10\n", ""), "缺少“days”"),
        (change("unit: 工作日", "unit: 周"), "“unit”应为：日、工作日、月、年"),
        (change("unit: 工作日", "unit: [日]"), "“unit”应为：日、工作日、月、年"),
        (change("direction: max", "direction: up"), "“direction”应为：max、min"),
        (change("2026-03-01", "三月"), "“first_day”应为日期，例如 2026-03-02"),
        (change("2026-03-01", "2026-03-01 10:00:00"), "“first_day”应为日期"),
        (change("verified: yes", "verified: no"), "“verified”应为：yes、"),
        (change("days: 10", "dasy: 10\n  days: 10"), "没有“dasy”这样的字段"),
        (change("days: 10", "days: 10\n  hard: 1"), "“hard”应为 true 或者 false"),
        (change("[ZFGFXWJ]", "ZFGFXWJ"), "“applies”应为文字的列表"),
        (change("title: 公布 → 报送备案", "title: ''"), "“title”应为文字"),
        (change("days: 10", "every_year: 13-01"), "“every_year”应为月和日"),
        (change("days: 10", "days: 10\n  every_year: 01-31"), "固定日期的时限只写"),
        (change("days: 10", "days: 10\n  at_least: 11"), "“at_least”大于“days”"),
        (change("days: 10", "days: 10\n  rolls: false"), "“rolls”只用于以月、年计"),
        (change("days: 10", "days: 10\n  counting: after"), "“…日后”的时限只能以日计"),
        (
            change("unit: 工作日", "unit: 月\n  counting: backward"),
            "向前推算的时限只能以日或者工作日计",
        ),
        (A_LIMIT + A_LIMIT, "TL-13：有两行都自2026-03-01起施行"),
        ("- 只有文字", "第1行：应为“名称: 值”的形式"),
        ("title: 不是列表", "limits.yaml：应为逐行列出的列表"),
        ("- id: 5", "第1行：“id”应为文字"),
        ("- id: 时限\n  title: 公布: 报送", "limits.yaml第2行：不是正确的 YAML 写法"),
        ("- \x00", "limits.yaml：不是正确的 YAML 写法"),
        ("- day: 2026-02-30", "limits.yaml：不是正确的 YAML 写法"),
    ],
)
def test_a_wrong_row_is_refused_by_file_row_and_field(
    tmp_path: Path, text: str, problem: str
) -> None:
    with pytest.raises(Invalid) as refused:
        load_law(overlay(tmp_path, text))

    assert problem in refused.value.message
    assert refused.value.message.startswith("limits.yaml")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "limits.yaml").write_bytes("- id: 时限".encode("gbk"))

    with pytest.raises(Invalid, match=r"limits\.yaml：不是正确的 YAML 写法"):
        load_law(tmp_path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "limits.yaml").mkdir()

    with pytest.raises(Invalid, match=r"无法读取limits\.yaml"):
        load_law(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="找不到本地规则文件夹"):
        load_law(tmp_path / "nowhere")


def test_an_empty_file_adds_nothing(tmp_path: Path) -> None:
    assert load_law(overlay(tmp_path, "")).version == LAW.version


NOTICE = """
year: 2027
notices: [{title: 通知, address: "https://www.gov.cn/"}]
days_off: [{name: 元旦, first: 2027-01-01, last: 2027-01-03}]
makeup_days: [{name: 元旦, day: 2027-01-09}]
"""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("year: 2027", "year: 2028", "文件名与年份2028不一致"),
        ("last: 2027-01-03", "last: 2026-12-31", "“last”早于“first”"),
        ("last: 2027-01-03", "last: 2037-01-03", "不在2027年或者其前后一年"),
        ("day: 2027-01-09", "day: 2027-01-08", "不是周末，不能是调休上班日"),
        ("day: 2027-01-09", "day: 2027-01-02", "既是放假日又是调休上班日"),
        ("-09}]", "-09}, {name: 元旦, day: 2027-01-09}]", "2027-01-09重复"),
        ('{title: 通知, address: "https://www.gov.cn/"}', "", "缺少放假通知"),
        ("name: 元旦, day", "day", "“makeup_days”第1行：缺少“name”"),
        ("days_off", "dayoff", "没有“dayoff”这样的字段"),
        ("[{name: 元旦, day: 2027-01-09}]", "无", "“makeup_days”应为列表"),
    ],
)
def test_a_wrong_notice_is_refused(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in NOTICE

    with pytest.raises(Invalid) as refused:
        load_law(overlay(tmp_path, NOTICE.replace(old, new), "calendar/2027.yaml"))

    assert problem in refused.value.message
    assert refused.value.message.startswith("2027.yaml")


def test_a_fixed_holiday_on_a_day_that_never_comes_is_refused(tmp_path: Path) -> None:
    text = """
- {id: FH-09, name: 节日, month: 2, day: 30, source: 示例, verified: default}
"""
    with pytest.raises(Invalid, match="FH-09：没有这一天"):
        load_law(overlay(tmp_path, text, "fixed_holidays.yaml"))

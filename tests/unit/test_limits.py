from datetime import date
from pathlib import Path

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.law.calendar import Pause
from reviewflow.law.deadlines import Deadline
from reviewflow.law.lawbook import load_law
from reviewflow.law.limits import Direction, TimeLimit, Unit, period_end
from reviewflow.law.rows import Verified

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


def test_the_register_has_every_limit_of_the_fact_sheet() -> None:
    ids = {limit.id for limit in LAW.limits}

    assert {f"TL-{number:02}" for number in range(1, 32)} <= ids
    assert {f"WL-{number:02}" for number in range(1, 13)} <= ids


@pytest.mark.parametrize(
    ("limit_id", "days", "unit", "direction"),
    [
        ("TL-01", 30, Unit.CALENDAR_DAY, Direction.MIN),
        ("TL-04", 7, Unit.CALENDAR_DAY, Direction.MIN),
        ("TL-07", 7, Unit.WORKING_DAY, Direction.MIN),
        ("TL-08", 15, Unit.WORKING_DAY, Direction.MAX),
        ("TL-12", 20, Unit.WORKING_DAY, Direction.MAX),
        ("TL-13", 15, Unit.CALENDAR_DAY, Direction.MAX),
        ("TL-14", 30, Unit.CALENDAR_DAY, Direction.MAX),
        ("TL-16", 5, Unit.WORKING_DAY, Direction.MAX),
        ("TL-19", 2, Unit.MONTH, Direction.MAX),
        ("TL-23", 5, Unit.YEAR, Direction.MAX),
        ("TL-28C", 10, Unit.WORKING_DAY, Direction.MAX),
        ("WL-01", 3, Unit.WORKING_DAY, Direction.MAX),
        ("WL-11", 30, Unit.CALENDAR_DAY, Direction.MAX),
    ],
)
def test_a_limit_reads_as_in_the_fact_sheet(
    limit_id: str, days: int, unit: Unit, direction: Direction
) -> None:
    limit = LAW.limit(limit_id, TODAY)

    assert (limit.days, limit.unit, limit.direction) == (days, unit, direction)


def test_what_nobody_has_read_is_not_shown_as_verified() -> None:
    assert LAW.limit("TL-13", TODAY).verified is Verified.VERIFY
    assert LAW.limit("TL-08", TODAY).verified is Verified.FROM_KNOWLEDGE
    assert LAW.limit("TL-16", TODAY).verified is Verified.YES
    assert {limit.verified for limit in LAW.limits if limit.id.startswith("WL-")} == {
        Verified.DEFAULT
    }


@pytest.mark.parametrize(
    ("published", "due_in_days", "due_in_working_days"),
    [
        (date(2026, 1, 15), date(2026, 1, 30), date(2026, 2, 5)),  # N01
        (date(2026, 2, 3), date(2026, 2, 24), date(2026, 3, 2)),  # N02
        (date(2026, 3, 10), date(2026, 3, 25), date(2026, 3, 31)),  # N03
        (date(2026, 4, 13), date(2026, 4, 28), date(2026, 5, 7)),  # N04
        (date(2026, 5, 11), date(2026, 5, 26), date(2026, 6, 1)),  # N05
        (date(2026, 6, 1), date(2026, 6, 16), date(2026, 6, 23)),  # N06
        (date(2026, 7, 6), date(2026, 7, 21), date(2026, 7, 27)),  # N07
        (date(2026, 3, 23), date(2026, 4, 7), date(2026, 4, 14)),  # N08
        (date(2026, 5, 20), date(2026, 6, 4), date(2026, 6, 10)),  # N09
        (date(2026, 8, 17), date(2026, 9, 1), date(2026, 9, 7)),  # N10
        (date(2026, 9, 10), date(2026, 9, 28), date(2026, 10, 8)),  # N11
        (date(2026, 10, 12), date(2026, 10, 27), date(2026, 11, 2)),  # N12
        (date(2026, 11, 16), date(2026, 12, 1), date(2026, 12, 7)),  # N13
        (date(2026, 6, 22), date(2026, 7, 7), date(2026, 7, 13)),  # N14
        (date(2026, 7, 20), date(2026, 8, 4), date(2026, 8, 10)),  # N15
        (date(2026, 8, 3), date(2026, 8, 18), date(2026, 8, 24)),  # N16
    ],
)
def test_filings_are_due_as_in_the_worked_example(
    published: date, due_in_days: date, due_in_working_days: date
) -> None:
    in_working_days = LAW.with_limit("TL-13", days=15, unit=Unit.WORKING_DAY)

    assert LAW.deadline("TL-13", published) == Deadline(due_in_days)
    assert in_working_days.deadline("TL-13", published) == Deadline(due_in_working_days)


@pytest.mark.parametrize(
    ("limit_id", "start", "due"),
    [
        ("TL-14", date(2026, 3, 16), date(2026, 4, 15)),  # R01
        ("TL-14", date(2026, 10, 26), date(2026, 11, 25)),  # R02
        ("TL-16", date(2026, 4, 22), date(2026, 4, 29)),  # correction of N04
        ("TL-16", date(2026, 5, 22), date(2026, 5, 29)),  # correction of N05
        ("TL-04", date(2026, 5, 8), date(2026, 4, 30)),  # W13
        ("TL-21", date(2025, 12, 20), date(2026, 1, 20)),  # W14
        ("TL-22", date(2026, 1, 1), date(2026, 2, 1)),  # a Sunday
        ("TL-19", date(2026, 3, 9), date(2026, 5, 9)),
        ("TL-23", date(2021, 2, 18), date(2026, 2, 18)),  # validity just ends
        ("TL-24", date(2026, 1, 5), date(2026, 1, 31)),
        ("TL-30", date(2024, 2, 20), date(2026, 2, 20)),
    ],
)
def test_a_limit_counts_as_its_text_says(limit_id: str, start: date, due: date) -> None:
    assert LAW.deadline(limit_id, start) == Deadline(due)


def test_a_pause_moves_a_review() -> None:
    pauses = [Pause(date(2026, 3, 11), date(2026, 3, 18))]

    assert LAW.deadline("TL-08", date(2026, 3, 9), pauses) == Deadline(date(2026, 4, 7))


@pytest.mark.parametrize("limit_id", ["TL-04", "TL-19", "TL-21", "TL-24"])
def test_what_cannot_be_paused_is_refused(limit_id: str) -> None:
    with pytest.raises(Invalid, match="不能暂停计算"):
        LAW.deadline(limit_id, TODAY, [Pause(TODAY, TODAY)])


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        (Unit("日"), date(2026, 3, 12)),
        (Unit("工作日"), date(2026, 3, 16)),
        (Unit("月"), date(2027, 1, 4)),
        (Unit("年"), date(2036, 3, 3)),
    ],
)
def test_a_period_in_any_unit(unit: Unit, due: date) -> None:
    assert period_end(TODAY, 10, unit, LAW.calendar).due_on == due


def test_a_limit_nobody_has_written_down_is_missing() -> None:
    with pytest.raises(Missing, match="TL-99"):
        LAW.limit("TL-99", TODAY)
    with pytest.raises(Missing, match="TL-99"):
        LAW.with_limit("TL-99", days=1, unit=Unit.CALENDAR_DAY)


def test_a_limit_does_not_hold_before_its_first_day() -> None:
    with pytest.raises(Missing, match="TL-01"):
        LAW.limit("TL-01", date(2019, 8, 31))

    assert LAW.limit("TL-01", date(2019, 9, 1)).days == 30


def test_what_if_leaves_the_law_itself_as_it_is() -> None:
    other = LAW.with_limit("TL-13", days=15, unit=Unit.WORKING_DAY)

    assert other.limit("TL-13", TODAY).unit is Unit.WORKING_DAY
    assert LAW.limit("TL-13", TODAY).unit is Unit.CALENDAR_DAY
    assert other.version != LAW.version
    assert len(other.limits) == len(LAW.limits)


@pytest.mark.parametrize(
    ("limit_id", "unit"),
    [
        ("TL-04", Unit.MONTH),
        ("TL-21", Unit.WORKING_DAY),
        ("TL-24", Unit.CALENDAR_DAY),
        ("TL-30", Unit.CALENDAR_DAY),
    ],
)
def test_a_what_if_that_cannot_be_counted_is_refused(limit_id: str, unit: Unit) -> None:
    with pytest.raises(Invalid, match="时限"):
        LAW.with_limit(limit_id, days=15, unit=unit)


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


@pytest.mark.parametrize("limit", LAW.limits, ids=lambda limit: limit.id)
def test_every_row_says_where_it_comes_from_and_can_be_counted(
    limit: TimeLimit,
) -> None:
    due = limit.deadline(date(2026, 3, 2), LAW.calendar)

    assert limit.source
    assert limit.basis
    assert due.steps
    assert due.due_on.year < 2032

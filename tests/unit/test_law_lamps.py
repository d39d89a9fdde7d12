from datetime import date
from pathlib import Path

import pytest

from reviewflow.errors import Invalid, Missing
from reviewflow.law.lamps import Lamp
from reviewflow.law.lawbook import load_law

LAW = load_law()


@pytest.mark.parametrize(
    ("today", "lamp"),
    [
        (date(2026, 3, 2), Lamp.CALM),
        (date(2026, 3, 11), Lamp.CALM),  # 7 of 15 working days used
        (date(2026, 3, 12), Lamp.AMBER),  # 8 of 15
        (date(2026, 3, 19), Lamp.AMBER),  # 2 left
        (date(2026, 3, 20), Lamp.RED),  # 1 left
        (date(2026, 3, 21), Lamp.RED),  # a Saturday
        (date(2026, 3, 23), Lamp.RED),  # the last day is in time
        (date(2026, 3, 24), Lamp.OVERDUE),
    ],
)
def test_a_review_of_fifteen_working_days_warns(today: date, lamp: Lamp) -> None:
    start, due_on = date(2026, 3, 2), date(2026, 3, 23)
    rule = LAW.warn_rule("TL-08", start)

    assert LAW.deadline("TL-08", start).due_on == due_on
    assert rule.lamp(start, due_on, today, LAW.calendar) is lamp


@pytest.mark.parametrize(
    ("today", "lamp"),
    [
        (date(2026, 3, 17), Lamp.CALM),  # 6 left, more than half used
        (date(2026, 3, 18), Lamp.AMBER),  # 5 left
        (date(2026, 3, 20), Lamp.AMBER),
        (date(2026, 3, 23), Lamp.RED),  # 2 left
        (date(2026, 3, 26), Lamp.OVERDUE),
    ],
)
def test_a_filing_warns_by_its_own_rule(today: date, lamp: Lamp) -> None:
    published, due_on = date(2026, 3, 10), date(2026, 3, 25)
    rule = LAW.warn_rule("TL-13", published)

    assert rule.lamp(published, due_on, today, LAW.calendar) is lamp


@pytest.mark.parametrize(
    ("today", "lamp"),
    [(date(2026, 3, 6), Lamp.CALM), (date(2026, 3, 9), Lamp.AMBER)],
)
def test_exactly_half_of_ten_working_days_is_amber(today: date, lamp: Lamp) -> None:
    start, due_on = date(2026, 3, 2), date(2026, 3, 16)

    rule = LAW.warn_rule("WL-02", start)

    assert rule.lamp(start, due_on, today, LAW.calendar) is lamp


def test_few_days_left_warn_before_half_is_used() -> None:
    rule = LAW.warn_rule("TL-16", date(2026, 3, 2))

    lamp = rule.lamp(date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 2), LAW.calendar)

    assert lamp is Lamp.AMBER


def test_overdue_goes_up_to_the_head_and_then_to_the_office() -> None:
    rule = LAW.warn_rule("WL-01", date(2026, 3, 2))

    assert [(step.working_days, step.role) for step in rule.escalations] == [
        (0, "unit_head"),
        (3, "office_intake"),
    ]


def test_without_a_rule_in_force_nothing_is_guessed() -> None:
    with pytest.raises(Missing, match="没有通用的预警规则"):
        LAW.warn_rule("TL-08", date(2006, 12, 31))


def test_a_rule_for_a_limit_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "warn_rules.yaml").write_text(
        """
- id: WR-09
  limits: [TL-99]
  amber_left_working_days: 2
  red_left_working_days: 1
  source: 示例
  place: 示例市
  first_day: 2026-01-01
  verified: local
""",
        encoding="utf-8",
    )

    with pytest.raises(Invalid, match="WR-09：时限库中没有“TL-99”"):
        load_law(tmp_path)

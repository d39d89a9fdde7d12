from datetime import date
from pathlib import Path

import pytest

from reviewflow.errors import Invalid
from reviewflow.law.checkpoints import Ground
from reviewflow.law.lawbook import load_law
from reviewflow.law.rows import Verified

LAW = load_law()
TODAY = date(2026, 3, 2)


def test_the_seven_points_and_the_two_added_ones() -> None:
    points = LAW.checkpoints(TODAY)

    assert [point.id for point in points] == [f"RP-0{n}" for n in range(1, 10)]
    assert points[0].title == "制定主体是否合法"
    assert points[6].title == "是否违反规范性文件制定程序"


def test_every_ground_is_looked_at() -> None:
    by_ground = {
        ground: [point.id for point in LAW.grounds if point.ground is ground]
        for ground in Ground
    }

    assert by_ground == {
        Ground.AUTHORITY: ["RP-01", "RP-02", "RP-06"],
        Ground.PROCEDURE: ["RP-07"],
        Ground.SUBSTANCE: ["RP-03", "RP-04", "RP-05", "RP-08", "RP-09"],
    }


def test_points_nobody_has_read_in_the_text_are_not_verified() -> None:
    read = {point.id for point in LAW.grounds if point.verified is Verified.YES}

    assert read == {"RP-05", "RP-06", "RP-08", "RP-09"}


def test_no_point_holds_before_its_first_day() -> None:
    assert LAW.checkpoints(date(2018, 12, 3)) == []


def test_a_ground_nobody_knows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "review_points.yaml").write_text(
        """
- id: RP-10
  title: 文字是否通顺
  ground: style
  applies: [ZFGFXWJ]
  source: 示例
  place: 示例市
  first_day: 2026-01-01
  verified: local
""",
        encoding="utf-8",
    )

    with pytest.raises(Invalid, match="RP-10：“ground”应为：authority、procedure、"):
        load_law(tmp_path)

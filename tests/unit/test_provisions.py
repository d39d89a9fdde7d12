"""A draft is cut into its provisions."""

import pytest

from reviewflow.paragraphs import Paragraph
from reviewflow.provisions import cut, named, plain


def text(*lines: str) -> list[Paragraph]:
    """Return paragraphs: articles written 第一条|text, headings #text."""
    found = []
    for line in lines:
        number, _, said = line.rpartition("|")
        found.append(Paragraph(number, said.lstrip("#"), said.startswith("#")))
    return found


@pytest.mark.parametrize(
    ("lines", "provisions"),
    [
        (
            ["#办法", "前言", "第一条|甲", "（一）乙", "#第二章", "第 2 条|丙"],
            {"第一条": "甲\n（一）乙", "第二条": "丙"},
        ),
        (
            ["第一条|甲", "附件1", "表格", "第一条|乙"],  # an annex numbers anew
            {"第一条": "甲", "第一条（第2处）": "乙"},
        ),
        (["一、总则", "甲", "二、 措施"], {"一、": "总则\n甲", "二、": "措施"}),
        (["第一条|甲", "一、乙"], {"第一条": "甲\n一、乙"}),  # articles before parts
        (["第一条|", "甲"], {"第一条": "甲"}),
        (["没有条号"], {}),
        ([], {}),
    ],
)
def test_a_draft_is_cut(lines: list[str], provisions: dict[str, str]) -> None:
    assert cut(text(*lines)) == provisions


def test_a_number_that_comes_again_can_be_named() -> None:
    (_, again) = cut(text("第一条|甲", "第一条|乙"))
    assert named(again) == again


def test_width_and_spaces_do_not_count() -> None:
    assert plain("ＡＢ，　甲 乙\n") == plain("AB,甲乙")
    assert plain("甲乙") != plain("甲丙")

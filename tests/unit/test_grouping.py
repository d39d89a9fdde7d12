import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewflow.comments.clauses import clause
from reviewflow.comments.grouping import Remark, group, normalise

FEE = "建议停车收费标准再降低一些，对夜间停放的业主免费"
SIGNS = "停车收费标准建议降低夜间业主免费公示，。 "


def groups_of(*texts: str, clauses: str = "") -> list[list[int]]:
    asked = clauses or "a" * len(texts)
    remarks = [
        Remark(n, where, text)
        for n, (text, where) in enumerate(zip(texts, asked, strict=True))
    ]
    return [keys for _, keys in group(remarks)]


@pytest.mark.parametrize(
    "other",
    [
        f"{FEE}。",
        f" {FEE}！！ ",
        FEE.replace("，", " , "),
        FEE.replace("一些", "一点"),  # one word of many
    ],
)
def test_what_says_the_same_is_one_group(other: str) -> None:
    assert groups_of(FEE, other) == [[0, 1]]


ASKED = (
    "建议对小区周边道路夜间停放的业主车辆按照每小时{}元的标准收费并且每月公示收支情况"
)
HELD = (
    "我们小区的全体业主经过讨论一致{}按照这个标准收取停车费用并且每月公示一次收支情况"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FEE, "小区门口的绿化带应当保留，不要改成车位"),
        (ASKED.format("3"), ASKED.format("5")),
        (ASKED.format("三"), ASKED.format("五")),
        (HELD.format("同意"), HELD.format("不同意")),
        ("同意收费", "同意收税"),  # too short to be nearly the same
    ],
)
def test_what_says_something_else_is_another_group(one: str, other: str) -> None:
    assert groups_of(one, other) == [[0], [1]]


@pytest.mark.parametrize("length", [50, 290, 299, 301, 310, 1990])
def test_a_few_words_more_make_no_other_opinion(length: int) -> None:
    chance = random.Random(length)  # noqa: S311 # texts, not secrets
    letters = "停车收费泊位路面业主物业小区管理规定时间车辆道路公共服务价格监督"
    said = "".join(chance.choices(letters, k=length))
    assert groups_of(said, f"{said}特此建议") == [[0, 1]]
    assert groups_of(said, "".join(chance.choices(letters, k=length))) == [[0], [1]]


def test_other_provisions_are_other_groups() -> None:
    assert groups_of(FEE, FEE, FEE, clauses="aba") == [[0, 2], [1]]


def test_what_has_a_group_keeps_it_and_draws_the_like() -> None:
    remarks = [
        Remark(1, "", FEE, group=70),
        Remark(2, "", "绿化带应当保留", group=71),
        Remark(3, "", f"{FEE}。"),
        Remark(4, "", "完全是另外的意见"),
    ]
    assert group(remarks) == [(70, [3]), (None, [4])]


remark_texts = st.lists(st.text(alphabet=SIGNS, max_size=30), max_size=40)


@given(remark_texts, st.data())
def test_sum_in_is_sum_out_whatever_is_said(
    texts: list[str], data: st.DataObject
) -> None:
    places = st.sampled_from([None, 1, 2])
    remarks = [
        Remark(n, data.draw(st.sampled_from(["", "第八条"])), text, data.draw(places))
        for n, text in enumerate(texts)
    ]
    placed = Counter(key for _, keys in group(remarks) for key in keys)
    assert placed == Counter(r.key for r in remarks if r.group is None)
    assert group(remarks) == group(remarks)


@given(remark_texts)
@settings(max_examples=30)
def test_equal_texts_never_part(texts: list[str]) -> None:
    found = groups_of(*texts)
    place = {key: n for n, keys in enumerate(found) for key in keys}
    for one, text in enumerate(texts):
        for other, second in enumerate(texts):
            if normalise(text) == normalise(second):
                assert place[one] == place[other]


def test_three_thousand_comments_are_grouped_in_seconds() -> None:
    chance = random.Random(7)  # noqa: S311 # texts, not secrets
    letters = "停车收费泊位路面业主物业小区管理规定时间车辆道路公共服务价格监督"
    sayings = ["".join(chance.choices(letters, k=60)) for _ in range(400)]
    texts = [
        said
        if chance.random() < 0.5
        else said[:30] + chance.choice(letters) + said[31:]
        for said in chance.choices(sayings, k=3000)
    ]

    began = time.perf_counter()
    found = groups_of(*texts)
    took = time.perf_counter() - began

    assert sum(len(keys) for keys in found) == 3000
    assert len(found) == len(set(chance.choices(sayings, k=0)) | set(sayings))
    assert took < 20


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("第8条", "第八条"),
        (" 第 １０２ 条 ", "第一百零二条"),
        ("12条第2款", "第十二条第2款"),
        ("第1010条", "第一千零一十条"),
        ("全文", ""),
        ("", ""),
        ("附件1", "附件1"),
    ],
)
def test_a_provision_is_written_one_way(typed: str, plain: str) -> None:
    assert clause(typed) == plain

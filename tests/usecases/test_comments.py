"""Comments coming in: what is taken, once, and what is refused."""

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.comments.sheets import HEADINGS
from reviewflow.errors import Conflict, Invalid, KeyReused, Missing, Refused
from reviewflow.letters.workbook import Sheet, workbook
from reviewflow.model.case import Case
from reviewflow.model.consultation import Channel, Comment, Sender
from reviewflow.model.event import Event
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.comments import (
    Imported,
    enter_comment,
    import_comments,
    read_table,
    receive_comment,
)
from tests.asking import AFTER, FEE, LETTER, asked_case, consultation_of, say, write
from tests.cast import Cast
from tests.conftest import As
from tests.steps import NOON_MONDAY, days

KEY = "0123456789abcdef"
ROW = ("朱红梅", "13800138000", "公众", "第8条", FEE, "2026-02-25")


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft lies open till 23 March."""
    return asked_case(as_, cast)


def comments(as_: As) -> list[Comment]:
    with as_(None) as work:
        found = list(work.session.scalars(sa.select(Comment).order_by(Comment.number)))
        work.session.expunge_all()
        return found


def sheet(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> io.BytesIO:
    return io.BytesIO(workbook([Sheet("意见", headings, rows)]))


def take(as_: As, cast: Cast, case_id: int, *rows: tuple[Any, ...]) -> Imported:
    lines = read_table("意见.xlsx", sheet(*rows))
    with as_(cast.drafter) as work:
        return import_comments(work, case_id, lines)


def test_a_comment_of_the_public_is_kept_and_recorded_by_the_system(
    as_: As, case_id: int
) -> None:
    receipt = say(as_, case_id, clause="第 8 条", name=" 朱红梅 ", contact="138")

    (comment,) = comments(as_)
    assert (comment.text, comment.clause, comment.name) == (FEE, "第八条", "朱红梅")
    assert (comment.channel, comment.sender) == (Channel.WEB, Sender.PUBLIC)
    assert comment.receipt == receipt
    assert len(receipt.replace("-", "")) == 16
    with as_(None) as work:
        last = sa.select(Event).where(Event.kind == "consultation.commented")
        event = work.session.scalars(last).one()
        assert (event.actor_id, event.payload) == (None, {"number": 1})


def test_a_form_sent_twice_counts_once(as_: As, case_id: int) -> None:
    consultation_id = consultation_of(as_, case_id)
    for _ in range(2):
        with as_(None) as work:
            receive_comment(work, consultation_id, KEY, {"text": FEE})
    assert len(comments(as_)) == 1

    with pytest.raises(KeyReused), as_(None) as work:
        receive_comment(work, consultation_id, KEY, {"text": "另一条意见"})


def test_the_last_day_is_in_time_and_the_day_after_is_not(
    as_: As, case_id: int
) -> None:
    consultation_id = consultation_of(as_, case_id)
    with as_(None, AFTER - days(1)) as work:
        receive_comment(work, consultation_id, KEY, {"text": FEE})
    with pytest.raises(Conflict, match="已经截止"), as_(None, AFTER) as work:
        receive_comment(work, consultation_id, KEY * 2, {"text": FEE})
    assert len(comments(as_)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "\u202e\x00 "}, "text"),  # nothing a person can read
        ({"text": "停" * 2001}, "text"),
        ({"text": FEE, "name": "朱" * 51}, "name"),
        ({"text": FEE, "contact": "1" * 101}, "contact"),
        ({"text": FEE, "clause": "条" * 31}, "clause"),
        ({"text": FEE, "sender": "KING"}, "sender"),
    ],
)
def test_a_comment_that_breaks_a_rule_is_refused_with_a_sentence(
    as_: As, case_id: int, typed: dict[str, str], field: str
) -> None:
    consultation_id = consultation_of(as_, case_id)
    with pytest.raises(Invalid) as refused, as_(None) as work:
        receive_comment(work, consultation_id, KEY, typed)
    assert list(refused.value.errors) == [field]
    assert comments(as_) == []


def test_a_case_that_was_withdrawn_takes_no_comments(
    as_: As, cast: Cast, case_id: int
) -> None:
    with as_(cast.drafter) as work:
        withdraw_case(work, case_id, "上位法即将修改。")
    with pytest.raises(Missing):
        say(as_, case_id)


def test_a_letter_is_entered_by_the_unit_that_asked(
    as_: As, cast: Cast, case_id: int
) -> None:
    write(as_, cast, case_id)
    (comment,) = comments(as_)
    assert (comment.channel, str(comment.received_on)) == (Channel.LETTER, "2026-02-25")

    with pytest.raises(Missing), as_(cast.other_drafter) as work:
        enter_comment(work, case_id, LETTER)
    for who in (cast.auditor, cast.unit_head):
        with pytest.raises(Refused), as_(who) as work:
            enter_comment(work, case_id, LETTER)
    with pytest.raises(Refused), as_(None) as work:
        enter_comment(work, case_id, LETTER)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"received_on": "2026-02-19"}, "received_on"),  # before it began
        ({"received_on": "2026-03-03"}, "received_on"),  # tomorrow
        ({"received_on": "昨天"}, "received_on"),
        ({"received_on": "2026-02-30"}, "received_on"),
        ({"channel": "WEB"}, "channel"),
        ({"channel": ""}, "channel"),
    ],
)
def test_a_letter_came_some_way_on_a_day_of_the_period(
    as_: As, cast: Cast, case_id: int, changed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused, as_(cast.drafter) as work:
        enter_comment(work, case_id, {**LETTER, **changed})
    assert list(refused.value.errors) == [field]


def test_a_letter_of_the_period_is_entered_after_it(
    as_: As, cast: Cast, case_id: int
) -> None:
    with as_(cast.drafter, AFTER) as work:
        enter_comment(work, case_id, LETTER)
    with pytest.raises(Invalid), as_(cast.drafter, AFTER) as work:
        enter_comment(work, case_id, {**LETTER, "received_on": "2026-03-24"})


def test_a_table_is_taken_once_and_equal_rows_count(
    as_: As, cast: Cast, case_id: int
) -> None:
    anonymous = ("", "", "企业", "", "同意。", "2026年2月25日")
    rows = [ROW, anonymous, anonymous]
    assert take(as_, cast, case_id, *rows) == Imported(3, 0)
    assert take(as_, cast, case_id, *rows) == Imported(0, 3)
    assert take(as_, cast, case_id, *rows, (*ROW[:4], "另一条", ROW[5])) == Imported(
        1, 3
    )

    found = comments(as_)
    assert [c.number for c in found] == [1, 2, 3, 4]
    assert [c.sender for c in found][:2] == [Sender.PUBLIC, Sender.ENTERPRISE]
    assert {c.channel for c in found} == {Channel.IMPORT}


def test_one_wrong_cell_and_no_row_is_taken(as_: As, cast: Cast, case_id: int) -> None:
    with pytest.raises(Invalid) as refused:
        take(
            as_,
            cast,
            case_id,
            ROW,
            ("", "", "外星人", "", "", "2026-02-25"),
            ("", "", "", "", "有意见", "2025-01-01"),
        )
    where = {"第 3 行“意见内容”", "第 3 行“来源”", "第 4 行“收到日期”"}
    assert set(refused.value.errors) == where
    assert "没有导入任何一行" in refused.value.message
    assert comments(as_) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_as_spreadsheets_write_it(encoding: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, ROW, ("",) * 6])
    lines = read_table("意见.CSV", io.BytesIO(text.getvalue().encode(encoding)))
    assert lines == [(2, dict(zip(HEADINGS, ROW, strict=True)))]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("意见.doc", b"x", "仅接受 xlsx 或 csv"),
        ("意见.xlsx", b"PK\x03\x04 no archive", "已损坏"),
        ("意见.xlsx", b"", "空的"),
        ("意见.csv", b"", "缺少"),
        ("意见.csv", "姓名,来源\n朱,公众\n".encode(), "“意见内容”"),
        ("意见.csv", ",".join(HEADINGS).encode(), "没有意见"),
        ("意见.csv", b"\xff\xfe\x00\x81", "编码"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(name, io.BytesIO(content))
    assert list(refused.value.errors) == ["sheet"]
    assert said in refused.value.message


def test_three_thousand_rows_lose_none(as_: As, cast: Cast, case_id: int) -> None:
    rows = [
        (f"朱{n}", "", "公众", "", f"第{n}户的意见", "2026-02-25") for n in range(3000)
    ]
    assert take(as_, cast, case_id, *rows) == Imported(3000, 0)
    with as_(None) as work:
        assert work.session.scalar(sa.select(sa.func.count(Comment.id))) == 3000
        kinds = sa.select(Event.kind).where(Event.case_id == case_id)
        said = list(work.session.scalars(kinds))
    assert said.count("consultation.comments_imported") == 1


def test_after_the_end_nothing_is_entered(as_: As, cast: Cast, case_id: int) -> None:
    with as_(None, NOON_MONDAY) as work:
        case = work.get(Case, case_id)
        assert case.is_running
    with as_(cast.drafter) as work:
        withdraw_case(work, case_id, "上位法即将修改。")
    with pytest.raises(Conflict), as_(cast.drafter) as work:
        enter_comment(work, case_id, LETTER)

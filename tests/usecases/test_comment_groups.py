"""Grouping comments: none is lost, what stands stays, and hands may sort anew."""

import contextlib

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.model.consultation import CommentGroup
from reviewflow.model.opinion import Adoption
from reviewflow.queries.adoption_table import find_table
from reviewflow.usecases.comment_groups import group_comments, move_comment
from reviewflow.usecases.comments import import_comments
from reviewflow.usecases.consultations import Answer
from tests.asking import FEE, answer_all, asked_case, group_all, homes, say, write
from tests.cast import Cast
from tests.conftest import As

GREEN = "绿化带应当保留，不要改成停车位。"
YES, NO = Answer("FULL", ""), Answer("NONE", "上位法另有规定。")


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft lies open till 23 March."""
    return asked_case(as_, cast)


def groups(as_: As, case_id: int) -> list[CommentGroup]:
    with as_(None) as work:
        chosen = sa.select(CommentGroup).where(CommentGroup.case_id == case_id)
        found = list(work.session.scalars(chosen.order_by(CommentGroup.number)))
        work.session.expunge_all()
        return found


def test_comments_are_grouped_and_none_is_lost(
    as_: As, cast: Cast, case_id: int
) -> None:
    for text in (FEE, FEE, GREEN, f"{FEE}！"):
        say(as_, case_id, text, clause="第八条")
    write(as_, cast, case_id)
    say(as_, case_id, FEE)  # of the whole, so apart

    one, green, whole = group_all(as_, cast, case_id)

    assert homes(as_, case_id) == [one, one, green, one, one, whole]
    with as_(cast.drafter) as work:
        assert find_table(work, case_id).comments == 6


def test_grouping_again_keeps_answers_and_places(
    as_: As, cast: Cast, case_id: int
) -> None:
    for text in (FEE, GREEN):
        say(as_, case_id, text)
    answer_all(as_, cast, case_id, YES, NO)
    for text in (f"{FEE}。", "请公示每年的收支情况。"):
        say(as_, case_id, text)
    assert homes(as_, case_id)[2:] == [None, None]

    fee, green, shown = group_all(as_, cast, case_id)

    assert homes(as_, case_id) == [fee, green, fee, shown]
    adoptions = [group.adoption for group in groups(as_, case_id)]
    assert adoptions == [Adoption.FULL, Adoption.NONE, None]


def test_a_table_is_grouped_whole_and_what_fails_midway_leaves_nothing(
    as_: As, cast: Cast, case_id: int
) -> None:
    lines = [
        (number, {"意见内容": f"{FEE}{number % 7}元", "收到日期": "2026-02-25"})
        for number in range(300)
    ]
    with as_(cast.drafter) as work:
        import_comments(work, case_id, lines)
    say(as_, case_id, GREEN)

    with contextlib.suppress(RuntimeError), as_(cast.drafter) as work:
        group_comments(work, case_id)
        raise RuntimeError  # the machine stops before the commit
    assert set(homes(as_, case_id)) == {None}
    assert groups(as_, case_id) == []

    with as_(cast.drafter) as work:
        found = group_comments(work, case_id)
    assert (found.compared, found.comments, found.new_groups) == (301, 301, 8)
    with as_(cast.drafter) as work:
        again = group_comments(work, case_id)
    assert (again.compared, again.comments, again.new_groups) == (301, 0, 0)
    assert None not in homes(as_, case_id)


def test_a_comment_is_split_out_and_moved_back(
    as_: As, cast: Cast, case_id: int
) -> None:
    first, second = write(as_, cast, case_id), write(as_, cast, case_id, name="李明")
    (group_id,) = group_all(as_, cast, case_id)

    with as_(cast.drafter) as work:
        own = move_comment(work, case_id, second, "").id
    assert homes(as_, case_id) == [group_id, own]
    with as_(cast.drafter) as work:
        move_comment(work, case_id, second, "1")

    assert homes(as_, case_id) == [group_id, group_id]
    assert [group.id for group in groups(as_, case_id)] == [group_id]
    with pytest.raises(Invalid), as_(cast.drafter) as work:
        move_comment(work, case_id, first, "7")

"""A new draft comes: rows are marked, looked at, moved; none is lost."""

import pytest

from reviewflow.basis_rows import Mark
from reviewflow.errors import Conflict
from reviewflow.queries.bases import latest_draft
from reviewflow.usecases.bases import (
    add_basis,
    confirm_basis,
    follow_texts,
    remove_basis,
)
from tests.bases import (
    ARTICLES,
    LAW,
    REST,
    drafted,
    enter,
    hand_in,
    history_of,
    page_of,
)
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, new_case

FOURTH = "第二条　停车位应当便于老年人使用。"


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft has three provisions."""
    return drafted(as_, cast)


def test_after_a_new_draft_rows_are_marked_and_none_is_lost(
    as_: As, cast: Cast, case_id: int
) -> None:
    enter(as_, cast, case_id, *REST, LAW)
    changed = ARTICLES[0].replace("秩序", "行为")

    hand_in(as_, cast, case_id, changed, FOURTH, "第三条　新建建筑物应当配建停车位。")

    page = page_of(as_, cast.drafter, case_id)
    marks = {(row.basis.clause, row.mark, row.place) for row in page.rows}
    assert marks == {
        ("第一条", Mark.CHANGED, None),
        ("第二条", Mark.MOVED, "第三条"),  # its text stands under another number
        ("第三条", Mark.CHANGED, None),
    }
    assert (page.is_complete, len(page.stray)) == (False, 0)

    hand_in(as_, cast, case_id, changed)  # the second and third are gone

    page = page_of(as_, cast.drafter, case_id)
    assert [row.basis.clause for row in page.stray] == ["第三条", "第二条"]
    assert {row.mark for row in page.stray} == {Mark.GONE}

    hand_in(as_, cast, case_id, *(line + " " for line in ARTICLES))  # as it was
    assert page_of(as_, cast.drafter, case_id).marked == 0


def test_marked_rows_are_looked_at_or_follow_their_text(
    as_: As, cast: Cast, case_id: int
) -> None:
    first, _, second = enter(as_, cast, case_id, *REST, LAW)
    with pytest.raises(Conflict, match="不用核对"), as_(cast.drafter) as work:
        confirm_basis(work, case_id, first, latest_draft(work, case_id))
    changed = ARTICLES[0].replace("秩序", "行为")
    renumbered = [changed, FOURTH]
    renumbered += [ARTICLES[1].replace("二", "三"), ARTICLES[2].replace("三", "四")]
    hand_in(as_, cast, case_id, *renumbered)

    with pytest.raises(Conflict), as_(cast.drafter) as work:
        confirm_basis(
            work, case_id, second, latest_draft(work, case_id)
        )  # nothing changed, it only moved
    with as_(cast.drafter) as work:
        confirm_basis(work, case_id, first, latest_draft(work, case_id))
    with as_(cast.drafter) as work:
        assert follow_texts(work, case_id, latest_draft(work, case_id)) == 2
    with as_(cast.drafter) as work:
        assert follow_texts(work, case_id, latest_draft(work, case_id)) == 0

    page = page_of(as_, cast.drafter, case_id)
    assert [row.basis.clause for row in page.rows] == ["第一条", "第三条", "第四条"]
    assert (page.marked, page.missing) == (0, ["第二条"])
    assert len(history_of(as_, case_id)) == 6  # three rows, each replaced once


def test_without_a_draft_that_can_be_cut_there_is_nothing_to_enter(
    as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_text")
    with pytest.raises(Conflict, match="请先上传 docx"), as_(cast.drafter) as work:
        add_basis(work, case_id, LAW, latest_draft(work, case_id))
    hand_in(as_, cast, case_id, "没有条号的文字。")
    with pytest.raises(Conflict, match="条号为文字"), as_(cast.drafter) as work:
        add_basis(work, case_id, LAW, latest_draft(work, case_id))
    page = page_of(as_, cast.drafter, case_id)
    assert (page.provisions, page.is_complete) == ([], False)


def test_rows_can_be_taken_out_though_the_draft_cannot_be_cut(
    as_: As, cast: Cast, case_id: int
) -> None:
    (row,) = enter(as_, cast, case_id, LAW)
    hand_in(as_, cast, case_id, "没有条号的文字。")
    page = page_of(as_, cast.drafter, case_id)
    assert [one.basis.id for one in page.stray] == [row]
    with as_(cast.drafter) as work:
        remove_basis(work, case_id, row)
    assert page_of(as_, cast.drafter, case_id).rows == []


def test_a_row_is_not_entered_for_a_draft_that_is_no_longer_the_latest(
    as_: As, cast: Cast, case_id: int
) -> None:
    with as_(cast.drafter) as work:
        before = latest_draft(work, case_id)
    hand_in(as_, cast, case_id, *ARTICLES, FOURTH.replace("二", "四"))
    with (
        pytest.raises(Conflict, match="刚刚上传了新的草案"),
        as_(cast.drafter) as work,
    ):
        add_basis(work, case_id, LAW, before)
    assert history_of(as_, case_id) == []

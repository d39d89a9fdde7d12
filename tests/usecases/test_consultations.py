"""Asking the public: answers to what was said, and what the end asks."""

from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.integrity.verify import flaws
from reviewflow.model.case import Case, TaskAnswers
from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.model.opinion import Adoption
from reviewflow.queries.adoption_table import find_table
from reviewflow.queries.public_papers import public_file
from reviewflow.queries.tasks import task_page
from reviewflow.usecases.comment_groups import group_comments, move_comment
from reviewflow.usecases.consultations import Answer, answer_groups
from reviewflow.usecases.tasks import complete_task
from tests.asking import (
    AFTER,
    FEE,
    answer_all,
    asked_case,
    group_all,
    say,
    write,
)
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next, new_case, upload, waiting
from tests.templates import texts

GREEN = "绿化带应当保留，不要改成停车位。"
YES, NO = Answer("FULL", ""), Answer("NONE", "上位法另有规定。")


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft lies open till 23 March."""
    return asked_case(as_, cast)


def refused_opening(as_: As, cast: Cast, **answers: Any) -> dict[str, str]:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "open_consultation")
    with pytest.raises(Invalid) as refused:
        do_next(as_, cast, case_id, "open_consultation", **answers)
    return refused.value.errors


def groups(as_: As, case_id: int) -> list[CommentGroup]:
    with as_(None) as work:
        chosen = sa.select(CommentGroup).where(CommentGroup.case_id == case_id)
        found = list(work.session.scalars(chosen.order_by(CommentGroup.number)))
        work.session.expunge_all()
        return found


def close(as_: As, cast: Cast, case_id: int, **typed: Any) -> None:
    typed = {"closed_on": "2026-03-23", "comments": 99, "adopted": 1} | typed
    do_next(as_, cast, case_id, "close_consultation", AFTER, **typed)


def test_a_short_period_needs_its_reason_when_it_is_announced(
    as_: As, cast: Cast
) -> None:
    short: dict[str, Any] = {"starts_on": "2026-02-20", "ends_on": "2026-03-22"}
    assert "3月23日" in refused_opening(as_, cast, **short)["shortened_reason"]

    case_id = asked_case(as_, cast, **short, shortened_reason="防汛急需")
    with as_(None) as work:
        row = work.session.scalars(sa.select(Consultation)).one()
        assert (row.case_id, row.days, row.is_shortened) == (case_id, 30, True)
        assert row.shortened_reason == "防汛急需"


def test_a_period_ends_after_it_begins(as_: As, cast: Cast) -> None:
    days = {"starts_on": "2026-02-20", "ends_on": "2026-02-19"}
    assert "ends_on" in refused_opening(as_, cast, **days)


def test_the_public_page_keeps_the_draft_it_began_with(as_: As, case_id: int) -> None:
    with as_(None) as work:
        row = work.session.scalars(sa.select(Consultation)).one()
        assert row.case_id == case_id
        assert row.is_public
        assert row.draft is not None
        assert (row.draft.name, row.draft.number) == ("征求意见稿.docx", 1)
        notice = "".join(texts(public_file(work, row.id, "notice").source.read()))
        assert "自2026年2月20日至2026年3月23日" in notice


def test_answers_are_given_all_or_none(as_: As, cast: Cast, case_id: int) -> None:
    for text in (FEE, GREEN):
        say(as_, case_id, text)
    one, other = group_all(as_, cast, case_id)
    for wrong in (Answer("NONE", " "), Answer("PARTIAL", ""), Answer("", "理由")):
        with pytest.raises(Invalid) as refused, as_(cast.drafter) as work:
            answer_groups(work, case_id, {one: YES, other: wrong})
        assert str(other) in next(iter(refused.value.errors))
    for typed in (Answer("MAYBE", "x"), Answer("FULL", "长" * 1001)):
        with pytest.raises(Invalid), as_(cast.drafter) as work:
            answer_groups(work, case_id, {one: typed})
    assert [group.adoption for group in groups(as_, case_id)] == [None, None]

    with as_(cast.drafter) as work:
        assert answer_groups(work, case_id, {one: YES, other: NO}) == 2
    with as_(cast.drafter) as work:
        assert answer_groups(work, case_id, {one: YES, other: Answer("", "")}) == 1
    assert [group.adoption for group in groups(as_, case_id)] == [Adoption.FULL, None]


def test_only_the_unit_that_asked_groups_moves_and_answers(
    as_: As, cast: Cast, case_id: int
) -> None:
    comment = write(as_, cast, case_id)
    (group_id,) = group_all(as_, cast, case_id)
    acts = (
        lambda work: group_comments(work, case_id),
        lambda work: move_comment(work, case_id, comment, ""),
        lambda work: answer_groups(work, case_id, {group_id: YES}),
    )
    for act in acts:
        with pytest.raises(Missing), as_(cast.other_drafter) as work:
            act(work)
        with pytest.raises(Refused), as_(cast.auditor) as work:
            act(work)


def test_a_group_of_another_case_is_not_answered_here(
    as_: As, cast: Cast, case_id: int
) -> None:
    other_case = asked_case(as_, cast)
    comment = write(as_, cast, other_case)
    (group_id,) = group_all(as_, cast, other_case)
    with pytest.raises(Conflict), as_(cast.drafter) as work:
        answer_groups(work, case_id, {group_id: YES})
    with pytest.raises(Missing), as_(cast.drafter) as work:
        move_comment(work, case_id, comment, "")
    with pytest.raises(Conflict), as_(cast.drafter) as work:
        answer_groups(work, case_id, {2**70: YES})


def test_it_does_not_end_while_a_comment_waits(
    as_: As, cast: Cast, case_id: int
) -> None:
    for text in (FEE, FEE, GREEN):
        say(as_, case_id, text)
    with pytest.raises(Invalid, match="3 条意见没有归类"):
        close(as_, cast, case_id)
    group_all(as_, cast, case_id)
    with pytest.raises(Invalid, match="2 组意见没有答复"):
        close(as_, cast, case_id)
    answer_all(as_, cast, case_id, YES, NO)
    task_id = waiting(as_, case_id, "close_consultation")
    with as_(cast.drafter) as work:
        offered = task_page(work, task_id).before
    assert (offered["comments"], offered["adopted"]) == (3, 2)

    with as_(cast.drafter, AFTER) as work:
        upload(work, case_id, ["adoption_table"])
        typed = {"closed_on": "2026-03-23", "comments": "99"}
        complete_task(work, task_id, typed)

    with as_(None) as work:
        row = work.session.scalars(sa.select(Consultation)).one()
        assert (row.comments, row.adopted) == (3, 2)  # whatever was typed
        kept = sa.select(TaskAnswers.answers).where(TaskAnswers.task_id == task_id)
        told = work.session.scalars(kept).one()
        assert (told["comments"], told["adopted"]) == (3, 2)
        case = work.get(Case, case_id)
        assert [s for rule in ("I1", "I4", "I9") for s in flaws(work, case, rule)] == []
    with pytest.raises(Conflict, match="已经结束"), as_(cast.drafter) as work:
        group_comments(work, case_id)


def test_without_comments_here_the_typed_numbers_count(
    as_: As, cast: Cast, case_id: int
) -> None:
    close(as_, cast, case_id, comments=12, adopted=9)
    with as_(None) as work:
        row = work.session.scalars(sa.select(Consultation)).one()
        assert (row.comments, row.adopted) == (12, 9)


def test_the_table_names_nobody_and_adds_up(as_: As, cast: Cast, case_id: int) -> None:
    for name in ("朱红梅", "李明", ""):
        own = f"{FEE}我是{name or '居民'}，电话13800138000。"
        write(as_, cast, case_id, name=name, text=own)
    say(as_, case_id, GREEN, sender="ENTERPRISE", name="王强")
    reason = "已按朱红梅等人意见修改，可来电0564-3312345。"
    answer_all(as_, cast, case_id, Answer("PARTIAL", reason), NO)

    with as_(cast.drafter) as work:
        table = find_table(work, case_id)
    said = repr([row.values for row in table.rows])
    for secret in ("朱红梅", "李明", "王强", "13800138000", "0564-3312345"):
        assert secret not in said
    assert "公众（朱**、李**等）" in said
    assert "企业（王**）" in said
    assert sum(row.comments for row in table.rows) == table.comments == 4
    with as_(None) as work:
        assert work.session.scalar(sa.select(sa.func.count(Comment.id))) == 4


def test_the_close_task_is_still_there_to_be_done(as_: As, case_id: int) -> None:
    assert waiting(as_, case_id, "close_consultation")

"""Counsel are chosen, answer without knowing of one another, and are weighed."""

import pytest
import sqlalchemy as sa

from reviewflow import draw
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.integrity.verify import verify
from reviewflow.model.advice import Advice, Manner
from reviewflow.model.case import TaskAnswers
from reviewflow.model.event import Event
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.tasks import complete_task, reassign_task, release_task
from tests.cast import Cast
from tests.conftest import As
from tests.counsels import advise, asked, engage_others
from tests.steps import (
    bring_to,
    do_next,
    new_case,
    open_steps,
    open_tasks_at,
)


def advices(as_: As, case_id: int) -> list[Advice]:
    with as_(None) as work:
        return list(
            work.session.scalars(
                sa.select(Advice).where(Advice.case_id == case_id).order_by(Advice.id)
            )
        )


def events(as_: As, case_id: int, kind: str) -> list[dict[str, object]]:
    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(Event)
            .where(Event.case_id == case_id, Event.kind == kind)
            .order_by(Event.seq)
        )
        return [row.payload or {} for row in rows]


def read_by(as_: As, user_id: int, case_id: int) -> int:
    """Return how many opinions somebody reads."""
    with as_(user_id) as work:
        told = sa.select(TaskAnswers.id).where(
            TaskAnswers.case_id == case_id, TaskAnswers.step == "give_advice"
        )
        return len(work.session.scalars(told).all())


def test_one_named_counsel_goes_the_way_it_always_went(as_: As, cast: Cast) -> None:
    case_id = asked(as_, cast)

    do_next(as_, cast, case_id, "give_advice")
    do_next(as_, cast, case_id, "weigh_advice")

    (row,) = advices(as_, case_id)
    assert (row.counsel_id, row.manner) == (cast.counsel, Manner.NAMED)
    assert (row.verdict, row.adoption, len(row.digest)) == ("LEGAL", "FULL", 64)
    assert row.released_at == row.signed_at
    assert open_steps(as_, case_id) == ["draft_opinion"]


def test_the_step_is_done_when_the_last_has_signed(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second, cast.third)
    assert open_steps(as_, case_id) == ["give_advice"] * 3

    advise(as_, case_id, cast.second)
    advise(as_, case_id, cast.counsel)
    assert open_steps(as_, case_id) == ["give_advice"]
    assert events(as_, case_id, "counsel.advised") == []
    assert [row.released_at for row in advices(as_, case_id)] == [None] * 3

    advise(as_, case_id, cast.third)
    assert open_steps(as_, case_id) == ["weigh_advice"]
    assert len(events(as_, case_id, "counsel.advised")) == 3


def test_a_shared_step_holds_together_and_is_signed_once(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second)
    task_id = open_tasks_at(as_, case_id, "give_advice")[cast.counsel]
    advise(as_, case_id, cast.counsel)

    with as_(None) as work:
        assert verify(work, [case_id]) == []
    with pytest.raises(Conflict), as_(cast.counsel) as work:
        complete_task(work, task_id, {})
    with as_(cast.drafter) as work:
        withdraw_case(work, case_id, "另行起草")
    with as_(None) as work:
        assert verify(work, [case_id]) == []
    assert open_steps(as_, case_id) == []


def test_nobody_reads_another_until_all_are_in(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second)
    advise(as_, case_id, cast.counsel)

    for reader in ("second", "handler", "drafter", "auditor", "signer"):
        assert read_by(as_, cast.people[reader], case_id) == 0, reader
    assert read_by(as_, cast.counsel, case_id) == 1

    advise(as_, case_id, cast.second)
    for reader in ("second", "counsel", "handler", "auditor"):
        assert read_by(as_, cast.people[reader], case_id) == 2, reader
    assert read_by(as_, cast.drafter, case_id) == 0  # not before the signature


def test_who_has_an_interest_is_replaced_and_the_others_are_kept(
    as_: As, cast: Cast
) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second)
    advise(as_, case_id, cast.second, no_conflict="no")
    assert open_steps(as_, case_id) == ["give_advice"]
    advise(as_, case_id, cast.counsel)

    assert open_steps(as_, case_id) == ["appoint_counsel"]
    assert read_by(as_, cast.handler, case_id) == 1  # the statement, no opinion
    with pytest.raises(Invalid):
        do_next(as_, cast, case_id, "appoint_counsel")  # has answered already
    with pytest.raises(Invalid):
        do_next(as_, cast, case_id, "appoint_counsel", needs_advice="no", reason="无")
    do_next(as_, cast, case_id, "appoint_counsel", counsel_id=cast.third)
    advise(as_, case_id, cast.third)

    assert open_steps(as_, case_id) == ["weigh_advice"]
    told = events(as_, case_id, "counsel.advised")
    assert [one["counsel"] for one in told] == ["张律师", "李律师"]


def test_rotation_takes_who_was_asked_least_and_says_so(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    asked(as_, cast)
    asked(as_, cast, counsel_id=cast.third)

    case_id = asked(as_, cast, manner="ROTATION", number=2, counsel_id="")

    rows = advices(as_, case_id)
    assert rows[0].counsel_id == cast.second
    assert "张律师 1 件" in rows[0].because
    assert "王律师 0 件，尚未受过委派" in rows[0].because
    with pytest.raises(Invalid, match="只有 3 名"):
        asked(as_, cast, manner="ROTATION", number=4, counsel_id="")


def test_a_draw_can_be_run_again(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, manner="DRAW", number=2, counsel_id="")

    (told,) = events(as_, case_id, "counsel.appointed")
    seed, digest = str(told["seed"]), str(told["digest"])
    assert draw.list_digest(str(told["list"])) == digest
    assert draw.order(3, digest, seed)[:2] == told["drawn"]
    pool = [cast.counsel, cast.second, cast.third]
    chosen = [pool[place - 1] for place in draw.order(3, digest, seed)[:2]]
    assert [row.counsel_id for row in advices(as_, case_id)] == chosen


def test_where_the_law_wants_counsel_it_is_heard(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "appoint_counsel")

    with pytest.raises(Invalid, match="至少听取一名") as refused:
        do_next(as_, cast, case_id, "appoint_counsel", needs_advice="no", reason="无")
    assert "needs_advice" in refused.value.errors


def test_a_second_round_may_rely_on_the_first(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    finding = {
        "clause": "第三条",
        "problem": "程序",
        "basis": "依据",
        "suggestion": "修改",
        "nature": "MUST",
    }
    revise = {"conclusion": "REVISE", "findings": [finding]}
    bring_to(as_, cast, case_id, "revise_draft", draft_opinion=revise)
    adopted = [{"finding_id": 1, "adoption": "FULL"}]
    do_next(
        *(as_, cast, case_id, "revise_draft"),
        material_change="yes",
        changes="改写",
        adoptions=adopted,
    )
    do_next(as_, cast, case_id, "appoint_counsel", needs_advice="no", reason="仍适用")

    assert open_steps(as_, case_id) == ["draft_opinion"]
    assert events(as_, case_id, "counsel.waived") == [{"reason": "仍适用"}]


def test_each_of_several_opinions_is_weighed(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second)
    advise(as_, case_id, cast.counsel)
    advise(as_, case_id, cast.second)
    first, second = (row.id for row in advices(as_, case_id))

    with pytest.raises(Invalid, match="每一份") as refused:
        do_next(as_, cast, case_id, "weigh_advice")
    assert "advices" in refused.value.errors
    said = [
        {"advice_id": first, "adoption": "FULL"},
        {"advice_id": second, "adoption": "NONE", "reason": "上位法已有规定"},
    ]
    do_next(as_, cast, case_id, "weigh_advice", advices=said)
    told = [(row.adoption, row.reason) for row in advices(as_, case_id)]
    assert told == [("FULL", ""), ("NONE", "上位法已有规定")]


def test_a_commission_is_handed_to_another_and_given_back_to_nobody(
    as_: As, cast: Cast
) -> None:
    cast = engage_others(as_, cast)
    case_id = asked(as_, cast, cast.second)
    task_id = open_tasks_at(as_, case_id, "give_advice")[cast.second]

    with pytest.raises(Refused), as_(cast.second) as work:
        release_task(work, task_id)
    with pytest.raises(Invalid), as_(cast.second) as work:
        reassign_task(work, task_id, cast.counsel, "出差")
    with as_(cast.second) as work:
        reassign_task(work, task_id, cast.third, "出差")

    assert [row.counsel_id for row in advices(as_, case_id)][1] == cast.third
    advise(as_, case_id, cast.third)
    with pytest.raises(Missing), as_(cast.second) as work:
        complete_task(work, task_id, {})


def test_nobody_is_asked_twice_at_once_nor_more_than_five(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "appoint_counsel")
    do_next(
        *(as_, cast, case_id, "appoint_counsel"),
        other_counsel_ids=[cast.counsel, cast.second],
    )

    assert len(advices(as_, case_id)) == 2  # the one named twice is asked once
    assert {*open_tasks_at(as_, case_id, "give_advice")} == {cast.counsel, cast.second}

"""Delivery, order of speaking, who came and signed, what was said."""

from datetime import date

import pytest

from reviewflow import hearing_rows
from reviewflow.errors import Invalid, Missing
from reviewflow.queries.adoption_table import find_table
from reviewflow.usecases.hearings import (
    reschedule,
)
from reviewflow.usecases.participants import (
    mark_delivered,
)
from reviewflow.usecases.sittings import (
    add_opinion,
    answer_opinion,
    mark_presence,
    set_turns,
)
from tests.cast import Cast
from tests.conftest import As
from tests.hearings import (
    DELIVERED,
    HELD,
    delivering,
    everybody,
    holding,
    refused_step,
    sit,
)
from tests.steps import do_next, open_steps


@pytest.mark.parametrize(
    ("delivered_on", "is_late"),
    [("2026-03-09", False), ("2026-03-10", False), ("2026-03-11", True)],
)
def test_documents_are_delivered_in_time_or_not_at_all(
    as_: As, cast: Cast, delivered_on: str, *, is_late: bool
) -> None:
    case_id = delivering(as_, cast)
    typed = {
        **everybody(as_, case_id, "to", "yes"),
        "delivered_on": delivered_on,
        "delivery": "直接送达",
    }
    if is_late:
        with (
            pytest.raises(Invalid, match="最迟2026年3月10日"),
            as_(cast.drafter, HELD) as work,
        ):
            mark_delivered(work, case_id, typed)
    else:
        with as_(cast.drafter, HELD) as work:
            assert mark_delivered(work, case_id, typed) == 4


def test_nobody_is_left_out_at_the_delivery(as_: As, cast: Cast) -> None:
    case_id = delivering(as_, cast)
    sent = {"delivered_on": "2026-03-10", "delivery": "直接送达"}
    with pytest.raises(Invalid, match="勾选"), as_(cast.drafter, DELIVERED) as work:
        mark_delivered(work, case_id, sent)
    ticks = everybody(as_, case_id, "to", "yes")
    ticks.popitem()
    with as_(cast.drafter, DELIVERED) as work:
        mark_delivered(work, case_id, ticks | sent)
    step = "deliver_materials"
    assert "还没有登记送达" in refused_step(as_, cast, case_id, step, DELIVERED, **sent)
    everyone = everybody(as_, case_id, "to", "yes")
    with as_(cast.drafter, DELIVERED) as work:
        mark_delivered(work, case_id, everyone | sent)
    early = sent | {"delivered_on": "2026-03-09"}
    assert "请核对" in refused_step(as_, cast, case_id, step, DELIVERED, **early)


def test_a_hearing_is_put_off_to_deliver_in_time(as_: As, cast: Cast) -> None:
    case_id = delivering(as_, cast)
    why = {"why": "材料尚未印制"}
    for day in ("2026-03-17", "2026-03-01", "以后"):
        with pytest.raises(Invalid), as_(cast.drafter, DELIVERED) as work:
            reschedule(work, case_id, why | {"new_day": day})
    with as_(cast.drafter, DELIVERED) as work:
        reschedule(work, case_id, why | {"new_day": "2026-03-24"})
    typed = everybody(as_, case_id, "to", "yes")
    typed |= {"delivered_on": "2026-03-17", "delivery": "邮寄"}
    with as_(cast.drafter, HELD) as work:
        assert mark_delivered(work, case_id, typed) == 4


@pytest.mark.parametrize(
    ("absent", "is_enough"),
    [(1, True), (2, False)],  # of four, three have to be there
)
def test_too_few_put_the_hearing_off(
    as_: As, cast: Cast, absent: int, *, is_enough: bool
) -> None:
    case_id = holding(as_, cast)
    ids = [name.split("-")[1] for name in everybody(as_, case_id, "came", "")]
    gone = {f"came-{one}": "no" for one in ids[:absent]}
    gone |= {f"signed-{one}": "" for one in ids[:absent]}
    sit(as_, cast, case_id, **gone)
    there = {"participants": 4 - absent}
    if is_enough:
        do_next(as_, cast, case_id, "hold_hearing", HELD, **there)
        assert "report_hearing" in open_steps(as_, case_id)
        return
    said = refused_step(as_, cast, case_id, "hold_hearing", HELD, **there)
    assert "应当延期" in said
    late = {"postponed_to": "2026-03-31", "postponed_reason": "人数不足"}
    outcome = {"hearing_outcome": "POSTPONED"}
    do_next(as_, cast, case_id, "hold_hearing", HELD, **late, **outcome)
    with as_(None) as work:
        people = hearing_rows.participants(work, case_id)
        assert {(p.delivered_on, p.attended) for p in people} == {(None, None)}


def test_the_record_is_signed_or_the_refusal_noted(as_: As, cast: Cast) -> None:
    case_id = holding(as_, cast)
    step, four = "hold_hearing", {"participants": 4}
    assert "是否到会" in refused_step(as_, cast, case_id, step, HELD, **four)
    came = everybody(as_, case_id, "came", "yes")
    for at, typed, why in ((DELIVERED, came, "定于2026年3月17日"), (HELD, {}, "请先")):
        with pytest.raises(Invalid, match=why), as_(cast.unit_legal, at) as work:
            mark_presence(work, case_id, typed)
    one = next(iter(came)).split("-")[1]
    sit(as_, cast, case_id, **{f"signed-{one}": ""})
    assert "还没有签名" in refused_step(as_, cast, case_id, step, HELD, **four)
    with pytest.raises(Invalid, match="请注明情况"):
        sit(as_, cast, case_id, **{f"signed-{one}": "REFUSED"})
    with pytest.raises(Invalid, match="没有到会"):
        sit(as_, cast, case_id, **{f"came-{one}": "no"})
    refusal = {f"signed-{one}": "REFUSED", f"note-{one}": "认为笔录不完整"}
    sit(as_, cast, case_id, **refusal)
    assert "核对参加人数" in refused_step(
        as_, cast, case_id, step, HELD, participants=5
    )
    do_next(as_, cast, case_id, step, HELD, **four)


def test_opinions_are_answered_before_the_report(as_: As, cast: Cast) -> None:
    case_id = holding(as_, cast)
    sit(as_, cast, case_id)
    speaker = next(iter(everybody(as_, case_id, "x", ""))).split("-")[1]
    said = {"speaker_id": speaker, "clause": "第八条", "text": "收费标准偏高。"}
    with as_(cast.unit_legal, HELD) as work:
        row_id = str(add_opinion(work, case_id, said).id)
    do_next(as_, cast, case_id, "hold_hearing", HELD, participants=4)
    report = refused_step(as_, cast, case_id, "report_hearing", HELD)
    assert "还有 1 条听证意见" in report
    answer = {"opinion_id": row_id, "adoption": "NONE"}
    with pytest.raises(Invalid) as caught, as_(cast.drafter, HELD) as work:
        answer_opinion(work, case_id, answer)
    assert "reason" in caught.value.errors
    with as_(cast.drafter, HELD) as work:
        answer_opinion(work, case_id, answer | {"reason": "标准由省定。"})
    do_next(as_, cast, case_id, "report_hearing", HELD)


def test_opinions_flow_into_the_table_of_adoption(as_: As, cast: Cast) -> None:
    case_id = holding(as_, cast)
    speaker = next(iter(everybody(as_, case_id, "x", ""))).split("-")[1]
    said = {"speaker_id": speaker, "clause": "第八条", "text": "收费标准偏高。"}
    with as_(cast.unit_legal, HELD) as work:
        name = add_opinion(work, case_id, said).participant.name
        table = find_table(work, case_id)
    last = table.rows[-1]
    assert table.heard == 1
    assert last.values[2:] == ("听证会", "收费标准偏高。", "第八条", "未答复", "", 1)
    assert "老旧小区业主" in last.source
    assert name not in last.source


def test_opinions_of_another_hearing_are_not_answered(as_: As, cast: Cast) -> None:
    one, other = holding(as_, cast), holding(as_, cast)
    speaker = next(iter(everybody(as_, one, "x", ""))).split("-")[1]
    said = {"speaker_id": speaker, "text": "收费标准偏高。"}
    with pytest.raises(Missing), as_(cast.unit_legal, HELD) as work:
        add_opinion(work, other, said)
    with as_(cast.unit_legal, HELD) as work:
        row_id = str(add_opinion(work, one, said).id)
    sit(as_, cast, other)
    do_next(as_, cast, other, "hold_hearing", HELD, participants=4)
    with pytest.raises(Missing), as_(cast.drafter, HELD) as work:
        answer_opinion(work, other, {"opinion_id": row_id, "adoption": "FULL"})


def test_speakers_have_turns_of_their_own(as_: As, cast: Cast) -> None:
    case_id = holding(as_, cast)
    names = list(everybody(as_, case_id, "turn", ""))
    for wrong in ({names[0]: "1", names[1]: "1"}, {names[0]: "零"}, {names[0]: "201"}):
        with pytest.raises(Invalid), as_(cast.unit_legal, HELD) as work:
            set_turns(work, case_id, wrong)
    with as_(cast.unit_legal, HELD) as work:
        set_turns(work, case_id, {names[0]: "2", names[1]: "1"})
        turns = [p.turn for p in hearing_rows.participants(work, case_id)]
    assert turns == [2, 1, None, None]


def test_a_plan_keeps_a_day_in_reserve(as_: As) -> None:
    with as_(None) as work:
        on = date(2026, 3, 17)
        assert hearing_rows.latest_delivery(work, on) == date(2026, 3, 10)
        assert hearing_rows.planned_delivery(work, on) == date(2026, 3, 9)


@pytest.mark.parametrize(("invited", "least"), [(1, 1), (3, 2), (4, 3), (12, 8)])
def test_two_thirds_have_to_be_there(as_: As, invited: int, least: int) -> None:
    with as_(None) as work:
        assert hearing_rows.least_present(work, invited, date(2026, 3, 17)) == least

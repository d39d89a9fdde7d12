"""A rule is published: its order, its day of effect, four duties to file."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.effects.publications import clean_number
from reviewflow.errors import Invalid
from reviewflow.model.case import Case, Task
from reviewflow.model.deadline import Timer, TimerKind, TimerState
from reviewflow.model.filing import Chain, FilingCorrection, FilingObligation
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication
from tests.cast import Cast
from tests.conftest import As
from tests.rules import ORDER, bring_rule_to, do_rule, refused, settle_above
from tests.steps import open_steps


@pytest.fixture
def cast(cast: Cast, as_: As) -> Cast:
    """The cast of this module: with the State Council and the upper congress."""
    return settle_above(as_, cast)


def test_a_published_rule_owes_four_filings_by_tl_14(as_: As, cast: Cast) -> None:
    bring_rule_to(as_, cast, "archive_file")

    with as_(None) as work:
        rows = work.session.scalars(
            sa.select(FilingObligation).order_by(FilingObligation.id)
        ).all()
        told = [(row.chain, row.authority.name) for row in rows]
        due = {(row.limit_id, str(row.due_on)) for row in rows}
        filers = {work.get(Case, row.case_id).unit.name for row in rows}
        codes = {work.get(Case, row.case_id).kind_code for row in rows}
    assert told == [
        (Chain.GOV, "国务院"),
        (Chain.GOV, "安徽省人民政府"),
        (Chain.NPC, "安徽省人民代表大会常务委员会"),
        (Chain.NPC, "六安市人民代表大会常务委员会"),
    ]
    assert due == {("TL-14", "2026-04-01")}
    assert (filers, codes) == ({"六安市司法局"}, {"ZFGZ"})


def test_a_roster_that_ends_below_the_state_council_is_said(
    as_: As, cast: Cast
) -> None:
    case_id = bring_rule_to(as_, cast, "publish")
    with as_(None) as work:
        work.get(Unit, cast.units["province"]).government_id = None

    with pytest.raises(Invalid, match="之上的国务院"):
        do_rule(as_, cast, case_id, "publish")
    assert open_steps(as_, case_id) == ["publish"]


@pytest.mark.parametrize(
    ("effective_on", "lacking"),
    [
        ("2026-03-31", ["early_ground", "early_reason"]),
        ("2026-04-01", ["early_ground", "early_reason"]),  # the thirtieth day itself
        ("2026-04-02", []),
        ("2026-03-01", ["early_ground", "early_reason", "effective_on"]),
    ],
)
def test_a_rule_holds_thirty_days_after_it_is_published(
    as_: As, cast: Cast, effective_on: str, lacking: list[str]
) -> None:
    case_id = bring_rule_to(as_, cast, "publish")
    if not lacking:
        do_rule(as_, cast, case_id, "publish", effective_on=effective_on)
        assert open_steps(as_, case_id) == ["archive_file"]
        return
    assert refused(as_, cast, case_id, "publish", effective_on=effective_on) == lacking


def test_a_rule_may_hold_at_once_only_on_a_ground_of_the_law(
    as_: As, cast: Cast
) -> None:
    case_id = bring_rule_to(
        as_, cast, "publish", sign_order={"effective_on": "2026-03-02"}
    )
    early = {"is_early": "yes", "early_reason": "汛期将至。"}

    assert refused(as_, cast, case_id, "publish", **early) == ["early_ground"]
    do_rule(as_, cast, case_id, "publish", **early, early_ground="HINDERED")

    with as_(None) as work:
        row = work.session.scalars(sa.select(Publication)).one()
    assert (str(row.effective_on), row.early_reason) == ("2026-03-02", "汛期将至。")


@pytest.mark.parametrize(
    "typed",
    [
        ORDER,
        "六安市人民政府令 第12号",
        "六安市人民政府令（第 １２ 号）",
        " 六安市人民政府令(第12号) ",
    ],
)
def test_the_number_of_an_order_is_put_right(typed: str) -> None:
    assert clean_number(typed, "order_number") == ORDER


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ("六政〔2026〕3号", "order_number", "请填写令号"),
        ("第12号", "order_number", "请填写令号"),
        ("六安市人民政府令第012号", "order_number", "请填写令号"),
        ("六安市人民政府令第12号", "doc_number", "请填写发文字号"),
    ],
)
def test_an_order_and_a_document_are_numbered_each_its_way(
    typed: str, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid) as failure:
        clean_number(typed, field)
    assert failure.value.errors[field].startswith(sentence)


def test_an_order_s_number_is_given_once(as_: As, cast: Cast) -> None:
    bring_rule_to(as_, cast, "publish")
    second = bring_rule_to(as_, cast, "sign_order")

    assert refused(as_, cast, second, "sign_order") == ["order_number"]


def test_the_filing_of_a_rule_is_deferred_for_fifteen_days(as_: As, cast: Cast) -> None:
    bring_rule_to(as_, cast, "archive_file")
    with as_(None) as work:
        chosen = sa.select(FilingObligation).order_by(FilingObligation.id)
        filing_case = work.session.scalars(chosen).all()[1].case_id
    do_rule(as_, cast, filing_case, "prepare_filing")
    deferred = {"decision": "SUPPLEMENT", "reason": "缺少公布该规章的命令。"}
    do_rule(as_, cast, filing_case, "examine_filing", **deferred)

    with as_(None) as work:
        timers = sa.select(Timer).where(Timer.case_id == filing_case)
        armed = {
            (timer.kind, str(timer.due_at))
            for timer in work.session.scalars(timers)
            if timer.state is TimerState.ARMED
        }
        (correction,) = work.session.scalars(
            sa.select(FilingCorrection).where(FilingCorrection.obligation.has())
        ).all()
        task = work.session.scalars(
            sa.select(Task).where(Task.case_id == filing_case, Task.closed_at.is_(None))
        ).one()
        assert (correction.due_on, task.due_on) == (date(2026, 3, 17),) * 2
    over = "2026-03-17 16:00:00+00:00"
    assert {(TimerKind.PROCESS, over), (TimerKind.OVERDUE, over)} <= armed

"""What effects refuse on the way from consultation to publication."""

from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.effects.publications import clean_number
from reviewflow.errors import AlreadySigned, Invalid
from reviewflow.model.case import Case
from reviewflow.model.consultation import Consultation
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.opinion import Adoption, Opinion
from reviewflow.model.people import Role
from reviewflow.usecases.people import give_post
from tests.cast import Cast
from tests.conftest import As
from tests.steps import NOON_MONDAY, bring_to, days, do_next, new_case, open_steps

FINDING = {
    "clause": "第八条",
    "problem": "减损权益",
    "basis": "《优化营商环境条例》第六十四条",
    "suggestion": "删除",
    "nature": "MUST",
}
REVISE = {
    "conclusion": "REVISE",
    "findings": [FINDING, {**FINDING, "clause": "第九条"}],
}


def at_step(as_: As, cast: Cast, step: str, **answers: dict[str, Any]) -> int:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, step, **answers)
    return case_id


def refused(
    as_: As, cast: Cast, case_id: int, step: str, **answers: object
) -> dict[str, str]:
    before = open_steps(as_, case_id)
    with pytest.raises(Invalid) as caught:
        do_next(as_, cast, case_id, step, **answers)
    assert open_steps(as_, case_id) == before  # nothing of it happened
    return caught.value.errors or {"": caught.value.message}


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"starts_on": "2026-03-03"}, "starts_on"),  # tomorrow
    ],
)
def test_a_consultation_cannot_begin_in_the_future(
    as_: As, cast: Cast, answers: dict[str, str], field: str
) -> None:
    case_id = at_step(as_, cast, "open_consultation")
    assert field in refused(as_, cast, case_id, "open_consultation", **answers)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"closed_on": "2026-02-23"}, "shortened_reason"),  # a day short, no reason
        ({"closed_on": "2026-01-19"}, "closed_on"),  # before it began
        ({"closed_on": "2026-03-03"}, "closed_on"),  # not over yet
        ({"comments": 3, "adopted": 4}, "adopted"),
    ],
)
def test_a_consultation_is_closed_as_it_really_was(
    as_: As, cast: Cast, answers: dict[str, Any], field: str
) -> None:
    case_id = at_step(as_, cast, "close_consultation")
    assert field in refused(as_, cast, case_id, "close_consultation", **answers)


def test_a_shortened_consultation_keeps_its_reason(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "close_consultation")

    reason = {"closed_on": "2026-02-10", "shortened_reason": "防汛急需"}
    do_next(as_, cast, case_id, "close_consultation", **reason)

    with as_(None) as work:
        row = work.session.scalars(sa.select(Consultation)).one()
        assert (row.shortened_reason, str(row.due_on)) == ("防汛急需", "2026-02-24")


def test_reviewers_are_three_people_in_their_posts(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "accept_submission")
    twice = {"handler_id": cast.handler, "checker_id": cast.handler}
    assert "checker_id" in refused(as_, cast, case_id, "accept_submission", **twice)
    stranger = {"handler_id": cast.other_drafter}
    assert "handler_id" in refused(as_, cast, case_id, "accept_submission", **stranger)


def test_whoever_drafted_cannot_be_chosen_to_review(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "accept_submission")
    with as_(None) as work:
        give_post(work, cast.drafter, Role.REVIEW_HANDLER, cast.units["justice"])

    chosen = {"handler_id": cast.drafter}
    said = refused(as_, cast, case_id, "accept_submission", **chosen)

    assert "应当回避" in said["handler_id"]


def test_a_signed_opinion_cannot_be_signed_again(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "request_agenda")
    with as_(cast.signer) as work:
        opinion = work.session.scalars(
            sa.select(Opinion).where(Opinion.case_id == case_id)
        ).one()
        assert work.actor.user is not None
        with pytest.raises(AlreadySigned):
            opinion.sign(work.actor.user, work.now, "六司审〔2026〕9号", "", "")


def test_every_finding_needs_its_answer(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "revise_draft", draft_opinion=REVISE)
    one = {
        "adoptions": [{"finding_id": 1, "adoption": "FULL"}],
        "material_change": "no",
    }

    said = refused(as_, cast, case_id, "revise_draft", **one)

    assert said["adoptions"] == "第 2 条意见还没有答复，请逐条答复。"


def test_answers_stand_with_their_findings(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "revise_draft", draft_opinion=REVISE)
    both = [
        {"finding_id": 1, "adoption": "FULL"},
        {"finding_id": 2, "adoption": "NONE", "reason": "另有上位法依据。"},
    ]
    do_next(as_, cast, case_id, "revise_draft", adoptions=both, material_change="no")

    with as_(None) as work:
        opinion = work.session.scalars(sa.select(Opinion)).one()
        told = [(f.adoption, f.adoption_reason) for f in opinion.findings]
    assert told == [(Adoption.FULL, ""), (Adoption.NONE, "另有上位法依据。")]


def test_a_new_round_has_a_clock_of_its_own(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "revise_draft", draft_opinion=REVISE)
    both = [{"finding_id": n, "adoption": "FULL"} for n in (1, 2)]
    changed = {"material_change": "yes", "changes": "新增第十条。"}
    do_next(
        as_,
        cast,
        case_id,
        "revise_draft",
        NOON_MONDAY + days(3),
        adoptions=both,
        **changed,
    )

    with as_(None) as work:
        assert work.get(Case, case_id).round == 2
        clocks = work.session.scalars(
            sa.select(CaseDeadline)
            .where(CaseDeadline.limit_id == "TL-08")
            .order_by(CaseDeadline.id)
        ).all()
    assert [str(clock.started_on) for clock in clocks] == ["2026-03-02", "2026-03-05"]
    assert [clock.is_running for clock in clocks] == [False, True]


def test_a_meeting_lies_not_in_the_future(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "hold_meeting")
    assert "held_on" in refused(
        as_, cast, case_id, "hold_meeting", held_on="2026-03-03"
    )


def test_dates_of_a_publication_fit_together(as_: As, cast: Cast) -> None:
    case_id = at_step(as_, cast, "publish")
    for answers, field in (
        ({"published_on": "2026-03-03"}, "published_on"),  # tomorrow
        ({"effective_on": "2026-03-01"}, "effective_on"),  # before publication
        ({"effective_on": "2026-03-31"}, "early_reason"),  # 29 days after
        ({"valid_until": "2026-04-30"}, "valid_until"),  # ends before it begins
    ):
        assert field in refused(as_, cast, case_id, "publish", **answers), answers


def test_a_number_is_given_once(as_: As, cast: Cast) -> None:
    first = at_step(as_, cast, "publish")
    second = at_step(as_, cast, "register_number")

    said = refused(as_, cast, second, "register_number", doc_number="六政 [2026] 8号")

    assert said["doc_number"].startswith("文号“六政〔2026〕8号”已存在")
    assert open_steps(as_, first) == ["publish"]


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("六政〔2026〕3号", "六政〔2026〕3号"),
        ("六政办[2026]15号", "六政办〔2026〕15号"),
        ("六政办（２０２６）１５号", "六政办〔2026〕15号"),
        (" 六政 【2026】 3 号 ", "六政〔2026〕3号"),
    ],
)
def test_numbers_are_put_right_without_scolding(typed: str, clean: str) -> None:
    assert clean_number(typed) == clean


@pytest.mark.parametrize(
    "typed", ["", "六政2026-3", "六政〔2026〕第3号", "六政〔2026〕03号", "〔2026〕3号"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="请填写发文字号"):
        clean_number(typed)

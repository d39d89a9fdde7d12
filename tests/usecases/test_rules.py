"""Government rules: what comes before what, the order, four duties to file."""

import pytest
import sqlalchemy as sa

from reviewflow.effects.meetings import request_meeting
from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, CaseStatus, Task, TaskAnswers
from reviewflow.model.consultation import Consultation
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.filing import FilingObligation
from reviewflow.model.publication import Publication
from tests.cast import Cast
from tests.conftest import As
from tests.rules import CODE, ORDER, RULE, bring_rule_to, do_rule, refused, settle_above
from tests.steps import bring_to, new_case, open_steps
from tests.town import settle, town_case


@pytest.fixture
def cast(cast: Cast, as_: As) -> Cast:
    """The cast of this module: with the State Council and the upper congress."""
    return settle_above(as_, cast)


def test_a_rule_goes_from_its_project_to_four_registered_filings(
    as_: As, cast: Cast
) -> None:
    case_id = bring_rule_to(as_, cast, "never")

    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.ending) == (CaseStatus.FINISHED, "已公布并归档")
        row = work.session.scalars(sa.select(Publication)).one()
        assert (row.doc_number, row.meeting) == (ORDER, "市政府第80次常务会议")
        assert str(row.decided_on) == "2026-03-02"
        filings = work.session.scalars(sa.select(FilingObligation.case_id)).all()
    for filing in filings:
        bring_to(as_, cast, filing, "never")
        assert open_steps(as_, filing) == []
    with as_(None) as work:
        assert verify(work) == []


def test_no_meeting_before_consultation_and_review(as_: As, cast: Cast) -> None:
    case_id = bring_rule_to(as_, cast, "close_consultation")
    with as_(None) as work:
        seen = set(work.session.scalars(sa.select(Task.step)))
    assert seen.isdisjoint({"finalise_draft", "accept_submission", "present_rule"})

    bring_rule_to(as_, cast, "sign_opinion", case_id)

    with as_(None) as work, pytest.raises(Invalid, match="已签发的合法性审查意见书"):
        request_meeting(work, work.get(Case, case_id), {})


def test_an_illegal_draft_is_not_presented(as_: As, cast: Cast) -> None:
    case_id = bring_rule_to(as_, cast, "never", draft_opinion={"conclusion": "ILLEGAL"})

    with as_(None) as work:
        assert work.get(Case, case_id).ending == "不合法，终止"
        steps = set(work.session.scalars(sa.select(Task.step)))
    assert steps.isdisjoint({"finalise_rule", "hold_meeting"})


def test_a_rule_that_is_not_published_for_comment_carries_its_ground(
    as_: As, cast: Cast
) -> None:
    case_id = bring_rule_to(as_, cast, "open_consultation")
    secret = {"consultation_excused": "yes"}

    assert refused(as_, cast, case_id, "open_consultation", **secret) == [
        "excuse_basis"
    ]
    basis = "《保守国家秘密法》第十三条。"
    do_rule(as_, cast, case_id, "open_consultation", **secret, excuse_basis=basis)

    with as_(None) as work:
        row = work.session.scalars(
            sa.select(TaskAnswers).where(TaskAnswers.step == "open_consultation")
        ).one()
    assert row.answers["excuse_basis"] == basis


def test_a_draft_nobody_was_asked_about_goes_back_to_be_published(
    as_: As, cast: Cast
) -> None:
    case_id = bring_rule_to(as_, cast, "accept_submission")
    back = {"outcome": "RETURN", "reason": "未征求意见。"}

    assert refused(as_, cast, case_id, "accept_submission", **back) == ["return_ground"]
    ground = {"return_ground": "NOT_CONSULTED"}
    do_rule(as_, cast, case_id, "accept_submission", **back, **ground)

    assert open_steps(as_, case_id) == ["draft_text"]


def test_a_second_consultation_is_kept_beside_the_first(as_: As, cast: Cast) -> None:
    public = {
        "public_again": "yes",
        "starts_on": "2026-01-05",
        "ends_on": "2026-02-04",
        "channel": "市司法局网站",
    }
    bring_rule_to(as_, cast, "coordinate_dissent", consult_again=public)

    with as_(None) as work:
        rows = work.session.scalars(sa.select(Consultation).order_by(Consultation.id))
        told = [(str(row.starts_on), str(row.due_on), row.comments) for row in rows]
    assert told == [("2026-01-20", "2026-02-24", 12), ("2026-01-05", "2026-02-04", 3)]


def test_the_review_of_a_rule_has_the_default_limit(as_: As, cast: Cast) -> None:
    case_id = bring_rule_to(as_, cast, "consult_again")
    with as_(None) as work:
        limits = sa.select(CaseDeadline.limit_id).where(
            CaseDeadline.case_id == case_id, CaseDeadline.task_id.is_(None)
        )
        assert list(work.session.scalars(limits)) == ["WL-14"]


def test_joint_drafters_are_named_with_those_who_signed(as_: As, cast: Cast) -> None:
    case_id = bring_rule_to(as_, cast, "sign_submission")
    joint = {"is_joint": "yes"}
    assert refused(as_, cast, case_id, "sign_submission", **joint) == ["joint_signers"]


def test_only_governments_of_cities_and_provinces_make_rules(
    as_: As, cast: Cast
) -> None:
    wider = settle(as_, cast)

    with pytest.raises(Invalid) as of_office:
        new_case(as_, wider, RULE, **CODE, maker=wider.units["office"])
    with pytest.raises(Invalid) as of_town:
        town_case(as_, wider, RULE, **CODE)

    assert list(of_office.value.errors) == list(of_town.value.errors) == ["maker"]


def test_suggestions_are_dealt_with_when_the_rule_is_presented(
    as_: As, cast: Cast
) -> None:
    finding = {
        "clause": "第六条",
        "problem": "文字",
        "suggestion": "改为“应当”。",
        "nature": "TEXT",
    }
    opinion = {"findings": [finding]}
    case_id = bring_rule_to(as_, cast, "present_rule", draft_opinion=opinion)

    with pytest.raises(Invalid, match="对审查意见的逐条答复"):
        do_rule(as_, cast, case_id, "present_rule")
    adopted = [{"finding_id": 1, "adoption": "FULL"}]
    do_rule(as_, cast, case_id, "present_rule", adoptions=adopted)

    assert open_steps(as_, case_id) == ["approve_agenda"]

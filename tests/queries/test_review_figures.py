from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from reviewflow.model.deadline import CaseDeadline
from reviewflow.queries.indicators import Indicators, indicators
from reviewflow.queries.question import Question
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.queries.oracle import AS_OF
from tests.steps import bring_to, do_next, new_case, waiting


def ask(runtime: Runtime, actor_id: int | None, question: Question) -> Indicators:
    with runtime.read(actor_id) as work:
        return indicators(work, question)


def noon(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T04:00").replace(tzinfo=UTC)


def test_a_review_through_the_product_is_measured(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "accept_submission")
    do_next(as_, cast, case_id, "accept_submission", noon("2026-03-09"))
    bring_to(as_, cast, case_id, "sign_opinion")
    do_next(as_, cast, case_id, "sign_opinion", noon("2026-03-31"))

    later = ask(runtime, cast.auditor, Question(AS_OF))
    meanwhile = ask(runtime, cast.auditor, Question(date(2026, 3, 30)))
    after = ask(runtime, cast.auditor, Question(AS_OF, from_on=date(2026, 4, 1)))

    assert later.total.tally.ids("reviews_late") == [case_id]  # due on 30 March
    assert later.total.working_days == [16]
    assert meanwhile.total.tally.ids("reviews_running") == [case_id]
    assert later.total.tally.ids("submissions_at_once") == [case_id]
    assert after.total.counts["reviews"] == after.total.counts["submissions"] == 0


def test_the_clock_of_a_single_task_is_no_review(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    task_id = waiting(as_, case_id, "draft_opinion")
    with as_(None) as work:
        clock = work.session.scalars(
            sa.select(CaseDeadline).where(
                CaseDeadline.case_id == case_id, CaseDeadline.met_on.is_(None)
            )
        ).one()
        clock.task_id = task_id

    answer = ask(runtime, cast.auditor, Question(AS_OF))

    assert answer.total.counts["reviews"] == 0


@pytest.mark.parametrize("outcome", ["SUPPLEMENT", "RETURN"])
def test_a_submission_not_taken_at_once_is_counted_as_such(
    runtime: Runtime, as_: As, cast: Cast, outcome: str
) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "accept_submission")
    do_next(
        as_, cast, case_id, "accept_submission", outcome=outcome, reason="缺少起草说明"
    )
    asked = ask(runtime, cast.auditor, Question(AS_OF))
    supplied = {"supplement_materials": {"note": "已补齐"}}
    bring_to(as_, cast, case_id, "draft_opinion", **supplied)  # accepted in the end

    answer = ask(runtime, cast.auditor, Question(AS_OF))

    assert asked.total.tally.ids("submissions_again") == [case_id]
    assert asked.total.counts["reviews_running"] == 0
    assert answer.total.tally.ids("submissions_again") == [case_id]
    assert answer.total.counts["submissions_at_once"] == 0

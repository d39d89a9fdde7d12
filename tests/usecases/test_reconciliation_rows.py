"""What people settle: the same, another, none of the sort, or an omission."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.reconciliation import ReconciliationRow, RowState
from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Question
from reviewflow.usecases.reconciliation_rows import (
    confirm_match,
    exclude_row,
    record_omission,
    reject_match,
    reopen_row,
)
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.reconciliations import FOUR, matched

ON = at(day("06-01"))
ISSUED = ("六安市物业管理办法", "六住建[2026]88号", "2026-03-10")
SAID = {
    "doc_number": "六住建[2026]88号",
    "published_on": "2026-03-10",
    "effective_on": "2026-05-01",
    "reason": "规定物业服务人的义务，适用于全市，没有报送备案。",
}


@pytest.fixture
def own(cast: Cast) -> str:
    """The housing bureau's own documents, at its own desk."""
    return f"{cast.units['housing']}-{cast.units['housing']}"


@pytest.fixture
def theirs(cast: Cast) -> str:
    """The housing bureau's documents, at the desk they are filed with."""
    return f"{cast.units['justice']}-{cast.units['housing']}"


def rates(runtime: Runtime, who: int) -> list[str]:
    """Return what is filed of what is due, and what in time, as somebody sees it."""
    with runtime.read(who, ON) as work:
        total = indicators(work, Question(ON.date())).total
        found = [total.rate(one) for one in book().each() if one.id in ("I-1", "I-2")]
        return [f"{one.numerator}/{one.denominator}" for one in found]


@pytest.mark.parametrize("finder", ["city_filing_reviewer", "department_filer"])
def test_an_omission_owes_its_filing_at_once_and_lowers_the_rate(
    runtime: Runtime, as_: As, cast: Cast, press: Press, finder: str
) -> None:
    (filed,) = press.publish(day("03-02"))
    press.submit(filed, day("03-06"))
    who, maker = cast.people[finder], cast.units["housing"]
    keeper = maker if finder == "department_filer" else cast.units["justice"]
    (row,) = matched(runtime, as_, who, f"{keeper}-{maker}", ISSUED, at=ON)
    assert rates(runtime, cast.auditor) == ["1/1", "1/1"]

    with as_(who, ON) as work:
        case_id = record_omission(work, row.id, SAID).id

    assert rates(runtime, cast.auditor) == ["1/2", "1/2"]
    with as_(who, ON) as work:
        case, kept = work.get(Case, case_id), work.get(ReconciliationRow, row.id)
        ended = (case.status, case.ending)
        assert ended == (CaseStatus.FINISHED, "已登记漏报，应当补报")
        assert (kept.state, kept.case_id) == (RowState.OMITTED, case_id)
    with pytest.raises(Conflict), as_(who, ON) as work:
        record_omission(work, row.id, SAID)


def test_the_maker_owes_what_was_omitted_from_its_publication_on_and_is_told(
    runtime: Runtime, as_: As, cast: Cast, theirs: str
) -> None:
    who = cast.city_filing_reviewer
    (row,) = matched(runtime, as_, who, theirs, ISSUED, at=ON)
    with as_(who, ON) as work:
        case_id = record_omission(work, row.id, SAID).id

    with as_(None, ON) as work:
        duty = work.session.scalars(sa.select(FilingObligation)).unique().one()
        whose = (duty.maker_id, duty.authority_id)
        assert whose == (cast.units["housing"], cast.units["city"])
        status = duty.standing.status(work.today)
        assert (duty.due_on, status) == (day("03-25"), "OVERDUE_UNFILED")
        shelved = work.session.scalars(sa.select(LibraryDocument)).one()
        assert shelved.case_id == case_id
        assert shelved.publication.doc_number == "六住建〔2026〕88号"
        kept = work.get(ReconciliationRow, row.id)
        assert kept.publication_id == shelved.publication_id
        told = sa.select(OutboxMessage.text).where(
            OutboxMessage.user_id == cast.department_filer,
            OutboxMessage.template == "omission_found",
        )
        text = work.session.scalars(told).one()
        assert "报备期限为2026年3月25日" in text
        why = work.law.deadline(duty.limit_id, duty.published_on)
        assert text.endswith("\n".join(step.text for step in why.steps[1:]))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"doc_number": "第八号"}, "doc_number"),
        ({"effective_on": "2026-03-01"}, "effective_on"),
        ({"effective_on": "2026-03-20"}, "early_reason"),
        ({"published_on": "2017-03-10"}, "published_on"),  # before any route is known
        ({"reason": ""}, "reason"),
    ],
)
def test_an_omission_that_cannot_be_leaves_nothing_behind(
    runtime: Runtime,
    as_: As,
    cast: Cast,
    theirs: str,
    change: dict[str, str],
    field: str,
) -> None:
    who = cast.city_filing_reviewer
    (row,) = matched(runtime, as_, who, theirs, ISSUED, at=ON)
    with pytest.raises(Invalid) as refused, as_(who, ON) as work:
        record_omission(work, row.id, {**SAID, **change})
    assert field in refused.value.errors
    with as_(None) as work:
        assert work.session.scalars(sa.select(Case.id)).all() == []
        assert work.get(ReconciliationRow, row.id).state is RowState.UNMATCHED


def test_what_need_not_be_filed_is_kept_with_its_reason_and_counted_nowhere(
    runtime: Runtime, as_: As, cast: Cast, theirs: str
) -> None:
    who, reason = cast.city_filing_reviewer, "年度工作要点，只对内部机构提出要求。"
    (row,) = matched(runtime, as_, who, theirs, ISSUED, at=ON)
    for typed, field in (
        ({**FOUR, "reason": reason}, "repeated"),
        ({**FOUR, "external": "", "reason": reason}, "external"),
        ({**FOUR, "external": "no", "reason": " "}, "reason"),
    ):
        with pytest.raises(Invalid) as refused, as_(who, ON) as work:
            exclude_row(work, row.id, typed)
        assert list(refused.value.errors) == [field]

    with as_(who, ON) as work:
        exclude_row(work, row.id, {**FOUR, "external": "no", "reason": reason})

    assert rates(runtime, cast.auditor) == ["0/0", "0/0"]
    with as_(who, ON) as work:
        kept = work.get(ReconciliationRow, row.id)
        assert (kept.state, kept.reason) == (RowState.NOT_NORMATIVE, reason)
        assert kept.answers == dict.fromkeys(FOUR, True) | {"external": False}
        assert kept.settled_by_id == who
        with pytest.raises(Conflict):
            record_omission(work, row.id, SAID)
    with as_(who, ON) as work:
        reopen_row(work, row.id)
    with as_(who, ON) as work:
        record_omission(work, row.id, SAID)
    assert rates(runtime, cast.auditor) == ["0/1", "0/1"]


def test_a_probable_row_is_confirmed_or_rejected_by_a_person(
    runtime: Runtime, as_: As, cast: Cast, press: Press, own: str
) -> None:
    press.publish(day("05-11"))
    press.publish(day("05-12"))
    with as_(None) as work:
        known = work.session.execute(sa.text("SELECT title FROM publication")).all()
    who = cast.department_filer
    issued = [
        (one.title, f"六规〔2026〕{number}号", "2026-05-11")
        for number, one in enumerate(known, start=998)
    ]
    one, other = matched(runtime, as_, who, own, *issued, at=ON)
    with pytest.raises(Conflict), as_(who, ON) as work:
        exclude_row(work, one.id, {})

    with as_(who, ON) as work:
        confirm_match(work, one.id)
        reject_match(work, other.id)

    with as_(who, ON) as work:
        kept = [work.get(ReconciliationRow, row.id) for row in (one, other)]
        assert [row.state for row in kept] == [RowState.MATCHED, RowState.UNMATCHED]
        assert [row.publication_id for row in kept] == [one.publication_id, None]
        with pytest.raises(Conflict):
            confirm_match(work, one.id)


def test_who_does_not_look_after_a_maker_settles_nothing(
    runtime: Runtime, as_: As, cast: Cast, theirs: str
) -> None:
    who = cast.city_filing_reviewer
    (row,) = matched(runtime, as_, who, theirs, ISSUED, at=ON)
    for stranger in (cast.department_filer, cast.drafter, cast.congress_reviewer):
        with pytest.raises(Missing), as_(stranger, ON) as work:
            record_omission(work, row.id, SAID)
    for onlooker in (cast.auditor, cast.filer):  # see it, but file for others
        with pytest.raises(Refused), as_(onlooker, ON) as work:
            exclude_row(work, row.id, {})

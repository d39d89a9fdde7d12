"""Who will not mend is referred; what is then decided is done in the library."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Case, CaseStatus, Task
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview
from reviewflow.model.library import DocumentState, LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.filing_review_facts import filing_review_facts
from reviewflow.queries.library_page import public_document
from reviewflow.queries.question import read_question
from reviewflow.usecases.library import change_document
from tests.cast import Cast
from tests.conftest import As
from tests.duties import FOUND, Press, at, day
from tests.steps import TEXT, do_next, open_steps

RULED = {"number": "六政〔2026〕30号", "ruled_on": "2026-07-20", "reason": TEXT}
REFERRED, DECIDED = at(day("06-22")), at(day("07-21"))


@pytest.fixture
def case_id(press: Press, as_: As, cast: Cast) -> int:
    """The review of a filing whose maker will not mend, referred on 22 June."""
    (filing,) = press.publish(day("05-20"))
    press.submit(filing, day("05-29"))
    press.register(filing, day("06-02"))
    case_id = press.review(filing)
    do_next(as_, cast, case_id, "review_filing", at(day("06-11")), **FOUND)
    refused = {"decision": "EXPLAIN", "note": TEXT, "others_checked": TEXT}
    do_next(as_, cast, case_id, "correct_document", at(day("06-20")), **refused)
    end = {"outcome": "REFUSED", "reason": TEXT}
    do_next(as_, cast, case_id, "confirm_correction", REFERRED, **end)
    return case_id


def review(as_: As, case_id: int) -> FilingReview:
    with as_(None) as work:
        chosen = FilingReview.case_id == case_id
        row = work.session.scalars(sa.select(FilingReview).where(chosen)).one()
        work.session.expunge_all()
        return row


def document_of(as_: As, case_id: int) -> int:
    duty_id = review(as_, case_id).obligation_id
    with as_(None) as work:
        duty = work.get(FilingObligation, duty_id)
        of = LibraryDocument.publication_id == duty.publication_id
        return work.session.scalars(sa.select(LibraryDocument.id).where(of)).one()


def names(as_: As, case_id: int) -> tuple[str, ...]:
    """Return what the figures count the filing as, at the end of August."""
    duty_id = review(as_, case_id).obligation_id
    with as_(None, at(day("08-31"))) as work:
        question = read_question({}, work.today)
        facts = filing_review_facts(work, question, work.law)
        return next(fact.names for fact in facts if fact.id == duty_id)


def test_a_referral_waits_in_the_office_of_the_government(
    as_: As, cast: Cast, case_id: int
) -> None:
    assert review(as_, case_id).referred_on == day("06-22")
    assert open_steps(as_, case_id) == ["decide_referral"]
    with as_(None) as work:
        waits = sa.select(Task.unit_id).where(
            Task.case_id == case_id, Task.step == "decide_referral"
        )
        assert work.session.scalars(waits).one() == cast.units["office"]
        told = sa.select(OutboxMessage.user_id).where(
            OutboxMessage.template == "filing_referred"
        )
        assert cast.department_filer in work.session.scalars(told).all()


@pytest.mark.parametrize(
    ("ruling", "state", "ending"),
    [
        ("REVOKED", DocumentState.REVOKED, "已决定撤销"),
        ("CHANGED", DocumentState.AMENDED, "已决定改变"),
        ("UPHELD", DocumentState.IN_FORCE, "已决定不予改变或者撤销"),
    ],
)
def test_the_library_follows_the_decision_and_the_rates_do_not(
    as_: As, cast: Cast, case_id: int, ruling: str, state: DocumentState, ending: str
) -> None:
    document_id, before = document_of(as_, case_id), names(as_, case_id)
    assert {"to_mend", "unmended"} <= set(before)
    do_next(as_, cast, case_id, "decide_referral", DECIDED, ruling=ruling, **RULED)

    with as_(None, DECIDED) as work:
        shown = public_document(work, document_id)
        assert shown.row.state is state
        basis = [row.basis for row in shown.changes]
        assert basis == (
            [] if ruling == "UPHELD" else ["六安市人民政府的决定（六政〔2026〕30号）"]
        )
        case = work.get(Case, case_id)
        assert (case.status, case.phase) == (CaseStatus.FINISHED, ending)
        assert verify(work) == []
    row = review(as_, case_id)
    assert (row.ruling, row.ruled_on) == (ruling, day("07-20"))
    assert names(as_, case_id) == before  # I-6: its maker has mended nothing


@pytest.mark.parametrize("ruled_on", ["2026-06-21", "2026-07-22"])
def test_no_decision_before_the_referral_or_to_come(
    as_: As, cast: Cast, case_id: int, ruled_on: str
) -> None:
    said = {**RULED, "ruling": "REVOKED", "ruled_on": ruled_on}
    with pytest.raises(Invalid) as refused:
        do_next(as_, cast, case_id, "decide_referral", DECIDED, **said)
    assert set(refused.value.errors) == {"ruled_on"}


def test_what_its_maker_repealed_meanwhile_stays_repealed(
    as_: As, cast: Cast, case_id: int
) -> None:
    document_id = document_of(as_, case_id)
    said = {"sort": "REPEALS", "effective_on": "2026-07-01", "basis": "局长办公会议"}
    with as_(cast.publisher, at(day("07-01"))) as work:
        change_document(work, document_id, said)
    do_next(as_, cast, case_id, "decide_referral", DECIDED, ruling="REVOKED", **RULED)
    with as_(None, DECIDED) as work:
        state = public_document(work, document_id).row.state
        assert state is DocumentState.REPEALED

import pytest
import sqlalchemy as sa

from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.standing import ObligationStatus
from tests.conftest import As
from tests.duties import Press, day
from tests.steps import open_steps


def status(as_: As, filing_id: int, on: str) -> ObligationStatus:
    with as_(None) as work:
        return work.get(FilingObligation, filing_id).standing.status(day(on))


def test_a_filing_goes_from_publication_to_registration(press: Press, as_: As) -> None:
    (filing,) = press.publish(day("06-01"))
    case_id = press.case_of(filing)
    assert open_steps(as_, case_id) == ["prepare_filing"]

    press.submit(filing, day("06-10"))
    press.register(filing, day("06-12"), register_number="六备登〔2026〕8号")

    with as_(None) as work:
        duty, case = work.get(FilingObligation, filing), work.get(Case, case_id)
        assert [s.submitted_on for s in duty.submissions] == [day("06-10")]
        assert duty.registered_on == day("06-12")
        assert duty.register_number == "六备登〔2026〕8号"
        assert duty.report_is_complete
        assert (case.status, case.ending) == (CaseStatus.FINISHED, "已备案登记")
        kinds = work.session.scalars(
            sa.select(Event.kind).where(
                Event.case_id == case_id, Event.kind.startswith("filing.")
            )
        ).all()
    assert kinds == ["filing.obliged", "filing.submitted", "filing.registered"]


def test_a_number_is_given_where_none_is_typed(press: Press, as_: As) -> None:
    filings = [press.publish(day("06-01"))[0] for _ in range(2)]
    for filing in filings:
        press.submit(filing, day("06-10"))
        press.register(filing, day("06-12"), materials_complete="no")
    with as_(None) as work:
        duties = [work.get(FilingObligation, filing) for filing in filings]
        numbers = [duty.register_number for duty in duties]
        assert numbers == ["六司备〔2026〕1号", "六司备〔2026〕2号"]
        assert not any(duty.report_is_complete for duty in duties)


@pytest.mark.parametrize(
    ("published", "due"),
    [
        ("02-03", "02-24"),  # the last day falls into the Spring Festival
        ("03-10", "03-25"),
        ("09-10", "09-28"),  # the Mid-Autumn holiday
        ("01-15", "01-30"),
    ],
)
def test_the_due_day_is_counted_from_publication(
    press: Press, as_: As, published: str, due: str
) -> None:
    (filing,) = press.publish(day(published))
    with as_(None) as work:
        assert work.get(FilingObligation, filing).due_on == day(due)


def test_filed_late_is_late_for_ever(press: Press, as_: As) -> None:
    (filing,) = press.publish(day("03-10"))
    assert status(as_, filing, "03-25") is ObligationStatus.NOT_DUE
    assert status(as_, filing, "03-26") is ObligationStatus.OVERDUE_UNFILED

    press.submit(filing, day("03-27"))
    press.register(filing, day("03-30"))

    assert status(as_, filing, "03-26") is ObligationStatus.OVERDUE_UNFILED
    assert status(as_, filing, "03-30") is ObligationStatus.LATE


def test_a_correction_in_time_keeps_the_day_of_filing(press: Press, as_: As) -> None:
    (filing,) = press.publish(day("04-13"))
    press.submit(filing, day("04-20"))
    press.request_correction(filing, day("04-22"))
    press.correct(filing, day("04-27"))
    press.register(filing, day("04-30"))

    with as_(None) as work:
        (correction,) = work.get(FilingObligation, filing).corrections
        assert (correction.notice_on, correction.due_on) == (day("04-22"), day("04-29"))
        assert (correction.corrected_on, correction.lapsed_on) == (day("04-27"), None)
    assert status(as_, filing, "04-30") is ObligationStatus.ON_TIME


def test_a_lapsed_correction_counts_as_not_in_time(press: Press, as_: As) -> None:
    (filing,) = press.publish(day("05-11"))
    press.submit(filing, day("05-20"))
    press.request_correction(filing, day("05-22"))
    assert status(as_, filing, "05-29") is ObligationStatus.ON_TIME
    assert status(as_, filing, "05-30") is ObligationStatus.LATE_UNREGISTERED

    press.correct(filing, day("06-03"))  # the timer of 05-29 fires first
    press.register(filing, day("06-04"))

    with as_(None) as work:
        (correction,) = work.get(FilingObligation, filing).corrections
        assert correction.lapsed_on == day("05-29")
        told = sa.select(OutboxMessage.text).where(
            OutboxMessage.template == "filing_lapsed"
        )
        why = work.law.deadline("TL-16", day("05-22")).steps[1]
        assert all(why.text in text for text in work.session.scalars(told).all())
        assert work.session.scalars(told).first()
    assert status(as_, filing, "06-04") is ObligationStatus.LATE


def test_a_filing_by_the_wrong_route_does_not_count(press: Press, as_: As) -> None:
    (filing,) = press.publish(day("03-23"))
    press.submit(filing, day("04-01"))
    assert status(as_, filing, "04-01") is ObligationStatus.ON_TIME
    press.send_back(filing, day("04-03"))
    assert status(as_, filing, "04-03") is ObligationStatus.NOT_DUE
    assert status(as_, filing, "04-08") is ObligationStatus.OVERDUE_UNFILED

    press.submit(filing, day("04-07"))
    press.register(filing, day("04-08"))

    with as_(None) as work:
        duty = work.get(FilingObligation, filing)
        assert [s.returned_on for s in duty.submissions] == [day("04-03"), None]
        assert not duty.standing.is_conforming(day("04-08"))
    assert status(as_, filing, "04-08") is ObligationStatus.ON_TIME

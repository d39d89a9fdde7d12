"""The receiver reviews what it registered; the maker mends what was found."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Refused
from reviewflow.model.case import Case, CaseStatus, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.document import Document
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview, FilingVerdict
from reviewflow.queries.letters import letter
from reviewflow.usecases.filing_reviews import begin_filing_review
from reviewflow.usecases.tasks import complete_task
from tests.cast import Cast
from tests.conftest import As
from tests.duties import FOUND, MENDED, Press, at, day
from tests.steps import TEXT, do_next, open_steps, waiting

CARRIED = {"final_text", "drafting_note", "basis_table"}


@pytest.fixture
def filing(press: Press) -> int:
    """A filing that was registered on 2 June, after it was sent on 29 May."""
    (filing,) = press.publish(day("05-20"))
    press.submit(filing, day("05-29"))
    press.register(filing, day("06-02"))
    return filing


def stored(as_: As, filing: int) -> FilingReview:
    with as_(None) as work:
        chosen = FilingReview.obligation_id == filing
        row = work.session.scalars(sa.select(FilingReview).where(chosen)).one()
        work.session.expunge_all()
        return row


def due_and_papers(as_: As, case_id: int) -> tuple[date | None, set[str]]:
    """Return by when it is to be reviewed, and what there is to read."""
    with as_(None) as work:
        tasks = sa.select(Task).where(Task.case_id == case_id)
        papers = sa.select(Document.role).where(Document.case_id == case_id)
        read = set(work.session.scalars(papers))
        return work.session.scalars(tasks).one().due_on, read & CARRIED


def met(as_: As, case_id: int) -> list[date | None]:
    """Return when the clocks of a review were met."""
    with as_(None) as work:
        clocks = sa.select(CaseDeadline.met_on).where(
            CaseDeadline.case_id == case_id, CaseDeadline.limit_id == "TL-18"
        )
        return list(work.session.scalars(clocks))


def test_nothing_is_found_and_the_filing_tells_of_it(
    press: Press, as_: As, cast: Cast, filing: int
) -> None:
    case_id = press.review(filing)
    assert due_and_papers(as_, case_id) == (day("07-02"), CARRIED)
    ask = {"outcome": "ASK", "reason": "请说明第九条的依据。"}
    do_next(as_, cast, case_id, "review_filing", at(day("06-11")), **ask)
    do_next(as_, cast, case_id, "explain_document", at(day("06-12")), note=TEXT)
    good = {"outcome": "LAWFUL", "reason": TEXT}
    do_next(as_, cast, case_id, "review_filing", at(day("06-15")), **good)

    row = stored(as_, filing)
    assert (row.verdict, row.decided_on) == (FilingVerdict.LAWFUL, day("06-15"))
    assert met(as_, case_id) == [day("06-15")]
    with as_(None) as work:
        case = work.get(Case, case_id)
        assert (case.status, case.ending) == (
            CaseStatus.FINISHED,
            "审查办结，未发现问题",
        )
        told = sa.select(Event.kind).where(
            Event.case_id == work.get(FilingObligation, filing).case_id,
            Event.kind.in_(["filing.review_begun", "filing.reviewed"]),
        )
        assert list(work.session.scalars(told)) == [
            "filing.review_begun",
            "filing.reviewed",
        ]


def test_what_is_found_is_mended_in_thirty_days(
    press: Press, as_: As, cast: Cast, filing: int
) -> None:
    case_id = press.review(filing)
    do_next(as_, cast, case_id, "review_filing", at(day("07-02")), **FOUND)
    row = stored(as_, filing)
    assert (row.verdict, row.correct_by) == (FilingVerdict.PROBLEM, day("08-03"))
    with as_(press.reviewer(filing)) as work:
        said = letter(work, case_id, "filing_objection-1").body
        words = "".join(part.heading + part.text for part in said.paragraphs)
        assert "第九条“由指定单位维护”，公平竞争" in words
        assert "请于2026年8月3日前自行修改或者废止" in words
    do_next(as_, cast, case_id, "correct_document", at(day("07-20")), **MENDED)
    again = {"outcome": "AGAIN", "reason": TEXT}
    do_next(as_, cast, case_id, "confirm_correction", at(day("07-21")), **again)
    assert open_steps(as_, case_id) == ["correct_document"]
    do_next(as_, cast, case_id, "correct_document", at(day("07-29")), **MENDED)
    enough = {"outcome": "ENOUGH", "reason": TEXT}
    do_next(as_, cast, case_id, "confirm_correction", at(day("07-30")), **enough)
    row = stored(as_, filing)
    assert (row.reported_on, row.settled_on) == (day("07-29"), day("07-30"))


def test_it_begins_once_by_the_receiver_after_registration(
    press: Press, as_: As, cast: Cast, filing: int
) -> None:
    with (
        pytest.raises(Refused, match="备案机关的备案审查人"),
        as_(cast.department_filer) as work,
    ):
        begin_filing_review(work, filing)
    press.review(filing)
    with pytest.raises(Conflict, match="已经开始"):
        press.review(filing)
    (other,) = press.publish(day("06-01"))
    press.submit(other, day("06-02"))
    with (
        pytest.raises(Conflict, match="还没有备案登记"),
        as_(press.reviewer(filing)) as work,
    ):
        begin_filing_review(work, other)


def test_whoever_filed_it_does_not_review_it(press: Press, as_: As) -> None:
    both = press.both_hands()
    (filing,) = press.publish(day("05-20"))
    press.submit(filing, day("05-29"))
    press.register(filing, day("06-02"))
    with (
        pytest.raises(Refused, match="应当回避"),
        as_(both, at(day("06-10"))) as work,
    ):
        begin_filing_review(work, filing)
    task_id = waiting(as_, press.review(filing), "review_filing")
    with (
        pytest.raises(Refused, match="应当回避"),
        as_(both, at(day("06-11"))) as work,
    ):
        complete_task(work, task_id, {"outcome": "LAWFUL", "reason": TEXT})

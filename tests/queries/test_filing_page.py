import pytest

from reviewflow.errors import Missing
from reviewflow.queries.filing_page import filing_page
from reviewflow.queries.lamps import Urgency
from reviewflow.queries.standings import Stage
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.duties import Press, at, day
from tests.web.statements import counted


def test_as_many_statements_for_a_filing_with_a_long_history(
    press: Press, runtime: Runtime, cast: Cast
) -> None:
    (short,), (long,) = press.publish(day("04-13")), press.publish(day("04-13"))
    press.submit(short, day("04-20"))
    press.submit(long, day("04-20"))
    for first, second in (("04-21", "04-22"), ("04-23", "04-24")):
        press.request_correction(long, day(first))
        press.correct(long, day(second))

    def statements(filing: int) -> int:
        with runtime.read(cast.city_filing_reviewer, at(day("04-27"))) as work:
            filing_page(work, long)  # what is kept between requests is read
        with (
            runtime.read(cast.city_filing_reviewer, at(day("04-27"))) as work,
            counted(runtime) as sent,
        ):
            page = filing_page(work, filing)
            assert page.form is not None
        return len(sent)

    assert statements(short) == statements(long)


def test_a_filing_has_its_package_clocks_and_history(
    press: Press, runtime: Runtime, cast: Cast
) -> None:
    (filing,) = press.publish(day("05-11"))
    press.submit(filing, day("05-20"))
    press.request_correction(filing, day("05-22"))
    with runtime.read(cast.department_filer, at(day("05-25"))) as work:
        page = filing_page(work, filing)
        assert page.form is not None
        assert page.form.step == "correct_filing"
        assert [item.role for item in page.package if item.document] == [
            "final_text",
            "drafting_note",
            "basis_table",
        ]
        assert [(c.limit.id, c.row.met_on, c.lamp.state) for c in page.clocks] == [
            ("TL-13", day("05-20"), Urgency.NONE),
            ("TL-16", None, Urgency.FINE),
        ]
        assert page.clocks[1].deadline.due_on == day("05-29")
        assert [e.kind for e in page.events if e.kind.startswith("filing.")] == [
            "filing.obliged",
            "filing.submitted",
            "filing.correction_requested",
        ]
        assert page.receipt is None
        assert page.row.stage is Stage.CORRECTING


def test_a_filing_one_may_not_see_is_missing(
    press: Press, runtime: Runtime, cast: Cast
) -> None:
    (filing,) = press.publish(day("05-11"))
    for stranger in (cast.other_drafter, cast.filing_reviewer, cast.admin):
        with runtime.read(stranger) as work, pytest.raises(Missing):
            filing_page(work, filing)

"""Yearly reports: who writes what into them, and as of which day they are told."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.people import Role
from reviewflow.model.report import ReportText
from reviewflow.queries.report_blocks import Asked
from reviewflow.queries.report_dues import usual_day
from reviewflow.queries.report_outlines import outlines
from reviewflow.queries.reports import (
    PRINTED,
    Chapter,
    report_index,
    report_page,
    wanted_report,
)
from reviewflow.usecases.people import give_post
from reviewflow.usecases.reports import write_report_text
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at
from tests.steps import NOON_MONDAY, bring_to, do_next, new_case, open_steps
from tests.usecases.test_reviews import REVISE

LATER = datetime(2026, 4, 20, 4, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 2, 1, 4, tzinfo=UTC)
WORDS = "某市拟设定罚款，经审查删去。"


def write(as_: As, cast: Cast, who: int, year: int = 2026, **said: Any) -> int:
    typed = {"report": "review", "passage": "cases", "text": WORDS, "read": "0"}
    organ = {"organ": str(cast.units["city"])}
    with as_(who) as work:
        row = write_report_text(
            work, year, {**typed, **organ, **said}, outlines().reports
        )
        return row.id


def asked(as_: As, who: int, year: int = 2026) -> dict[str, Asked]:
    with as_(who) as work:
        page = report_page(work, wanted_report(work, year, {"report": "review"}))
        blocks = [block for chapter in page.chapters for block in chapter.blocks]
        found = {one.asking.id: one for one in blocks if isinstance(one, Asked)}
        assert [one.asking.id for one in page.missing] == [
            name for name, one in found.items() if one.written is None
        ]
        return found


def told(as_: As, who: int, at_: datetime, as_of: date) -> Sequence[Chapter]:
    with as_(who, at_) as work:
        raw = {"as_of": str(as_of)}
        wanted = wanted_report(work, as_of.year, raw)
        return report_page(work, wanted, PRINTED).chapters


def test_what_is_written_stands_in_the_report_and_every_wording_is_kept(
    as_: As, cast: Cast
) -> None:
    assert asked(as_, cast.signer)["cases"].missing == "〔待补充：典型案例〕"
    first = write(as_, cast, cast.handler, text="第一稿。\r\n第二段。")
    assert asked(as_, cast.auditor)["cases"].paragraphs == ["第一稿。", "第二段。"]
    second = write(as_, cast, cast.signer, read=str(first))

    found = asked(as_, cast.handler)["cases"]
    assert found.paragraphs == [WORDS]
    assert found.written is not None
    assert found.written.written_by_id == cast.signer
    with as_(None) as work:
        texts = work.session.scalars(sa.select(ReportText.text)).all()
        assert texts == ["第一稿。\n第二段。", WORDS]
    with as_(cast.signer) as work:
        lines = {(one.year, one.outline.key): one for one in report_index(work)}
        missing = ["存在的不足及原因", "下一步工作安排"]
        assert lines[2026, "review"].missing == missing
    with (
        pytest.raises(sa.exc.IntegrityError, match="is history"),
        as_(None) as work,
    ):
        work.get(ReportText, first).text = "别的话"
    write(as_, cast, cast.signer, read=str(second), text=" ")
    assert asked(as_, cast.signer)["cases"].written is None


def test_who_read_an_older_wording_does_not_write_over_it(as_: As, cast: Cast) -> None:
    write(as_, cast, cast.handler)
    with pytest.raises(Conflict, match="赵敏已经改写"):
        write(as_, cast, cast.signer, text="另一段。")


def test_saving_the_same_words_again_is_refused(as_: As, cast: Cast) -> None:
    first = write(as_, cast, cast.handler)
    with pytest.raises(Conflict, match="没有变化"):
        write(as_, cast, cast.handler, read=str(first))


def test_only_reviewers_write_and_strangers_find_nothing(as_: As, cast: Cast) -> None:
    with as_(None) as work:
        give_post(work, cast.unit_head, Role.UNIT_HEAD, cast.units["justice"])
    for reader in (cast.auditor, cast.decision_head, cast.unit_head):
        assert asked(as_, reader)["cases"].written is None
        with pytest.raises(Refused):
            write(as_, cast, reader)
    with pytest.raises(Refused):  # writes the report on filing review only
        write(as_, cast, cast.city_filing_reviewer)
    write(as_, cast, cast.city_filing_reviewer, report="filing")
    for stranger in (cast.drafter, cast.filing_reviewer, cast.admin, cast.counsel):
        with pytest.raises(Missing):
            write(as_, cast, stranger)
    for stranger in (cast.drafter, cast.admin, cast.congress_reviewer):
        with as_(stranger) as work, pytest.raises(Refused):
            report_index(work)


@pytest.mark.parametrize(
    "said",
    [{"report": "none"}, {"passage": "none"}, {"organ": "1000000"}, {"organ": "x"}],
)
def test_what_is_not_there_cannot_be_written(
    as_: As, cast: Cast, said: dict[str, Any]
) -> None:
    with pytest.raises(Missing):
        write(as_, cast, cast.signer, **said)


def test_a_year_to_come_has_no_report(as_: As, cast: Cast) -> None:
    with pytest.raises(Missing):
        write(as_, cast, cast.signer, year=2027)
    with as_(cast.signer) as work, pytest.raises(Missing):
        wanted_report(work, 2027, {})


def test_a_passage_has_an_end(as_: As, cast: Cast) -> None:
    with pytest.raises(Invalid, match="最多") as caught:
        write(as_, cast, cast.signer, text="长" * 20_001)
    assert caught.value.errors.keys() == {"text"}


def test_a_report_as_of_a_day_does_not_change_with_what_comes_later(
    press: Press, as_: As, cast: Cast
) -> None:
    late, running = (press.publish(date(2026, 1, day))[0] for day in (12, 20))
    press.submit(running, date(2026, 1, 29))
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "sign_opinion", draft_opinion=REVISE)
    do_next(as_, cast, case_id, "sign_opinion")
    other_id = new_case(as_, cast)
    bring_to(as_, cast, other_id, "sign_opinion")
    day = NOON_MONDAY.date()
    before = told(as_, cast.auditor, NOON_MONDAY, day)
    said = str(before)
    assert "逾期未报" in said
    assert "六安市农村自建房屋安全管理办法" in said

    press.submit(late, date(2026, 4, 1))
    press.register(running, date(2026, 4, 2))
    press.publish(date(2026, 3, 10))
    do_next(as_, cast, other_id, "sign_opinion", LATER)
    both = [{"finding_id": number, "adoption": "FULL"} for number in (1, 2)]
    changed = {"adoptions": both, "material_change": "no"}
    do_next(as_, cast, case_id, "revise_draft", LATER, **changed)
    for _ in range(3):
        do_next(as_, cast, case_id, open_steps(as_, case_id)[0], LATER)

    assert told(as_, cast.auditor, NEXT_YEAR, day) == before
    assert told(as_, cast.auditor, NEXT_YEAR, date(2026, 12, 31)) != before


def test_a_year_is_told_as_of_the_end_of_its_last_limit(as_: As, cast: Cast) -> None:
    with as_(cast.signer) as work:
        assert usual_day(work, 2025) == date(2026, 1, 30)  # a rule of 31 December
        assert usual_day(work, 2026) == work.today
        for typed in ("2026-03-03", "2025-12-31", "三月"):
            with pytest.raises(Invalid) as caught:
                wanted_report(work, 2026, {"as_of": typed})
            assert caught.value.errors.keys() == {"as_of"}


def test_each_report_says_by_when_it_is_owed(as_: As, cast: Cast) -> None:
    with as_(cast.signer, at(date(2026, 3, 2))) as work:
        found = {
            one.outline.key: [str(due.deadline.due_on) for due in one.dues]
            for one in report_index(work)
            if one.year == 2025
        }
    assert found == {
        "review": ["2026-03-31"],
        "filing": [],
        "law": ["2026-02-28", "2026-03-31"],
    }

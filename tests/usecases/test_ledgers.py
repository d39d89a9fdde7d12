"""A ledger of the past: every row or none, on its days, marked, and only once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.model.case import Task
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.model.publication import Publication
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.filing_page import filing_page
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Group, Question
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import AS_OF
from tests.duties import Press, at
from tests.ledgers import NOW, bring_in, duty_of, example_rows, plain_row
from tests.queries.oracle import COUNTS, FIGURES, RATES

Document = Mapping[str, Any]


def count(runtime: Runtime, table: type) -> int:
    with runtime.read(None) as work:
        return work.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def duty(runtime: Runtime) -> FilingObligation:
    with runtime.read(None, NOW) as work:
        return work.session.scalars(sa.select(FilingObligation)).unique().one()


def rates(part: Document) -> dict[str, Document]:
    found = [*part["indicators"]]
    found += [other for row in found for other in row["alternatives"]]
    return {row["id"]: row for row in found}


def test_the_rates_are_right_from_day_one(empty_city: Runtime) -> None:
    assert len(bring_in(empty_city, example_rows()).fresh) == 16
    fire_due_timers(empty_city, NOW)

    for group in (Group.LEVEL, Group.QUARTER):
        with empty_city.read(None, NOW) as work:
            found = document(indicators(work, Question(AS_OF, group=group)))
        parts = {part["key"]: part for part in found["groups"]} | {"total": found}
        for (of, key), (counts, expected) in FIGURES.items():
            if of != group and key != "total":
                continue
            told = rates(parts[key])
            assert tuple(parts[key]["counts"][name] for name in COUNTS) == counts
            assert tuple(told[name]["value"] for name in RATES) == expected
            assert told["I-5"]["denominator"] == 0  # no ledger tells of it
    with empty_city.read(None, NOW) as work:
        assert verify(work) == []
    assert count(empty_city, OutboxMessage) == 0


def test_what_was_known_then_is_told_apart(runtime: Runtime, press: Press) -> None:
    (own,) = press.publish(date(2026, 3, 4))
    day = date(2026, 3, 31)
    with runtime.read(None, NOW) as work:
        before = document(indicators(work, Question(day)))
    row = plain_row(
        公布日期=date(2026, 3, 11),
        施行日期=date(2026, 5, 1),
        报送日期=date(2026, 3, 20),
        登记日期=date(2026, 3, 23),
    )
    bring_in(runtime, [row], "admin")

    with runtime.read(None, NOW) as work:
        after = document(indicators(work, Question(day)))
    assert rates(before)["I-1"]["denominator_ids"] == [own]
    told = rates(after)["I-1"]
    added = set(told["denominator_ids"]) - {own}
    assert set(told["backfilled_ids"]) == added == {duty_of(runtime, 1)}
    assert (told["value"], after["counts"]["backfilled"]) == ("50.00", 1)


def test_the_same_ledger_again_changes_nothing(runtime: Runtime) -> None:
    rows = [plain_row(1), plain_row(2)]
    bring_in(runtime, rows, "admin")
    written = count(runtime, Event)
    other_words = plain_row(1, 公布日期="2024年3月11日", 制定机关="市住建局")

    again = bring_in(runtime, [other_words, plain_row(2)], "admin")
    assert (len(again.fresh), again.known) == (0, 2)
    assert count(runtime, Event) == written
    assert len(bring_in(runtime, [*rows, plain_row(3)], "admin").fresh) == 1

    changed = plain_row(2, 报送日期=date(2024, 3, 21))
    with pytest.raises(Invalid, match="处需要更正") as refused:
        bring_in(runtime, [plain_row(4), changed], "admin")
    (sentence,) = refused.value.errors.values()
    assert "已经补录，这一行与补录的内容不同" in sentence
    assert count(runtime, LibraryDocument) == 3


def test_a_document_of_the_system_is_not_entered_again(
    runtime: Runtime, press: Press
) -> None:
    press.publish(date(2026, 3, 4))
    with runtime.read(None) as work:
        number = work.session.scalars(sa.select(Publication.doc_number)).one()
    with pytest.raises(Invalid) as refused:
        bring_in(runtime, [plain_row(文号=number)], "admin")
    (sentence,) = refused.value.errors.values()
    assert "不是补录的，请从台账中删去" in sentence


def test_what_is_entered_says_when_and_by_whom(runtime: Runtime, cast: Cast) -> None:
    bring_in(runtime, [plain_row(审查日期=date(2024, 2, 1), 审查结论="合法")], "admin")
    with runtime.read(cast.admin, NOW) as work:
        page = filing_page(work, duty_of(runtime, 1))
        assert page.entry is not None
        assert page.entry.ledger.imported_by_id == cast.admin
        assert (page.entry.number, page.entry.review_conclusion) == (2, "LEGAL")
        assert page.entry.reviewed_on == date(2024, 2, 1)
        assert page.duty.publication.backfilled_at == NOW
        sent = next(e for e in page.events if e.kind == "filing.submitted")
        assert (sent.at, sent.effective_at) == (NOW, at(date(2024, 3, 20), 12))
        assert not page.duty.submissions[0].receipt_number
        assert page.duty.register_number == ""  # none is made up
        assert page.letters == []
        told = work.session.scalars(
            sa.select(Event).where(Event.kind == "ledger.imported")
        ).one()
        assert told.payload == {"name": "台账.xlsx", "row": 2, "sha256": "0" * 64}
        (entered,) = work.session.scalars(sa.select(LibraryDocument)).all()
        assert entered.entered_on == AS_OF


@pytest.mark.parametrize(
    ("cells", "status", "step"),
    [
        ({"报送日期": None}, ObligationStatus.OVERDUE_UNFILED, "prepare_filing"),
        ({}, ObligationStatus.ON_TIME, "examine_filing"),
        (
            {"补正通知日期": date(2024, 3, 22), "补正理由": "缺说明。"},
            ObligationStatus.LATE_UNREGISTERED,
            "correct_filing",
        ),
        (
            {"退回日期": date(2024, 3, 21)},
            ObligationStatus.OVERDUE_UNFILED,
            "prepare_filing",
        ),
        (
            {"退回日期": date(2024, 3, 21), "重新报送日期": date(2024, 3, 27)},
            ObligationStatus.LATE,
            "examine_filing",
        ),
    ],
)
def test_what_was_not_finished_waits_where_it_stood(
    runtime: Runtime,
    press: Press,
    cells: Mapping[str, Any],
    status: ObligationStatus,
    step: str,
) -> None:
    bring_in(runtime, [plain_row(登记日期=None, **cells)], "admin")
    assert fire_due_timers(runtime, NOW) == 0
    found = duty_of(runtime, 1)
    with runtime.read(None, NOW) as work:
        row = work.get(FilingObligation, found)
        assert row.standing.status(AS_OF) is status
        waiting = sa.select(Task.step).where(
            Task.case_id == row.case_id, Task.closed_at.is_(None)
        )
        assert work.session.scalars(waiting).all() == [step]
        assert work.session.scalars(sa.select(OutboxMessage)).all() == []
        assert verify(work) == []
    if step == "prepare_filing":
        press.submit(found, AS_OF)  # and goes on as any other
        assert duty(runtime).submissions[-1].receipt_number

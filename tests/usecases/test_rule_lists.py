"""规章目录: owed from 1 January by who makes rules, sent once, and late or not."""

import io
from datetime import date

import pytest

from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.library import LibraryDocument
from reviewflow.model.rule_list import RuleList
from reviewflow.queries.rule_lists import (
    OwedList,
    owed_lists,
    rule_list_year,
    rule_sheet,
)
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.rule_lists import keep_receipt, send_rule_list
from tests.cast import Cast
from tests.conftest import As
from tests.papers import at, published
from tests.rules import ORDER, bring_rule_to, settle_above
from tests.steps import word_file

NEW_YEAR, LAST = date(2027, 1, 1), date(2027, 1, 31)
"""That is a Sunday; a date of the year is not put off."""
SENT = {"year": "2026", "receiver": "司法部", "sent_on": "2027-01-20"}
ON = date(2027, 1, 20)


@pytest.fixture
def cast(cast: Cast, as_: As) -> Cast:
    """The cast of this module; the city has published a rule in March 2026."""
    wider = settle_above(as_, cast)
    bring_rule_to(as_, wider, "archive_file")
    return wider


def shown(as_: As, day: date) -> OwedList:
    with as_(None, at(day)) as work:
        (row,) = rule_list_year(work, 2026).rows
        return row


def send(as_: As, cast: Cast, who: int, on: date = ON, **typed: str) -> RuleList:
    said = {**SENT, "organ_id": str(cast.units["city"]), **typed}
    with as_(who, at(on)) as work:
        return send_rule_list(work, said)


def test_it_is_owed_from_new_year_with_a_deadline_that_explains_itself(
    as_: As, cast: Cast
) -> None:
    published(as_, cast)  # a document of a bureau is no rule
    assert shown(as_, date(2026, 12, 31)).state == "AHEAD"
    row = shown(as_, NEW_YEAR)
    assert (row.organ.id, row.state) == (cast.units["city"], "DUE")
    assert [one.publication.doc_number for one in row.documents] == [ORDER]
    with as_(cast.filer, at(NEW_YEAR)) as work:
        owed = owed_lists(work)
        assert [one.organ.id for one in owed.rows] == [cast.units["city"]]
        assert owed.deadline is not None
        assert owed.deadline.due_on == LAST
        assert any("1月31日" in step.text for step in owed.deadline.steps)
        assert rule_list_year(work, 2025).rows == []  # it made none by then
        assert [row[1] for row in rule_sheet(work, row.organ.id, 2026).rows] == [ORDER]
    with as_(cast.department_filer, at(NEW_YEAR)) as work:
        assert owed_lists(work).rows == []
    assert shown(as_, LAST).state == "DUE"
    assert shown(as_, date(2027, 2, 1)).state == "LATE"


def test_it_is_sent_once_and_its_receipt_kept(as_: As, cast: Cast) -> None:
    sent = send(as_, cast, cast.filer)
    assert shown(as_, ON).state == "SENT"
    with pytest.raises(Conflict, match="已经报送"):
        send(as_, cast, cast.filer)

    with as_(cast.filer, at(ON)) as work:
        paper = io.BytesIO(word_file("回执"))
        receipt = receive_upload(work.files, "回执.docx", paper)
        for day in ("2027-01-19", "2027-01-21", ""):
            with pytest.raises(Invalid) as refused:
                keep_receipt(work, sent.id, day, None)
            assert set(refused.value.errors) == {"received_on", "receipt"}
        kept = keep_receipt(work, sent.id, "2027-01-20", receipt)
        assert (kept.received_on, kept.receipt_name) == (ON, "回执.docx")
        with pytest.raises(Conflict, match="已经登记"):
            keep_receipt(work, sent.id, "2027-01-20", receipt)


def test_what_was_sent_after_its_last_day_stays_late(as_: As, cast: Cast) -> None:
    late = date(2027, 2, 1)
    send(as_, cast, cast.filer, late, sent_on=str(late))
    assert shown(as_, late).state == "SENT_LATE"


def test_a_rule_that_was_left_out_is_sent_after(as_: As, cast: Cast) -> None:
    bureau = published(as_, cast)
    send(as_, cast, cast.filer)
    with as_(None) as work:  # as if it had been registered later
        row = work.get(LibraryDocument, bureau)
        row.publication.kind_code = "ZFGZ"
        row.publication.maker_id = cast.units["city"]
    with as_(cast.filer, at(ON)) as work:
        (owed,) = owed_lists(work).rows
        assert [one.id for one in owed.left_out] == [bureau]
    send(as_, cast, cast.filer, date(2027, 3, 1), sent_on="2027-03-01")
    again = shown(as_, date(2027, 3, 1))
    assert (again.state, len(again.sent), again.left_out) == ("SENT", 2, [])


def test_only_its_filer_sends_it_whole_and_not_before_new_year(
    as_: As, cast: Cast
) -> None:
    for who in (cast.drafter, cast.publisher, cast.department_filer):
        with pytest.raises(Refused, match="报备人"):
            send(as_, cast, who)
    with pytest.raises(Conflict, match="还没有结束"):
        send(as_, cast, cast.filer, date(2026, 12, 31), sent_on="2026-12-31")
    wrong: tuple[tuple[dict[str, str], str], ...] = (
        ({"year": "2019"}, "year"),
        ({"organ_id": str(cast.units["housing"])}, "organ_id"),
        ({"receiver": " "}, "receiver"),
        ({"sent_on": "2027-01-21"}, "sent_on"),
        ({"sent_on": "2026-12-31"}, "sent_on"),
    )
    for typed, named in wrong:
        with pytest.raises(Invalid) as refused:
            send(as_, cast, cast.filer, ON, **typed)
        assert set(refused.value.errors) == {named}

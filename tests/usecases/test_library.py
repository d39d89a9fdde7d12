"""文件库: what is published comes in, what another document does to it follows."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.integrity.verify import verify
from reviewflow.model.event import Event
from reviewflow.model.library import (
    DocumentRelation,
    DocumentState,
    LibraryDocument,
    state_column,
)
from reviewflow.usecases.cases import withdraw_case
from reviewflow.usecases.library import change_document
from tests.cast import Cast
from tests.conftest import As
from tests.papers import TODAY, number_of, published, registering
from tests.steps import bring_to, days, do_next, new_case

CHANGE = {
    "sort": "REPEALS",
    "number": "",
    "effective_on": "2026-03-02",
    "basis": "局长办公会议决定",
}


def state(as_: As, document_id: int, day: date = TODAY) -> DocumentState:
    with as_(None) as work:
        return work.get(LibraryDocument, document_id).state_on(day)


def events(as_: As, document_id: int) -> list[str]:
    with as_(None) as work:
        case_id = work.get(LibraryDocument, document_id).case_id
        kinds = sa.select(Event.kind).where(Event.case_id == case_id)
        return list(work.session.scalars(kinds.order_by(Event.seq)))


def refused_at(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Invalid) as refusal:
        act()
    return set(refusal.value.errors)


def change(as_: As, who: int, document_id: int, **typed: str) -> None:
    with as_(who) as work:
        change_document(work, document_id, {**CHANGE, **typed})


def test_a_review_ends_in_the_library(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "archive_file")

    with as_(None) as work:
        row = work.session.scalars(sa.select(LibraryDocument)).one()
        assert (row.case_id, row.unit_id) == (case_id, cast.units["housing"])
        assert row.publication.doc_number == "六政〔2026〕8号"
        assert (row.valid_until, row.entered_on) == (date(2031, 4, 30), TODAY)


def test_a_registered_document_is_in_the_library_until_it_is_taken_back(
    as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast)
    with as_(None) as work:
        case_id = work.get(LibraryDocument, document_id).case_id

    with as_(cast.drafter) as work:
        withdraw_case(work, case_id, "登记有误。")

    with pytest.raises(Missing), as_(None) as work:
        work.get(LibraryDocument, document_id)


def test_what_changed_another_document_is_not_taken_back(as_: As, cast: Cast) -> None:
    old = published(as_, cast)
    new = published(as_, cast, replaces=number_of(as_, old))
    with as_(None) as work:
        case_id = work.get(LibraryDocument, new).case_id
    with pytest.raises(Conflict, match="关系"), as_(cast.drafter) as work:
        withdraw_case(work, case_id, "登记有误。")


@pytest.mark.parametrize(
    ("field", "after", "event"),
    [
        ("replaces", DocumentState.REPLACED, "document.replaced"),
        ("amends", DocumentState.AMENDED, "document.amended"),
        ("repeals", DocumentState.REPEALED, "document.repealed"),
    ],
)
def test_documents_named_at_publication_follow_from_the_day_of_effect(
    as_: As, cast: Cast, field: str, after: DocumentState, event: str
) -> None:
    first, second = published(as_, cast), published(as_, cast)
    named = f"{number_of(as_, first)}\n{number_of(as_, second)}"
    effective_on = TODAY + days(40)

    said: dict[str, Any] = {field: named, "effective_on": str(effective_on)}
    published(as_, cast, **said)

    for old in (first, second):
        assert state(as_, old, effective_on - days(1)) is DocumentState.IN_FORCE
        assert state(as_, old, effective_on) is after
        assert event in events(as_, old)
    with as_(None) as work:
        assert verify(work) == []


@pytest.mark.parametrize("named", ["六住建规〔2019〕1号", "关于住房的办法", "8号"])
def test_a_number_the_library_does_not_have_is_refused_whole(
    as_: As, cast: Cast, named: str
) -> None:
    case_id = registering(as_, cast)
    answers: dict[str, Any] = {
        "doc_number": "六住建规〔2026〕9号",
        "published_on": str(TODAY),
        "effective_on": str(TODAY),
        "early_reason": "急需施行。",
        "repeals": named,
    }

    def publish() -> None:
        do_next(as_, cast, case_id, "register_document", **answers)

    assert refused_at(publish) == {"repeals"}
    with as_(None) as work:
        assert work.session.scalars(sa.select(LibraryDocument)).all() == []


def test_what_has_ended_is_not_ended_again(as_: As, cast: Cast) -> None:
    document_id = published(as_, cast)
    change(as_, cast.publisher, document_id)
    assert state(as_, document_id) is DocumentState.REPEALED

    assert refused_at(lambda: change(as_, cast.publisher, document_id)) == {"sort"}
    number = number_of(as_, document_id)
    assert refused_at(lambda: published(as_, cast, amends=number)) == {"amends"}


def test_a_document_does_nothing_to_itself_and_none_change_each_other(
    as_: As, cast: Cast
) -> None:
    first = published(as_, cast)
    second = published(as_, cast, amends=number_of(as_, first))
    third = published(as_, cast, amends=number_of(as_, second))

    own = "六住建规〔2026〕77号"
    itself: dict[str, Any] = {"doc_number": own, "replaces": own}
    assert refused_at(lambda: published(as_, cast, **itself)) == {"replaces"}
    for changed in (second, third):
        typed = {"sort": "AMENDS", "number": number_of(as_, first)}

        def reverse(changed: int = changed, typed: dict[str, str] = typed) -> None:
            change(as_, cast.publisher, changed, **typed)

        assert refused_at(reverse) == {"sort"}
    with as_(None) as work:
        count = sa.select(sa.func.count(DocumentRelation.id))
        assert work.session.scalar(count) == 2


def test_a_bureau_does_not_repeal_what_the_government_made(as_: As, cast: Cast) -> None:
    bring_to(as_, cast, new_case(as_, cast), "archive_file")
    assert refused_at(lambda: published(as_, cast, repeals="六政〔2026〕8号")) == {
        "repeals"
    }


def test_the_government_replaces_what_its_bureau_made(as_: As, cast: Cast) -> None:
    document_id = published(as_, cast)
    said = {"replaces": number_of(as_, document_id)}
    bring_to(as_, cast, new_case(as_, cast), "archive_file", publish=said)
    assert state(as_, document_id, date(2026, 5, 1)) is DocumentState.REPLACED


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"sort": ""}, {"sort"}),
        ({"sort": "ELSE"}, {"sort"}),
        ({"sort": "REPLACES"}, {"number"}),
        ({"sort": "AMENDS"}, {"number"}),
        ({"number": "没有这一号"}, {"number"}),
        ({"effective_on": "昨天"}, {"effective_on"}),
        ({"effective_on": "2026-03-01"}, {"effective_on"}),
        ({"basis": " "}, {"basis"}),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], named: set[str]
) -> None:
    document_id = published(as_, cast)
    assert (
        refused_at(lambda: change(as_, cast.publisher, document_id, **typed)) == named
    )


def test_only_publisher_and_filer_of_the_maker_note_changes(
    as_: As, cast: Cast
) -> None:
    for who in (cast.drafter, cast.other_drafter, cast.handler, cast.filer):
        with pytest.raises(Refused):
            change(as_, who, published(as_, cast))
    for may in (cast.publisher, cast.department_filer):
        change(as_, may, published(as_, cast))


def test_a_document_without_a_last_day_never_runs_out(as_: As, cast: Cast) -> None:
    document_id = published(as_, cast)
    assert state(as_, document_id, date(2099, 1, 1)) is DocumentState.IN_FORCE


def test_the_database_computes_the_same_state_as_the_row(as_: As, cast: Cast) -> None:
    published(as_, cast, valid_until="2026-06-30")
    ended = published(as_, cast, valid_until="2026-06-30")
    change(as_, cast.publisher, ended, effective_on="2026-05-01")
    late = published(as_, cast, valid_until="2026-06-30")
    change(as_, cast.publisher, late, effective_on="2026-08-01")
    published(as_, cast, amends=number_of(as_, published(as_, cast)))

    for day in ("2026-03-01", "2026-03-02", "2026-04-30", "2026-05-01", "2026-06-30"):
        compare(as_, date.fromisoformat(day))
    for day in ("2026-07-01", "2026-08-01", "2027-01-01"):
        compare(as_, date.fromisoformat(day))


def compare(as_: As, day: date) -> None:
    with as_(None) as work:
        rows = work.session.execute(sa.select(LibraryDocument, state_column(day)))
        assert all(row.state_on(day) == computed for row, computed in rows.unique())

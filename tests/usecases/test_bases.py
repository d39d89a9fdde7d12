"""What a provision rests on: entered, changed, looked at again, never lost."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.basis import Basis
from reviewflow.model.event import Event
from reviewflow.queries.bases import latest_draft
from reviewflow.usecases.bases import (
    add_basis,
    change_basis,
    confirm_basis,
    follow_texts,
    remove_basis,
)
from reviewflow.usecases.basis_sheets import import_bases
from reviewflow.usecases.basis_tables import file_bases
from reviewflow.work import Work
from tests.bases import (
    LAW,
    OWN,
    REST,
    drafted,
    enter,
    history_of,
    page_of,
)
from tests.cast import Cast
from tests.conftest import As
from tests.steps import bring_to, do_next


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case whose draft has three provisions."""
    return drafted(as_, cast)


def test_every_provision_of_the_latest_draft_is_listed_with_its_rows(
    as_: As, cast: Cast, case_id: int
) -> None:
    enter(as_, cast, case_id, LAW, {**LAW, "source": "《民法典》第二百七十五条"}, OWN)
    page = page_of(as_, cast.drafter, case_id)
    shown = [(one.clause, len(one.rows)) for one in page.provisions]
    assert shown == [("第一条", 0), ("第二条", 2), ("第三条", 1)]
    assert page.provisions[1].text == "新建建筑物应当配建停车位。"
    assert (page.missing, page.marked, page.is_complete) == (["第一条"], 0, False)

    enter(as_, cast, case_id, {**LAW, "clause": "第 1 条", "nature": "EXECUTE"})

    page = page_of(as_, cast.drafter, case_id)
    assert (page.missing, page.is_complete) == ([], True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({**LAW, "clause": ""}, "clause"),
        ({**LAW, "clause": "第九条"}, "clause"),  # not in the draft
        ({**LAW, "nature": "MAYBE"}, "nature"),
        ({**LAW, "source": " "}, "source"),
        ({**LAW, "source": "长" * 301}, "source"),
        ({**LAW, "quote": ""}, "quote"),
        ({**LAW, "quote": "长" * 5001}, "quote"),
        ({**LAW, "nature": "EXECUTE", "quote": ""}, "quote"),
        ({**OWN, "note": " \x00"}, "note"),  # no basis, so a statement
        ({**OWN, "note": "长" * 2001}, "note"),
        ({**OWN, "source": LAW["source"]}, "nature"),  # a basis, so not of its own
    ],
)
def test_a_row_that_breaks_a_rule_is_refused(
    as_: As, cast: Cast, case_id: int, typed: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused, as_(cast.drafter) as work:
        add_basis(work, case_id, typed, latest_draft(work, case_id))
    assert list(refused.value.errors) == [field]
    assert history_of(as_, case_id) == []


def test_the_same_row_is_not_entered_twice(as_: As, cast: Cast, case_id: int) -> None:
    enter(as_, cast, case_id, LAW)
    with pytest.raises(Invalid, match="没有重复添加"):
        enter(as_, cast, case_id, LAW)


def test_what_is_changed_or_taken_out_stays_on_record(
    as_: As, cast: Cast, case_id: int
) -> None:
    first, second = enter(as_, cast, case_id, LAW, OWN)
    with as_(cast.drafter) as work:
        said = {**LAW, "source": "《民法典》"}
        change_basis(work, case_id, first, said, latest_draft(work, case_id))
    with as_(cast.drafter) as work:
        remove_basis(work, case_id, second)

    law, new = LAW["source"], "《民法典》"
    assert history_of(as_, case_id) == [
        ("第二条", law, True, None),
        ("第三条", OWN["note"], True, None),
        ("第二条", new, False, first),
    ]
    with as_(None) as work:
        select = sa.select(Event.kind).where(Event.kind.startswith("bases."))
        kinds = work.session.scalars(select.order_by(Event.seq)).all()
    assert kinds == ["bases.added", "bases.added", "bases.changed", "bases.removed"]


def test_who_changes_what_another_has_changed_is_told_who_did(
    as_: As, cast: Cast, case_id: int
) -> None:
    (row,) = enter(as_, cast, case_id, LAW)
    with as_(cast.drafter) as work:
        said = {**LAW, "note": "先改的。"}
        change_basis(work, case_id, row, said, latest_draft(work, case_id))
    acts: tuple[Callable[[Work], Any], ...] = (
        lambda work: change_basis(work, case_id, row, LAW, None),
        lambda work: remove_basis(work, case_id, row),
        lambda work: confirm_basis(work, case_id, row, None),
    )
    for act in acts:
        with (
            pytest.raises(Conflict, match=r"由.+于 03-02 12:00 更改"),
            as_(cast.drafter) as work,
        ):
            act(work)
    texts = [text for _, text, _, _ in history_of(as_, case_id)]
    assert texts == [LAW["source"], LAW["source"] + "先改的。"]


def test_of_eight_changes_at_once_one_counts(as_: As, cast: Cast, case_id: int) -> None:
    (row,) = enter(as_, cast, case_id, LAW)

    def change(number: int) -> str:
        try:
            with as_(cast.drafter) as work:
                said = {**LAW, "note": f"第{number}人"}
                change_basis(work, case_id, row, said, latest_draft(work, case_id))
        except Conflict:
            return "conflict"
        return "changed"

    with ThreadPoolExecutor(8) as pool:
        outcomes = Counter(pool.map(change, range(8)))

    assert outcomes == {"changed": 1, "conflict": 7}
    assert len(history_of(as_, case_id)) == 2


def acts_on(case_id: int, row: int) -> list[Callable[[Work], Any]]:
    line = (2, {"条款": "第一条", "说明": "自设：试。"})
    return [
        lambda work: add_basis(work, case_id, OWN, None),
        lambda work: change_basis(work, case_id, row, LAW, None),
        lambda work: remove_basis(work, case_id, row),
        lambda work: confirm_basis(work, case_id, row, None),
        lambda work: follow_texts(work, case_id, None),
        lambda work: import_bases(work, case_id, [line], None),
        lambda work: file_bases(work, case_id, None, "", None),  # type: ignore[arg-type] # refused before
    ]


def test_only_the_drafting_unit_keeps_the_table(
    as_: As, cast: Cast, case_id: int
) -> None:
    (row,) = enter(as_, cast, case_id, LAW)
    for act in acts_on(case_id, row):
        with pytest.raises(Missing), as_(cast.other_drafter) as work:
            act(work)
        with pytest.raises(Refused), as_(cast.auditor) as work:
            act(work)
    for who, seen in ((cast.other_drafter, 0), (cast.drafter, 1), (cast.auditor, 1)):
        with as_(who) as work:
            assert len(work.session.scalars(sa.select(Basis.id)).all()) == seen
    other = drafted(as_, cast)
    with pytest.raises(Missing), as_(cast.drafter) as work:
        change_basis(work, other, row, LAW, None)
    assert page_of(as_, cast.auditor, case_id).can_work is False


def test_rows_rest_from_the_submission_until_the_draft_comes_back(
    as_: As, cast: Cast, case_id: int
) -> None:
    (row,) = enter(as_, cast, case_id, LAW)
    bring_to(as_, cast, case_id, "sign_submission")
    enter(as_, cast, case_id, OWN)  # it has not been sent yet

    bring_to(as_, cast, case_id, "accept_submission")

    for act in acts_on(case_id, row):
        with (
            pytest.raises(Conflict, match="退回修改或者补正"),
            as_(cast.drafter) as work,
        ):
            act(work)
    assert page_of(as_, cast.handler, case_id).can_work is False
    said = {"outcome": "SUPPLEMENT", "reason": "缺少依据文本。"}
    do_next(as_, cast, case_id, "accept_submission", **said)
    enter(as_, cast, case_id, REST[0])
    assert page_of(as_, cast.drafter, case_id).is_complete

    note = {"note": "已补充。"}
    bring_to(as_, cast, case_id, "archive_file", supplement_materials=note)
    with pytest.raises(Conflict), as_(cast.drafter) as work:
        remove_basis(work, case_id, row)

"""The register of counsel: who keeps it, what it says, whom it leaves out."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid, Missing, Refused
from reviewflow.model.access import AuditRecord
from reviewflow.model.case import Case
from reviewflow.model.counsel import Counsel
from reviewflow.queries.counsels import Workload, list_counsels
from reviewflow.queries.offers import offers_for
from reviewflow.usecases.counsels import enter_counsel
from tests.cast import Cast
from tests.conftest import As
from tests.counsels import advise, asked, engage_others
from tests.steps import bring_to, do_next, new_case

ENTRY = {
    "sort": "ADVISER",
    "fields": "行政法、房地产",
    "licence": "13401201010123456",
    "firm": "安徽皋城律师事务所",
    "term_from": "2026-01-01",
    "term_to": "2028-12-31",
}


@pytest.mark.parametrize("keeper", ["admin", "review_intake", "signer"])
def test_who_keeps_the_register_enters_a_counsel(
    as_: As, cast: Cast, keeper: str
) -> None:
    with as_(cast.people[keeper]) as work:
        enter_counsel(work, cast.counsel, ENTRY)
        enter_counsel(work, cast.counsel, {**ENTRY, "sort": "PUBLIC_LAWYER"})

    with as_(None) as work:
        row = work.session.scalars(sa.select(Counsel)).one()
        noted = sa.select(AuditRecord).where(AuditRecord.kind == "counsel.entered")
        assert len(work.session.scalars(noted).all()) == 2
    assert (row.sort, row.fields) == ("PUBLIC_LAWYER", "行政法、房地产")


@pytest.mark.parametrize("stranger", ["handler", "counsel", "drafter", "auditor"])
def test_others_only_read_it(as_: As, cast: Cast, stranger: str) -> None:
    with pytest.raises(Refused), as_(cast.people[stranger]) as work:
        enter_counsel(work, cast.counsel, ENTRY)
    with as_(cast.people[stranger]) as work:
        assert [row.user.id for row in list_counsels(work)] == [cast.counsel]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("sort", "JUDGE"),
        ("fields", " "),
        ("licence", ""),
        ("firm", "所" * 201),
        ("term_from", ""),
        ("term_from", "去年"),
        ("term_to", "2025-12-31"),
    ],
)
def test_an_entry_says_everything(as_: As, cast: Cast, field: str, wrong: str) -> None:
    with pytest.raises(Invalid) as refused, as_(cast.admin) as work:
        enter_counsel(work, cast.counsel, {**ENTRY, field: wrong})
    assert list(refused.value.errors) == [field]


def test_nobody_is_entered_who_is_no_counsel(as_: As, cast: Cast) -> None:
    for user_id in (cast.handler, 0, 10**9, 2**70):
        with pytest.raises(Missing), as_(cast.admin) as work:
            enter_counsel(work, user_id, ENTRY)


@pytest.mark.parametrize(
    "term",
    [
        {"term_to": "2026-03-01"},  # yesterday was the last day
        {"term_from": "2026-03-03"},
    ],
)
def test_who_is_not_in_term_is_neither_offered_nor_asked(
    as_: As, cast: Cast, term: dict[str, str]
) -> None:
    cast = engage_others(as_, cast)
    with as_(cast.admin) as work:
        enter_counsel(work, cast.counsel, ENTRY | term)
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "appoint_counsel")

    with as_(cast.handler) as work:
        case = work.get(Case, case_id)
        form = work.process(case).kind.forms["appoint_counsel"]
        offers = offers_for(work, form.fields, case, case.unit)
    for name in ("counsel_id", "other_counsel_ids"):
        assert [one[0] for one in offers[name]] == [cast.second, cast.third]
    with pytest.raises(Invalid, match="不在聘期内"):
        do_next(as_, cast, case_id, "appoint_counsel")
    do_next(
        *(as_, cast, case_id, "appoint_counsel"),
        manner="DRAW",
        number=2,
        counsel_id="",
    )


def test_the_last_day_of_the_term_still_counts(as_: As, cast: Cast) -> None:
    with as_(cast.admin) as work:
        enter_counsel(work, cast.counsel, {**ENTRY, "term_to": "2026-03-02"})
    asked(as_, cast)


def test_the_register_counts_what_everybody_was_asked(as_: As, cast: Cast) -> None:
    cast = engage_others(as_, cast)
    first = asked(as_, cast, cast.second)
    asked(as_, cast)
    advise(as_, first, cast.counsel)
    advise(as_, first, cast.second, no_conflict="no")

    with as_(cast.counsel) as work:
        loads = {row.user.id: row.load for row in list_counsels(work)}
    assert loads[cast.counsel] == Workload(open=1, done=1, in_time=1)
    assert loads[cast.second] == Workload()  # a declaration is no opinion

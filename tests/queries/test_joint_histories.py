"""The thousand random histories in the database: joint documents count once."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.people import Unit
from reviewflow.model.publication import JointMaker, Publication
from reviewflow.queries.counted_rows import rows_of
from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import Figures, indicators
from reviewflow.queries.question import Group, Question
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import As
from tests.queries.histories import History, Reference, histories
from tests.queries.history_rows import LAW, THEN, asked, sent
from tests.queries.test_histories import COUNT, DAYS, MADE_UP, OFF

RATES = {one.id: one for one in book().each()}


def enter(work: Work, cast: Cast, found: Iterable[History]) -> None:
    """Enter histories; makers are units by their ids, the first is in charge."""
    process = work.processes.latest(work.session, "published_document").version_id
    for one in found:
        case, filing = (
            Case(
                number=f"{one.id}-{kind}",
                kind=kind,
                kind_code="BMGFXWJ",
                process_version_id=process,
                title=f"第{one.id}号文件",
                unit_id=one.makers[0],
                issuing_organ_id=one.makers[0],
                drafter_id=cast.auditor,
                status=CaseStatus.RUNNING,
                phase="报备中",
                facts={},
                state="",
                started_at=THEN,
            )
            for kind in ("published_document", "filing")
        )
        work.session.add_all([case, filing])
        work.session.flush()
        work.session.add(duty(one, published(one, case), filing.id, cast))
    work.session.flush()


def published(one: History, case: Case) -> Publication:
    return Publication(
        case_id=case.id,
        kind_code=case.kind_code,
        title=case.title,
        doc_number=f"六规〔2026〕{one.id}号",
        register_number="",
        maker_id=one.makers[0],
        published_on=one.published,
        recorded_at=THEN,
        joint_makers=[
            JointMaker(unit_id=unit_id, position=place)
            for place, unit_id in enumerate(one.makers[1:], start=1)
        ],
    )


def duty(
    one: History, publication: Publication, case_id: int, cast: Cast
) -> FilingObligation:
    found = FilingObligation(
        id=one.id,
        case_id=case_id,
        publication=publication,
        chain=Chain.GOV,
        route_id="FR-DEPARTMENT-GOV",
        limit_id="TL-13",
        maker_id=one.makers[0],
        authority_id=cast.units["province"],
        published_on=one.published,
        due_on=LAW.deadline("TL-13", one.published).due_on,
        exempt_reason="无须报备" if one.exempt else "",
        registered_on=one.registered,
        report_is_complete=one.is_complete,
        created_at=THEN,
        submissions=[sent(cast, *days) for days in one.sent],
        corrections=[asked(*days) for days in one.supplements],
        kind_code=publication.kind_code,
    )
    found.settle()
    return found


def agree(figures: Figures, rates: dict[str, tuple[set[int], set[int]]]) -> None:
    for key, (numerator, denominator) in rates.items():
        for count, ids in (
            (RATES[key].numerator, numerator),
            (RATES[key].denominator, denominator),
        ):
            told = figures.tally.ids(count)
            assert (len(told), set(told)) == (len(ids), ids), (figures.label, key)


def test_a_joint_document_counts_once_for_the_organ_in_charge(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    found = list(histories(2026, COUNT))
    with as_(None) as work:
        enter(work, cast, found)
    reference = Reference(OFF, MADE_UP, by_work=False)
    for day in DAYS:
        with runtime.read(None) as work:
            answer = indicators(work, Question(day, group=Group.UNIT))
        agree(answer.total, reference.rates(found, day))
        makers = reference.rates_of_makers(found, day)
        groups = {int(group.key): group for group in answer.groups}
        for maker, rates in makers.items():
            agree(groups[maker], rates)


def test_lists_name_all_makers_of_each_joint_document(
    runtime: Runtime, as_: As, cast: Cast
) -> None:
    found = [one for one in histories(2026, 60) if one.published <= date(2026, 6, 30)]
    with as_(None) as work:
        enter(work, cast, found)
    with runtime.read(None) as work:
        names = {unit.id: unit.name for unit in work.session.scalars(sa.select(Unit))}
        answer = indicators(work, Question(date(2026, 11, 23)))
        facts = answer.total.tally.facts("all")
        told = {
            row.id: row.values[2] for row in rows_of(work, answer, "filings", facts)
        }
    for one in found:
        first, *others = (names[unit_id] for unit_id in one.makers)
        joint = f"（与{'、'.join(others)}联合制定）" if others else ""
        assert one.exempt or told[one.id] == first + joint

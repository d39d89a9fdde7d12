"""Random histories of filings as rows, with random reviews and some from ledgers."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime

from reviewflow.law.lawbook import load_law
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.filing import (
    Chain,
    FilingCorrection,
    FilingObligation,
    FilingSubmission,
)
from reviewflow.model.filing_review import FilingReview, FilingVerdict
from reviewflow.model.people import Level, Unit, UnitSort
from reviewflow.model.publication import Publication
from reviewflow.work import Work
from tests.cast import Cast
from tests.queries.histories import DAY, History

LAW = load_law()
THEN = datetime(2024, 1, 2, tzinfo=UTC)
KINDS = ("ZFGFXWJ", "BMGFXWJ", "BMGFXWJ", "ZFGZ")


def enter_histories(work: Work, cast: Cast, found: list[History]) -> None:
    """Enter histories, each by the first of its makers, in one of both chains."""
    makers = [_maker(number) for number in range(9)]
    work.session.add_all(makers)
    chance = random.Random(5)  # noqa: S311 # a sample that can be drawn again
    duties = [_duty(work, cast, makers, one, chance) for one in found]
    work.session.add_all(duties)
    reviews = [row for duty in duties for row in _reviews(duty, chance)]
    work.session.add_all(reviews)
    for duty in duties:
        duty.settle()
    for review in reviews:
        review.settle()


def _maker(number: int) -> Unit:
    return Unit(
        name=f"机关{number}",
        short_name=f"机关{number}",
        level=list(Level)[number % 3 + 1],
        sort=UnitSort.VERTICAL if number == 1 else UnitSort.DEPARTMENT,
        area="金安区",
        position=number,
    )


def _duty(
    work: Work, cast: Cast, makers: list[Unit], one: History, chance: random.Random
) -> FilingObligation:
    maker, kind_code = makers[one.makers[0]], chance.choice(KINDS)
    parent, case = (
        _case(work, cast, maker, kind_code, kind, one)
        for kind in ("published_document", "filing")
    )
    is_told = chance.random() < 0.2
    return FilingObligation(
        case=case,
        publication=_publication(_id(work, parent), kind_code, maker, one, is_told),
        chain=Chain.NPC if one.id % 7 == 0 else Chain.GOV,
        route_id="FR-GOVERNMENT-GOV",
        limit_id="TL-13",
        maker=maker,
        authority_id=cast.units["province"],
        published_on=one.published,
        due_on=LAW.deadline("TL-13", one.published).due_on,
        exempt_reason="公布前撤销" if one.exempt else "",
        registered_on=one.registered,
        report_is_complete=one.is_complete,
        created_at=THEN,
        kind_code=kind_code,
        backfilled_on=date(2025, 3, 5) if is_told else None,  # it was past midnight
        submissions=[sent(cast, *days) for days in one.sent],
        corrections=[asked(*days) for days in one.supplements],
    )


def _publication(
    case_id: int,
    kind_code: str,
    maker: Unit,
    one: History,
    is_told: bool,  # noqa: FBT001 # says whether its history was entered afterwards
) -> Publication:
    return Publication(
        case_id=case_id,
        kind_code=kind_code,
        title=f"第{one.id}号",
        doc_number=f"文〔{one.id}〕号",
        register_number="",
        maker=maker,
        published_on=one.published,
        recorded_at=THEN,
        backfilled_at=datetime(2025, 3, 4, 20, tzinfo=UTC) if is_told else None,
    )


def _id(work: Work, case: Case) -> int:
    work.session.add(case)
    work.session.flush()
    return case.id


def _case(
    work: Work, cast: Cast, maker: Unit, kind_code: str, kind: str, one: History
) -> Case:
    return Case(
        number=f"{kind}-{one.id}",
        kind=kind,
        kind_code=kind_code,
        process_version_id=work.processes.latest(work.session, kind).version_id,
        title=f"第{one.id}号",
        unit=maker,
        issuing_organ=maker,
        drafter_id=cast.drafter if one.id % 3 else cast.auditor,
        status=CaseStatus.RUNNING,
        phase="报备中",
        facts={},
        state="",
        started_at=THEN,
    )


def sent(cast: Cast, on: date, returned_on: date | None) -> FilingSubmission:
    """Return one sending, as a row."""
    return FilingSubmission(
        submitted_on=on,
        submitted_at=THEN,
        submitted_by_id=cast.filer,
        returned_on=returned_on,
    )


def asked(notice_on: date, corrected_on: date | None) -> FilingCorrection:
    """Return one request to supplement, as a row."""
    due_on = LAW.deadline("TL-16", notice_on).due_on
    return FilingCorrection(
        notice_on=notice_on, due_on=due_on, reason="补正", corrected_on=corrected_on
    )


def _reviews(duty: FilingObligation, chance: random.Random) -> Iterator[FilingReview]:
    """Give the review of a registered filing, if it has begun: any turn it may take."""
    if duty.registered_on is None or chance.random() < 0.3:
        return
    begun_on = duty.registered_on + chance.randint(0, 9) * DAY
    decided_on = begun_on + chance.randint(0, 40) * DAY
    is_decided, is_bad = chance.random() < 0.8, chance.random() < 0.6
    by = decided_on + 30 * DAY if is_decided and is_bad else None
    reported_on = decided_on + chance.randint(1, 40) * DAY
    is_reported = by is not None and chance.random() < 0.8
    is_mended = is_reported and chance.random() < 0.8
    verdict = FilingVerdict.PROBLEM if is_bad else FilingVerdict.LAWFUL
    yield FilingReview(
        obligation=duty,
        case=duty.case,
        limit_id="TL-18",
        begun_on=begun_on,
        due_on=LAW.deadline("TL-18", duty.registered_on).due_on,
        verdict=verdict if is_decided else None,
        decided_on=decided_on if is_decided else None,
        correct_by=by,
        reported_on=reported_on if is_reported else None,
        settled_on=reported_on + chance.randint(0, 9) * DAY if is_mended else None,
    )

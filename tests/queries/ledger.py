"""The filings of the example as rows, as many times as wanted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from reviewflow.model.case import Case, CaseParty, CaseStatus, Part
from reviewflow.model.filing import (
    Chain,
    FilingCorrection,
    FilingObligation,
    FilingSubmission,
)
from reviewflow.model.people import Level, Unit, UnitSort
from reviewflow.model.publication import Publication
from reviewflow.work import Work
from tests.cast import Cast
from tests.queries.oracle import FILINGS, VERTICAL, Filing, the_day

AREAS = {"CITY": "市本级", "COUNTY": "霍邱县", "TOWN": "金安区"}
THEN = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Ledger:
    """Enters filings; those of the city are seen by its drafters' unit."""

    work: Work
    cast: Cast

    def enter(self, filing: Filing, copy: int = 0, chain: Chain = Chain.GOV) -> int:
        """Enter one filing and return the id of its obligation."""
        maker = self.maker(filing)
        parent = self._case(filing, maker, "published_document", copy)
        publication = self._publication(filing, maker, parent, copy)
        case = self._case(filing, maker, "filing", copy)
        row = FilingObligation(
            case_id=case.id,
            publication=publication,
            chain=chain,
            route_id="FR-GOVERNMENT-GOV",
            limit_id="TL-13",
            maker=maker,
            authority_id=self.cast.units["province"],
            published_on=the_day(filing.published),
            due_on=the_day(filing.due),
            registered_on=filing.registered_on,
            created_at=THEN,
            kind_code=case.kind_code,
            report_is_complete=True,
            submissions=[self._sent(on, back) for on, back in filing.submissions],
            corrections=[self._correction(*days) for days in filing.corrections],
        )
        row.settle()
        self.work.session.add(row)
        self.work.session.flush()
        return row.id

    def unregister(self, filing_id: int) -> None:
        """Let a filing not be registered yet."""
        row = self.work.get(FilingObligation, filing_id)
        row.registered_on = None
        row.settle()

    def maker(self, filing: Filing) -> Unit:
        """Return the maker of a filing, entered when first needed."""
        found = self.work.session.scalar(
            sa.select(Unit).where(Unit.name == filing.maker)
        )
        if found is None:
            vertical = filing.maker == VERTICAL
            found = Unit(
                name=filing.maker,
                short_name=filing.maker,
                level=Level.COUNTY if vertical else Level(filing.level),
                sort=UnitSort.VERTICAL if vertical else UnitSort.DEPARTMENT,
                area=AREAS[filing.level],
                position=100 - FILINGS.index(filing),
            )
            self.work.session.add(found)
            self.work.session.flush()
        return found

    def _case(self, filing: Filing, maker: Unit, kind: str, copy: int) -> Case:
        process = self.work.processes.latest(self.work.session, kind)
        case = Case(
            number=f"{filing.id}-{kind}-{copy}",
            kind=kind,
            kind_code="BMGFXWJ" if "规" in filing.number else "ZFGFXWJ",
            process_version_id=process.version_id,
            title=filing.number,
            unit=maker,
            issuing_organ=maker,
            drafter_id=self.cast.auditor,
            status=CaseStatus.RUNNING,
            phase="报备中",
            facts={},
            state="",
            started_at=THEN,
        )
        self.work.session.add(case)
        self.work.session.flush()
        if filing.level == "CITY":
            party = {"part": Part.DRAFTING_UNIT, "unit_id": self.cast.units["housing"]}
            self.work.session.add(CaseParty(case_id=case.id, seen_from=THEN, **party))
        return case

    def _publication(
        self, filing: Filing, maker: Unit, case: Case, copy: int
    ) -> Publication:
        return Publication(
            case_id=case.id,
            kind_code=case.kind_code,
            title=f"《{filing.id}》",
            doc_number=f"{filing.number}-{copy}" if copy else filing.number,
            register_number="",
            maker=maker,
            published_on=the_day(filing.published),
            recorded_at=THEN,
        )

    def _sent(self, on: date, returned_on: date | None) -> FilingSubmission:
        return FilingSubmission(
            submitted_on=on,
            submitted_at=THEN,
            submitted_by_id=self.cast.filer,
            returned_on=returned_on,
        )

    def _correction(
        self, notice_on: date, due_on: date, corrected_on: date | None
    ) -> FilingCorrection:
        return FilingCorrection(
            notice_on=notice_on, due_on=due_on, reason="补正", corrected_on=corrected_on
        )

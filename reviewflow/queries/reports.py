"""Yearly reports: which there are and by when, and one with its figures (年度报告)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow import chinese
from reviewflow.days import read_day
from reviewflow.errors import Invalid, Missing, Refused
from reviewflow.model.people import Unit
from reviewflow.model.report import ReportSending
from reviewflow.queries.report_blocks import Asked, Block, Extent, block
from reviewflow.queries.report_dues import Due, dues_of, is_late, usual_day
from reviewflow.queries.report_figures import Place, ReportFigures
from reviewflow.queries.report_outlines import Outline, outlines
from reviewflow.report_rows import (
    NOT_READING,
    Passage,
    may_write,
    reported_governments,
    texts_of,
    years_of,
)
from reviewflow.report_sendings import Owed, sent_reports
from reviewflow.work import Work

SHOWN = Extent(20, with_long=False)
PRINTED = Extent(3000, with_long=True)
USUAL = "review"
YEARS = 3
"""How many years the index shows."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report of one year in the index."""

    outline: Outline
    organ: Unit
    year: int
    dues: Sequence[Due]
    missing: Sequence[str]
    """What nobody has written yet, by its title."""
    sent: ReportSending | None
    """What stands of its sending; none if it has not gone out."""
    today: date

    @property
    def is_late(self) -> bool:
        """It went out after its day, or has not gone out and its day is over."""
        if self.sent is not None:
            return is_late(self.sent, self.dues)
        return any(due.deadline.due_on < self.today for due in self.dues[:1])


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter as it is shown."""

    id: str
    title: str
    is_annex: bool
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report of a government on a year, as of a day."""

    outline: Outline
    organ: Unit
    organs: Sequence[Unit]
    year: int
    title: str
    basis: str
    figures: ReportFigures
    dues: Sequence[Due]
    sent: ReportSending | None
    chapters: Sequence[Chapter]
    writes: bool
    today: date

    @property
    def missing(self) -> list[Asked]:
        """What nobody has written yet."""
        blocks = (block for chapter in self.chapters for block in chapter.blocks)
        return [one for one in blocks if isinstance(one, Asked) and not one.written]

    @property
    def rule_version(self) -> str:
        """By which rules its figures are."""
        return self.figures.answer(Place()).rule_version

    @property
    def is_late(self) -> bool:
        """It went out after the day by which it is owed."""
        return is_late(self.sent, self.dues)

    @property
    def is_running(self) -> bool:
        """The year is not over: its figures are not all there."""
        return self.year >= self.today.year


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report is asked for: its sort, whose it is, on what year, as of when."""

    outline: Outline
    organ: Unit
    organs: Sequence[Unit]
    year: int
    as_of: date


def reads_reports(work: Work) -> bool:
    """The actor reads the reports of some government."""
    return bool(reported_governments(work))


def report_index(work: Work) -> list[ReportLine]:
    """Return the reports of the last years, the latest first.

    Raises:
        Refused: The actor reads none.
    """
    found = _organs(work)
    years = list(reversed(years_of(work)))[:YEARS]
    ids = [organ.id for organ in found]
    texts, sent = texts_of(work, ids, years), sent_reports(work, ids, years)
    dues = {
        (year, outline.key): dues_of(work, outline, year)
        for year in years
        for outline in outlines().reports.values()
    }
    return [
        ReportLine(
            outline,
            organ,
            year,
            dues[year, outline.key],
            [
                asking.title
                for name, asking in outline.askings.items()
                if Passage(organ.id, year, outline.key, name) not in texts
            ],
            sent.get(Owed(organ.id, year, outline.key)),
            work.today,
        )
        for year in years
        for organ in found
        for outline in outlines().reports.values()
    ]


def wanted_report(work: Work, year: int, raw: Mapping[str, str]) -> Wanted:
    """Return which report is asked for.

    Args:
        work: Actor, instant and transaction.
        year: On which year.
        raw: As typed: `report organ as_of`; by default the report of the review
            office of the first government, as of the end of the last limit.

    Raises:
        Refused: The actor reads no reports.
        Missing: There is no report on that year, of that sort, or of that organ.
        Invalid: The day is not understood, still to come, or before the year.
    """
    found = _organs(work)
    outline = outlines().reports.get(raw.get("report") or USUAL)
    wanted = raw.get("organ") or str(found[0].id)
    organ = next((one for one in found if str(one.id) == wanted), None)
    if outline is None or organ is None or year not in years_of(work):
        raise Missing
    errors: dict[str, str] = {}
    as_of = read_day(raw, "as_of", errors)
    if as_of is not None and not date(year, 1, 1) <= as_of <= work.today:
        errors["as_of"] = f"请填写{year}年1月1日以后、今天以前的日期。"
    if errors:
        raise Invalid(errors)
    return Wanted(outline, organ, found, year, as_of or usual_day(work, year))


def report_page(work: Work, wanted: Wanted, extent: Extent = SHOWN) -> ReportPage:
    """Return a report with its figures and what was written into it.

    Raises:
        Invalid: The calendar does not reach.
    """
    outline, organ, year = wanted.outline, wanted.organ, wanted.year
    figures = ReportFigures(work, organ, year, wanted.as_of)
    found = texts_of(work, [organ.id], [year]).items()
    texts = {of.passage: row for of, row in found if of.report == outline.key}
    chapters = [
        Chapter(
            chapter.id,
            chapter.title,
            chapter.is_annex,
            [block(figures, part, texts, extent) for part in chapter.parts],
        )
        for chapter in outline.chapters
    ]
    return ReportPage(
        outline=outline,
        organ=organ,
        organs=wanted.organs,
        year=year,
        title=outline.title.format(organ=organ.name, year=year),
        basis=_basis(figures),
        figures=figures,
        dues=dues_of(work, outline, year),
        sent=_sent(work, Owed(organ.id, year, outline.key)),
        chapters=chapters,
        writes=may_write(work, organ, outline.writers),
        today=work.today,
    )


def _sent(work: Work, owed: Owed) -> ReportSending | None:
    return sent_reports(work, [owed.organ_id], [owed.year]).get(owed)


def _organs(work: Work) -> Sequence[Unit]:
    found = reported_governments(work)
    if not found:
        raise Refused(NOT_READING)
    return found


def _basis(figures: ReportFigures) -> str:
    question = figures.question(Place())
    return (
        outlines()
        .words["basis"]
        .format(
            from_on=chinese.day(date(figures.year, 1, 1)),
            to_on=chinese.day(date(figures.year, 12, 31)),
            as_of=chinese.day(question.as_of),
            organ=figures.organ.name,
            rule_version=figures.answer(Place()).rule_version,
        )
    )

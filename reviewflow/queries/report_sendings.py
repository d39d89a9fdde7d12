"""The sending of a yearly report: what was written down, and the paper that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviewflow.errors import Conflict, Refused
from reviewflow.model.people import Unit
from reviewflow.model.report import ReportSending
from reviewflow.queries.report_dues import Due, dues_of, is_late, usual_day
from reviewflow.queries.report_outlines import Asking, Outline
from reviewflow.queries.report_sheets import report_docx
from reviewflow.queries.reports import PRINTED, Wanted, report_page
from reviewflow.report_rows import Passage, may_write, texts_of
from reviewflow.report_sendings import Owed, flaws_of, sendings_of
from reviewflow.work import Work

NOT_SENDING = "报送情况由编制报告的合法性审查机构人员登记，您可以查看。"


@dataclass(frozen=True, slots=True)
class SendingLine:
    """One record, and what is not as it was when it was signed."""

    row: ReportSending
    flaws: Sequence[str]


@dataclass(frozen=True, slots=True)
class SendingPage:
    """All that was written down on the sending of one report, the latest first."""

    outline: Outline
    organ: Unit
    year: int
    title: str
    lines: Sequence[SendingLine]
    dues: Sequence[Due]
    missing: Sequence[Asking]
    """What nobody has written into the report yet."""
    usual: date
    writes: bool
    is_running: bool

    @property
    def last(self) -> ReportSending | None:
        """What was written down last."""
        return self.lines[0].row if self.lines else None

    @property
    def sent(self) -> ReportSending | None:
        """The record that stands."""
        return self.last if self.last is not None and self.last.sent_on else None

    @property
    def is_late(self) -> bool:
        """It went out after the day by which it is owed."""
        return is_late(self.sent, self.dues)


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report as it is to be kept."""

    as_of: date
    rule_version: str
    content: bytes


def sending_page(work: Work, wanted: Wanted) -> SendingPage:
    """Return what was written down on the sending of a report, proved anew."""
    outline, organ, year = wanted.outline, wanted.organ, wanted.year
    owed = Owed(organ.id, year, outline.key)
    rows = sendings_of(work, [organ.id], [year]).get(owed, ())
    texts = texts_of(work, [organ.id], [year])
    return SendingPage(
        outline=outline,
        organ=organ,
        year=year,
        title=outline.title.format(organ=organ.name, year=year),
        lines=[SendingLine(row, list(flaws_of(work, row))) for row in reversed(rows)],
        dues=dues_of(work, outline, year),
        missing=[
            asking
            for name, asking in outline.askings.items()
            if Passage(organ.id, year, outline.key, name) not in texts
        ],
        usual=usual_day(work, year),
        writes=may_write(work, organ, outline.writers),
        is_running=year >= work.today.year,
    )


def printed_report(work: Work, wanted: Wanted) -> PrintedReport:
    """Return the Word file of a report as it is now, to be kept as what was sent.

    Raises:
        Refused: The actor reads but does not write.
        Conflict: The year is not over.
        Invalid: The calendar does not reach.
    """
    if not may_write(work, wanted.organ, wanted.outline.writers):
        raise Refused(NOT_SENDING)
    if wanted.year >= work.today.year:
        raise Conflict(f"{wanted.year}年还没有结束，年度结束以后才能登记报送。")
    page = report_page(work, wanted, PRINTED)
    return PrintedReport(wanted.as_of, page.rule_version, report_docx(page))


def paper_name(row: ReportSending, outline: Outline) -> str:
    """Return how the kept Word file is called when it is read again."""
    return f"{outline.title.format(organ=row.organ.name, year=row.year)}.docx"

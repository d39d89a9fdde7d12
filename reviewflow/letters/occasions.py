"""When a case has a letter: which sorts there are, and what has happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.letters.merge import Fields
from reviewflow.model.case import Case
from reviewflow.model.event import Event
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class LetterSort:
    """A sort of letter; its name is that of its wording under `letters/`."""

    name: str
    title: str
    short_title: str
    """As names of downloads say it."""
    draft: str
    """What it is called before it counts."""
    final: str
    issuer: str
    """The field that names who issues it."""
    masthead_tail: str = ""
    """文件 in the form of that name; notices take the form of a letter (信函格式)."""
    has_headings: bool = False
    """Its paragraphs begin with headings of their own: 一、 and （一）."""


SORTS: Mapping[str, LetterSort] = {
    sort.name: sort
    for sort in (
        LetterSort(
            name="hearing_notice",
            title="听证公告",
            short_title="听证公告",
            draft="未发布",
            final="已发布",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="hearing_report",
            title="听证报告",
            short_title="听证报告",
            draft="未提交",
            final="已提交",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="meeting_minutes",
            title="会议纪要",
            short_title="会议纪要",
            draft="未记录",
            final="已记录",
            issuer="organ_name",
            has_headings=True,
        ),
        LetterSort(
            name="review_opinion",
            title="合法性审查意见书",
            short_title="审查意见书",
            draft="未签发",
            final="已签发",
            issuer="office_name",
            masthead_tail="文件",
            has_headings=True,
        ),
        LetterSort(
            name="legal_advice",
            title="法律意见书",
            short_title="法律意见书",
            draft="未签署",
            final="已签署",
            issuer="letterhead",
            has_headings=True,
        ),
        LetterSort(
            name="supplement_notice",
            title="材料补正通知书",
            short_title="材料补正通知书",
            draft="未发出",
            final="已发出",
            issuer="office_name",
        ),
        LetterSort(
            name="filing_report",
            title="备案报告",
            short_title="备案报告",
            draft="未报送",
            final="已报送",
            issuer="maker_name",
            masthead_tail="文件",
        ),
        LetterSort(
            name="registration_notice",
            title="备案登记通知",
            short_title="备案登记通知",
            draft="未登记",
            final="已登记",
            issuer="authority_name",
        ),
        LetterSort(
            name="correction_notice",
            title="备案补正通知书",
            short_title="备案补正通知书",
            draft="未发出",
            final="已发出",
            issuer="authority_name",
        ),
        LetterSort(
            name="return_notice",
            title="不予备案登记通知书",
            short_title="不予备案登记通知书",
            draft="未发出",
            final="已发出",
            issuer="authority_name",
        ),
    )
}


def _never() -> None:
    """Give no instant."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that happened in a case and calls for a letter."""

    sort: LetterSort
    place: int
    """Its place among the letters of its sort in the case, from 1."""
    since: date
    is_final: bool
    fields: Callable[[], Fields]
    settled: Callable[[], datetime | None] = _never
    """Gives the instant at which it became final."""

    @property
    def name(self) -> str:
        """The name by which the letter is asked for; it never changes."""
        return f"{self.sort.name}-{self.place}"

    @property
    def state(self) -> str:
        """Whether it counts already, in Chinese."""
        return self.sort.final if self.is_final else self.sort.draft

    def template_as_of(self, now: datetime) -> datetime:
        """Return as of when its template is taken: what is issued stays as it is."""
        if not self.is_final:
            return now
        return self.settled() or clock.end_of_day(self.since)


def instant_of(work: Work, case: Case, kind: str, place: int = 0) -> datetime | None:
    """Return when something was recorded in the history of a case.

    Args:
        work: Who asks.
        case: Whose history.
        kind: As the journal names it.
        place: Which time it was, from 1; 0 for the latest.
    """
    found = work.session.scalars(
        sa.select(Event.at)
        .where(Event.case_id == case.id, Event.kind == kind)
        .order_by(Event.seq)
    ).all()
    return found[place - 1] if place - 1 < len(found) and found else None

"""The list behind a number: which filings, cases, organs or documents it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewflow.errors import Invalid, Missing
from reviewflow.queries.counted_rows import CountedRow, rows_of
from reviewflow.queries.definitions import book
from reviewflow.queries.filed_lists import counts_filings, filed_list
from reviewflow.queries.groups import Fact
from reviewflow.queries.indicators import Figures, Indicators, indicators
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.question import Question
from reviewflow.work import Work

MOST_EXPORTED = 50_000


@dataclass(frozen=True, slots=True)
class CountedList:
    """What a number counts: one page of it, or everything for a workbook."""

    title: str
    group: str
    subject: str
    ids_of: str
    headings: tuple[str, ...]
    rows: list[CountedRow]
    paging: Paging
    answer: Indicators


def counted(
    work: Work, question: Question, count: str, key: str, *, page: int
) -> CountedList:
    """Return one page of the list behind a number.

    Args:
        work: Actor, instant and transaction.
        question: The same that gave the number.
        count: Name of the count.
        key: Of its group; `total` for everything.
        page: Which page.

    Raises:
        Missing: There is no such count or group.
    """
    answer, figures = _find(work, question, count, key)
    facts = _facts(work, answer, figures, count)
    place = paging(len(facts), page)
    shown = facts[place.first : place.end]
    return _list(work, answer, figures, count, shown, place)


def all_counted(work: Work, question: Question, count: str, key: str) -> CountedList:
    """Return the whole list behind a number, for a workbook.

    Raises:
        Missing: As for one page.
        Invalid: It is too long for one workbook.
    """
    answer, figures = _find(work, question, count, key)
    facts = _facts(work, answer, figures, count)
    if len(facts) > MOST_EXPORTED:
        raise Invalid(
            message=f"共 {len(facts)} 件，超过 5 万行，请缩小统计时段后再导出。"
        )
    return _list(work, answer, figures, count, facts, paging(len(facts), 1))


def _find(
    work: Work, question: Question, count: str, key: str
) -> tuple[Indicators, Figures]:
    if count not in book().counts:
        raise Missing
    answer = indicators(work, question)
    figures = answer.figures(key)
    if figures is None:
        raise Missing
    return answer, figures


def _facts(
    work: Work, answer: Indicators, figures: Figures, count: str
) -> Sequence[Fact]:
    """Return what a number counts; filings are too many to read all for one list."""
    if not counts_filings(count):
        return figures.tally.facts(count)
    key = None if figures is answer.total else figures.key
    return filed_list(work, answer.question, answer.roster, count, key)


def _list(
    work: Work,
    answer: Indicators,
    figures: Figures,
    count: str,
    facts: Sequence[Fact],
    place: Paging,
) -> CountedList:
    subject = book().subject(count)
    return CountedList(
        title=book().counts[count],
        group=figures.label,
        subject=subject,
        ids_of=book().ids[subject],
        headings=book().lists[subject],
        rows=rows_of(work, answer, subject, facts),
        paging=place,
        answer=answer,
    )

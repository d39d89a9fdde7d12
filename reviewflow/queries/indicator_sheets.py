"""Figures and the lists behind them as sheets of a workbook, headed as on the page."""

from collections.abc import Iterator, Sequence
from datetime import date

from reviewflow.letters.workbook import Sheet, Value
from reviewflow.queries.counted import CountedList
from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import Figures, Indicators

FILINGS = "filings"
DEFINED = (
    *("indicator", "value", "numerator", "denominator", "reason"),
    *("definition", "source"),
)


def statistics_sheets(answer: Indicators) -> list[Sheet]:
    """Return the tables of the page, and what their figures mean."""
    headings = book().headings
    tables = [
        Sheet(
            book().tables[table],
            [headings["group"], *map(book().heading, book().columns[table])],
            [_row(figures, table) for figures in _shown(answer, table)],
        )
        for table in book().columns
    ]
    defined = [headings[name] for name in DEFINED]
    meaning = Sheet(book().tables["definitions"], defined, _definitions(answer))
    return [*tables, meaning]


def list_sheet(found: CountedList) -> Sheet:
    """Return a list behind a number."""
    return Sheet(
        f"{found.group} {found.title}",
        found.headings,
        [row.values for row in found.rows],
    )


def facts_of(answer: Indicators) -> list[tuple[str, str]]:
    """Return over what, as of when and by which rules the figures are."""
    question, words = answer.question, book().facts
    facts = {
        "from": question.from_on,
        "to": question.to_on,
        "as_of": question.as_of,
        "chain": book().labels[question.chain.value],
        "limit": question.limit,
        "rule_version": answer.rule_version,
        "scope": words["all" if answer.sees_all else "visible"],
    }
    return [(words[name], _said(fact)) for name, fact in facts.items() if fact]


def _said(fact: object) -> str:
    return book().labels["day"].format(fact) if isinstance(fact, date) else str(fact)


def _shown(answer: Indicators, table: str) -> list[Figures]:
    groups = [figures for figures in answer.groups if figures.is_in(table)]
    return [*groups, answer.total]


def _row(figures: Figures, table: str) -> list[Value]:
    label = figures.label
    if figures.note and table == FILINGS:
        label = f"{figures.label}（{figures.note}）"
    return [label, *map(figures.cell, book().columns[table])]


def _definitions(answer: Indicators) -> Iterator[Sequence[Value]]:
    for definition in book().each():
        rate = answer.total.rate(definition)
        yield [
            definition.title,
            rate.percent,
            rate.numerator,
            None if definition.is_count else rate.denominator,
            rate.reason,
            definition.definition,
            definition.source,
        ]
    yield from facts_of(answer)

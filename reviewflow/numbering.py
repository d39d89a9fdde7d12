"""Numbers given in a series per year: once each, without gaps."""

from reviewflow.model.submission import Series
from reviewflow.work import Work


def next_number(work: Work, series: str) -> str:
    """Return the next number of a series in this year's form: 六司审〔2026〕12号.

    What is told of the past gets its numbers today: those years are closed.
    """
    year = work.written_on.year
    row = work.session.get(Series, (series, year), with_for_update=True)
    if row is None:
        row = Series(name=series, year=year, last=0)
        work.session.add(row)
    row.last += 1
    return f"{series}〔{year}〕{row.last}号"

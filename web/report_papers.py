"""A yearly report made and stored, to be kept as what was sent."""

from collections.abc import Mapping
from io import BytesIO

from reviewflow.queries.report_sendings import printed_report
from reviewflow.queries.reports import wanted_report
from reviewflow.usecases.report_sendings import Paper
from reviewflow.work import Work

ANEW = "ANEW"
"""What a form says if the report is to be kept as it is now."""


def make_paper(work: Work, year: int, told: Mapping[str, str]) -> Paper | None:
    """Return the report as it is now, stored; none if the one before is to be kept.

    Args:
        work: Actor and instant; nothing is written yet.
        year: On which year.
        told: As typed: `report organ as_of paper`.

    Raises:
        Refused: The actor reads no reports, or does not write this one.
        Missing: There is no report on that year, of that sort, or of that organ.
        Conflict: The year is not over.
        Invalid: The day is not understood, still to come, or before the year.
        Unavailable: It could not be stored.
    """
    wanted = wanted_report(work, year, told)
    if told.get("paper") != ANEW:
        return None
    printed = printed_report(work, wanted)
    stored = work.files.put(BytesIO(printed.content))
    return Paper(printed.as_of, printed.rule_version, stored)

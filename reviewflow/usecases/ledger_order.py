"""How the cells of a row of a ledger hang together: which day follows which."""

from collections.abc import Mapping
from datetime import date

from reviewflow import ledger_columns as of
from reviewflow.work import Work


def check_days(work: Work, days: Mapping[str, date], errors: dict[str, str]) -> None:
    """Name each day that is still to come, or before what it follows."""
    for heading, day in days.items():
        if heading not in of.AHEAD and day > work.today:
            errors[heading] = f"{day}还没有到，台账只登记已经发生的事，请核对。"
    published_on = days.get(of.PUBLISHED)
    if published_on and not work.law.calendar.covers(published_on.year):
        errors.setdefault(
            of.PUBLISHED,
            f"系统没有 {published_on.year} 年的放假安排，算不出报备期限，"
            "请管理员先导入放假通知，或者从台账中删去这一行。",
        )
    for later, others in of.ORDER:
        for earlier in others:
            if later in days and earlier in days and days[later] < days[earlier]:
                said = f"{days[later]}早于{earlier}（{days[earlier]}），请核对。"
                errors.setdefault(later, said)


def check_needs(cells: Mapping[str, str], errors: dict[str, str]) -> None:
    """Name each cell that is empty although others need it."""
    for heading, needed in of.NEEDS:
        if cells[heading] and not cells[needed]:
            sentence = f"没有填写，但填写了“{heading}”，请补充，或者删去“{heading}”。"
            errors.setdefault(needed, sentence)
    for filing in of.FILINGS:
        _check_filing(cells, filing, errors)


def _check_filing(
    cells: Mapping[str, str], filing: of.FilingColumns, errors: dict[str, str]
) -> None:
    """Whatever follows a return or a request needs its answer."""
    is_back = cells[filing.returned] and not cells[filing.sent_again]
    for heading in (filing.asked, filing.registered):
        if is_back and cells[heading]:
            sentence = f"没有填写，退回后没有重新报送，不能有“{heading}”，请核对。"
            errors.setdefault(filing.sent_again, sentence)
    if cells[filing.asked] and cells[filing.registered] and not cells[filing.corrected]:
        sentence = (
            f"没有填写，但“{filing.asked}”之后已经登记，请补充“{filing.corrected}”。"
        )
        errors.setdefault(filing.corrected, sentence)

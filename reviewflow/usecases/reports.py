"""People write what no figure says into a yearly report (年度报告)."""

from collections.abc import Mapping
from typing import Protocol

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.people import Role, Unit
from reviewflow.model.report import ReportText
from reviewflow.report_rows import (
    Passage,
    may_write,
    reported_governments,
    texts_of,
    years_of,
)
from reviewflow.usecases.people import audit
from reviewflow.work import Work

NOT_WRITING = "年度报告由本级合法性审查机构的承办人、复核人、签发人填写，您可以查看。"
LONGEST = 20_000
NOTHING_READ = "0"
"""What a form says that was opened before anybody had written anything."""


class Asked(Protocol):
    """A report, as far as writing into it goes."""

    @property
    def writers(self) -> frozenset[Role]:
        """Who writes into it."""

    @property
    def askings(self) -> Mapping[str, object]:
        """What is asked, by its name."""


def write_report_text(
    work: Work, year: int, raw: Mapping[str, str], reports: Mapping[str, Asked]
) -> ReportText:
    """Keep what somebody writes into a passage of a report; the last wording holds.

    Args:
        work: Actor, instant and transaction.
        year: On which year the report is.
        raw: As typed: `organ report passage text`; `read` is the id of the wording
            that was read before, 0 if there was none. An empty text takes it back.
        reports: Which reports there are.

    Raises:
        Missing: There is no such report, passage or year, or the actor does not read
            the reports of that government.
        Refused: The actor reads but does not write.
        Conflict: Somebody else has written meanwhile, or nothing is changed.
        Invalid: It is too long.
    """
    report, passage = reports.get(raw.get("report", "")), raw.get("passage", "")
    if report is None or passage not in report.askings:
        raise Missing
    organ = writing_organ(work, year, raw, reports)
    text = _text(raw)
    work.get(Unit, organ.id, lock=True)
    place = Passage(organ.id, year, raw["report"], passage)
    _require_read(work, place, raw.get("read", NOTHING_READ), text)
    row = ReportText(
        organ_id=organ.id,
        year=year,
        report=place.report,
        passage=passage,
        text=text,
        written_at=work.now,
        written_by_id=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    audit(work, "report.written", f"report_text:{row.id}", passage=passage, year=year)
    return row


def writing_organ(
    work: Work, year: int, raw: Mapping[str, str], reports: Mapping[str, Asked]
) -> Unit:
    """Return the government whose report the actor writes.

    Args:
        work: Actor, instant and transaction.
        year: On which year the report is.
        raw: As typed: `organ report`.
        reports: Which reports there are.

    Raises:
        Missing: There is no such report or year, or the actor does not read the
            reports of that government.
        Refused: The actor reads but does not write.
    """
    report = reports.get(raw.get("report", ""))
    organs = {str(organ.id): organ for organ in reported_governments(work)}
    organ = organs.get(raw.get("organ", ""))
    if report is None or organ is None or year not in years_of(work):
        raise Missing
    if not may_write(work, organ, report.writers):
        raise Refused(NOT_WRITING)
    return organ


def _text(raw: Mapping[str, str]) -> str:
    text = raw.get("text", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Invalid({"text": f"最多 {LONGEST} 字，现在 {len(text)} 字，请删减。"})
    return text


def _require_read(work: Work, place: Passage, read: str, text: str) -> None:
    """Insist that what is replaced was read, and that something changes."""
    now = texts_of(work, [place.organ_id], [place.year]).get(place)
    if (str(now.id) if now else NOTHING_READ) != read.strip():
        said = f"{now.written_by.display_name}已经" if now else "他人已经"
        raise Conflict(f"{said}改写了这一段，请核对现在的内容后再保存。")
    if text == (now.text if now else ""):
        raise Conflict("内容没有变化，不需要保存。")

"""Filings by the hundred thousand, as rows: what they are like is drawn by lot.

Nothing here goes through the use cases, which would take days; what is kept with a
duty to file is worked out by the rule itself, as they do. Every filing has its case,
two clocks and four lines of journal, so that whatever looks for others meets them.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple

import sqlalchemy as sa

from bench.bulk import JOURNAL, Row, write
from bench.histories import KINDS, Lot, Review, Told
from bench.installations import Installation
from reviewflow.model.case import Case
from reviewflow.model.filing import quarter_of
from reviewflow.model.people import Level, Unit, UnitSort
from reviewflow.model.reviewed import Reviewed
from reviewflow.model.standing import Standing
from reviewflow.work import Work

MAKERS = 500
BATCH = 20_000
CHAINS = {False: "GOV", True: "NPC"}
FOURTH = 3
Rows = Iterator[tuple[str, Row]]


class Text(NamedTuple):
    """A document that was published."""

    id: int
    maker_id: int
    kind_code: str
    published_on: date


def build(place: Installation, number: int) -> int:
    """Enter so many filings; return how many have a history of more than one turn."""
    tangled = 0
    with place.as_(None) as work:
        writer = _Writer(work, place, _makers(work))
        for start in range(0, number, BATCH):
            rows: dict[str, list[Row]] = {}
            for one in range(start, min(start + BATCH, number)):
                for name, row in writer.rows(one):
                    rows.setdefault(name, []).append(row)
            write(work, rows)
        tangled = writer.tangled
    with place.runtime.engine.connect() as line:
        line.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return tangled


def _makers(work: Work) -> list[int]:
    units = [
        Unit(
            name=f"制定机关{number}",
            short_name=f"机关{number}",
            level=list(Level)[1 + number % 3],
            sort=UnitSort.VERTICAL if number % 50 == 0 else UnitSort.DEPARTMENT,
            area=f"区域{number % 8}",
            position=1000 + number,
        )
        for number in range(MAKERS)
    ]
    work.session.add_all(units)
    work.session.flush()
    return [unit.id for unit in units]


class _Writer:
    """Gives the rows of each filing."""

    def __init__(self, work: Work, place: Installation, makers: Sequence[int]) -> None:
        self._lot, self._makers, self._cast = Lot(work.law), makers, place.cast
        latest = work.processes.latest
        self._versions = {
            kind: latest(work.session, kind).version_id
            for kind in ("filing", "published_document")
        }
        first = work.session.scalar(sa.select(sa.func.max(Case.id))) or 0
        self._ids = count(first + 1)
        self.tangled = 0

    def rows(self, number: int) -> Rows:
        """Give the rows of a filing; every third text goes to a congress too."""
        is_second = number % 4 == FOURTH
        if not is_second:
            chance = self._lot.chance
            maker, kind = chance.choice(self._makers), chance.choice(KINDS)
            self._text = Text(number + 1, maker, kind, self._lot.published())
            yield from self._publication(number)
        told = self._lot.told(self._text.published_on)
        self.tangled += len(told.sent) > 1 or bool(told.asked)
        case_id = next(self._ids)
        yield "case", self._case(case_id, f"F{number}", "filing")
        duty = {"id": number + 1, "case_id": case_id, "chain": CHAINS[is_second]}
        yield "filing_obligation", self._duty(told) | duty
        yield from self._done(number + 1, case_id, told)

    def _publication(self, number: int) -> Rows:
        text, case_id = self._text, next(self._ids)
        yield "case", self._case(case_id, f"P{number}", "published_document")
        yield (
            "publication",
            {
                "id": text.id,
                "case_id": case_id,
                "kind_code": text.kind_code,
                "maker_id": text.maker_id,
                "title": f"关于第{number}号事项的通知",
                "doc_number": f"文〔{number}〕号",
                "published_on": text.published_on,
            },
        )

    def _case(self, case_id: int, number: str, kind: str) -> Row:
        maker_id = self._text.maker_id
        return {
            "id": case_id,
            "number": number,
            "kind": kind,
            "kind_code": self._text.kind_code,
            "process_version_id": self._versions[kind],
            "title": number,
            "unit_id": maker_id,
            "issuing_organ_id": maker_id,
            "drafter_id": self._cast.auditor,
        }

    def _duty(self, told: Told) -> Row:
        text = self._text
        due_on = self._lot.due("TL-13", text.published_on)
        standing = Standing(
            *(due_on, told.exempt, told.sent, told.asked),
            *(told.registered, told.is_complete),
        )
        since, outcome = standing.lasting()
        found: Row = {
            "publication_id": text.id,
            "maker_id": text.maker_id,
            "authority_id": self._cast.units["province"],
            "kind_code": text.kind_code,
            "published_on": text.published_on,
            "quarter": quarter_of(text.published_on),
            "due_on": due_on,
            "exempt_reason": "公布前撤销" if told.exempt else "",
            "registered_on": told.registered,
            "report_is_complete": int(told.is_complete),
            "lasting_from": since,
            "lasting_status": outcome.status.value,
            "lasting_handling": outcome.handling.value,
        }
        return found | _reviewed(told)

    def _done(self, duty_id: int, case_id: int, told: Told) -> Rows:
        """Give what was done about a duty, its clocks and its journal."""
        of, by = {"obligation_id": duty_id}, {"submitted_by_id": self._cast.filer}
        for on, back in told.sent:
            yield (
                "filing_submission",
                of | by | {"submitted_on": on, "returned_on": back},
            )
        for on, until, came in told.asked:
            asked = {"notice_on": on, "due_on": until, "corrected_on": came}
            yield "filing_correction", of | asked
        clocks = [("TL-13", self._text.published_on)]
        if told.review is not None and told.registered is not None:
            yield "filing_review", of | {"case_id": case_id} | _review(told.review)
            clocks.append(("TL-18", told.registered))
        for limit, day in clocks:
            clock = {"limit_id": limit, "started_on": day, "met_on": told.registered}
            due = {"due_on": self._lot.due(limit, day)}
            yield "case_deadline", {"case_id": case_id} | clock | due
        for seq, kind in enumerate(JOURNAL, 1):
            yield "event", {"case_id": case_id, "seq": seq, "kind": kind}


def _reviewed(told: Told) -> Row:
    """Return what is kept of a review with the duty, if there was one."""
    if told.review is None or told.registered is None:
        return {}
    review = told.review
    reviewed = Reviewed(
        *(review.due_on, review.has_problem),
        *(review.decided_on, review.correct_by),
        *(review.mended_on, review.mended_on),
    )
    since, (pace, result) = reviewed.lasting()
    kept: Row = {"review_pace": pace.value, "review_result": result.value}
    return kept | {"review_lasting_from": since}


def _review(review: Review) -> Row:
    verdict = "PROBLEM" if review.has_problem else "LAWFUL"
    return {
        "begun_on": review.begun_on,
        "due_on": review.due_on,
        "verdict": None if review.decided_on is None else verdict,
        "decided_on": review.decided_on,
        "correct_by": review.correct_by,
        "reported_on": review.mended_on,
        "settled_on": review.mended_on,
    }

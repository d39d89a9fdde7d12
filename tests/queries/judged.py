"""Reviews of registered filings, as rows of the small world."""

from collections.abc import Mapping
from datetime import date, timedelta

from reviewflow.model.filing import FilingObligation
from reviewflow.model.filing_review import FilingReview, FilingVerdict
from reviewflow.work import Work

REVIEWED = {
    # what came of it when, by when it was to be mended, reported, mended
    "N-first": ("LAWFUL", "2026-02-25", "", "", ""),
    "N-late": ("PROBLEM", "2026-04-28", "2026-05-28", "2026-05-28", "2026-06-05"),
}


def judge(work: Work, ids: Mapping[str, int]) -> None:
    """Enter the reviews; each is due thirty days after the registration."""
    for name, (verdict, *days) in REVIEWED.items():
        duty = work.get(FilingObligation, ids[name])
        assert duty.registered_on is not None
        decided, correct_by, reported, settled = map(_day, days)
        row = FilingReview(
            obligation=duty,
            case_id=duty.case_id,
            limit_id="TL-18",
            begun_on=duty.registered_on,
            due_on=duty.registered_on + timedelta(days=30),
            verdict=FilingVerdict(verdict),
            decided_on=decided,
            correct_by=correct_by,
            reported_on=reported,
            settled_on=settled,
        )
        row.settle()
        work.session.add(row)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

"""What is mended counts as in time by the day of its last report."""

from datetime import date

import pytest

from reviewflow.model.reviewed import Reviewed
from reviewflow.queries.filing_review_counts import review_names

BY = date(2026, 8, 3)


@pytest.mark.parametrize(
    ("reported_on", "name"),
    [(BY, "mended_in_time"), (date(2026, 8, 4), "mended_late")],
)
def test_a_late_report_is_mended_late(reported_on: date, name: str) -> None:
    row = Reviewed(
        due_on=date(2026, 7, 2),
        has_problem=True,
        decided_on=date(2026, 7, 2),
        correct_by=BY,
        reported_on=reported_on,
        settled_on=date(2026, 8, 10),
    )
    names = set(review_names(row, date(2026, 8, 10)))
    assert names & {"mended_in_time", "mended_late"} == {name}
    assert {"mended", "to_mend", "faulted", "filing_reviews_in_time"} <= names

from datetime import date

import pytest

from reviewflow.model.standing import Standing
from reviewflow.queries.standings import Stage, stage_of
from tests.duties import day

SENT: list[tuple[date, date | None]] = [(day("05-20"), None)]


@pytest.mark.parametrize(
    ("sent", "corrections", "registered_on", "on", "stage"),
    [
        ([], [], None, "05-26", Stage.TO_FILE),
        ([], [], None, "05-27", Stage.OVERDUE),
        (SENT, [], None, "05-19", Stage.TO_FILE),
        (SENT, [], None, "05-20", Stage.SENT),
        ([(day("05-20"), day("05-21"))], [], None, "05-21", Stage.TO_FILE),
        (SENT, [(day("05-22"), day("05-29"), None)], None, "05-29", Stage.CORRECTING),
        (SENT, [(day("05-22"), day("05-29"), None)], None, "05-30", Stage.LAPSED),
        (SENT, [(day("05-22"), day("05-29"), day("05-25"))], None, "05-25", Stage.SENT),
        (SENT, [(day("05-22"), day("05-29"), day("06-03"))], None, "06-03", Stage.SENT),
        (SENT, [], day("05-22"), "05-21", Stage.SENT),
        (SENT, [], day("05-22"), "05-22", Stage.REGISTERED),
    ],
)
def test_the_stage_follows_from_the_standing(
    sent: list[tuple[date, date | None]],
    corrections: list[tuple[date, date, date | None]],
    registered_on: date | None,
    on: str,
    stage: Stage,
) -> None:
    standing = Standing(
        due_on=day("05-26"),
        exempt=False,
        submissions=sent,
        corrections=corrections,
        registered_on=registered_on,
    )
    assert stage_of(standing, day(on)) is stage

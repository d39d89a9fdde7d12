from datetime import date

import pytest

from reviewflow.model.standing import ObligationStatus, Standing

DUE = date(2026, 5, 26)
DAY = date.fromisoformat
Corrections = tuple[tuple[date, date, date | None], ...]


def standing(
    *sent: str,
    returned: str | None = None,
    corrections: Corrections = (),
    registered: str | None = None,
    exempt: bool = False,
    complete: bool = True,
) -> Standing:
    """Facts of a duty due on 26 May 2026; what was returned is the first filing."""
    first = {0: DAY(returned)} if returned else {}
    return Standing(
        due_on=DUE,
        exempt=exempt,
        submissions=[(DAY(on), first.get(n)) for n, on in enumerate(sent)],
        corrections=corrections,
        registered_on=DAY(registered) if registered else None,
        report_is_complete=complete,
    )


def correction(corrected: str | None) -> Corrections:
    """A correction asked for on 22 May, due on the 29th."""
    day = DAY(corrected) if corrected else None
    return ((DAY("2026-05-22"), DAY("2026-05-29"), day),)


@pytest.mark.parametrize(
    ("facts", "day", "status"),
    [
        (standing(), "2026-05-26", "NOT_DUE"),  # the last day itself is in time
        (standing(), "2026-05-27", "OVERDUE_UNFILED"),
        (standing("2026-05-26"), "2026-11-23", "ON_TIME"),
        (standing("2026-05-27"), "2026-11-23", "LATE"),
        (standing("2026-05-20"), "2026-05-20", "ON_TIME"),  # before it is due
        (standing("2026-05-20"), "2026-05-19", "NOT_DUE"),  # not known yet
        (standing("2026-05-27"), "2026-05-26", "NOT_DUE"),
        (standing(exempt=True), "2026-11-23", "EXEMPT"),
        (standing("2026-05-20", exempt=True), "2026-11-23", "EXEMPT"),
        # sent to the wrong organ: the day it was sent again counts
        (standing("2026-05-20", returned="2026-05-22"), "2026-05-21", "ON_TIME"),
        (standing("2026-05-20", returned="2026-05-22"), "2026-05-22", "NOT_DUE"),
        (
            standing("2026-05-20", returned="2026-05-22"),
            "2026-05-27",
            "OVERDUE_UNFILED",
        ),
        (
            standing("2026-05-20", "2026-05-26", returned="2026-05-22"),
            "2026-06-30",
            "ON_TIME",
        ),
        (
            standing("2026-05-20", "2026-05-27", returned="2026-05-22"),
            "2026-06-30",
            "LATE",
        ),
        # supplemented in time, late, never
        (
            standing("2026-05-20", corrections=correction("2026-05-29")),
            "2026-06-30",
            "ON_TIME",
        ),
        (
            standing("2026-05-20", corrections=correction("2026-06-03")),
            "2026-06-30",
            "LATE",
        ),
        (
            standing("2026-05-20", corrections=correction("2026-06-03")),
            "2026-06-02",  # the late supplement is not known yet
            "LATE_UNREGISTERED",
        ),
        (
            standing("2026-05-20", corrections=correction(None)),
            "2026-05-29",
            "ON_TIME",
        ),
        (
            standing("2026-05-20", corrections=correction(None)),
            "2026-05-30",
            "LATE_UNREGISTERED",
        ),
        (
            standing("2026-05-27", corrections=correction("2026-05-28")),
            "2026-06-30",
            "LATE",  # supplementing does not make it earlier
        ),
    ],
)
def test_status_follows_from_what_was_known_on_the_day(
    facts: Standing, day: str, status: str
) -> None:
    assert facts.status(DAY(day)) is ObligationStatus(status)


@pytest.mark.parametrize(
    ("facts", "day", "decided"),
    [
        (standing("2026-05-20"), "2026-11-23", False),
        (standing("2026-05-20", registered="2026-05-25"), "2026-05-24", False),
        (standing("2026-05-20", registered="2026-05-25"), "2026-05-25", True),
        (standing("2026-05-20", returned="2026-05-22"), "2026-05-21", False),
        (standing("2026-05-20", returned="2026-05-22"), "2026-05-22", True),
        (
            standing("2026-05-20", corrections=correction(None)),
            "2026-05-21",
            False,
        ),
        (standing("2026-05-20", corrections=correction(None)), "2026-05-22", True),
    ],
)
def test_registering_returning_and_asking_to_supplement_are_decisions(
    *, facts: Standing, day: str, decided: bool
) -> None:
    assert facts.is_decided(DAY(day)) is decided


LATER = DAY("2026-11-23")


@pytest.mark.parametrize(
    ("facts", "at_first_go", "after_correction"),
    [
        (standing("2026-05-20", registered="2026-05-25"), True, True),
        (standing("2026-05-20"), False, False),
        (
            standing("2026-05-20", registered="2026-05-25", complete=False),
            False,
            True,
        ),
        (
            standing(
                "2026-05-20",
                registered="2026-06-03",
                corrections=correction("2026-05-28"),
            ),
            False,
            True,
        ),
        (
            standing(
                "2026-05-20",
                "2026-05-26",
                returned="2026-05-22",
                registered="2026-05-28",
            ),
            False,
            True,
        ),
    ],
)
def test_conforming_is_what_was_registered_at_first_go(
    *, facts: Standing, at_first_go: bool, after_correction: bool
) -> None:
    assert facts.is_conforming(LATER) is at_first_go
    assert facts.is_conforming(LATER, after_correction=True) is after_correction


def test_what_is_registered_later_is_not_conforming_yet() -> None:
    facts = standing("2026-05-20", registered="2026-05-25")

    assert not facts.is_conforming(DAY("2026-05-24"))
    assert facts.is_conforming(DAY("2026-05-25"))

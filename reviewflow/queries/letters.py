"""Letters of a case: which there are, and one of them in full."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow.errors import Missing
from reviewflow.letters.advice_fields import advice_occasions
from reviewflow.letters.extension_fields import extension_occasions
from reviewflow.letters.filing_fields import filing_occasions
from reviewflow.letters.hearing_fields import hearing_occasions
from reviewflow.letters.labels import LABELS
from reviewflow.letters.letter import Letter, read_body
from reviewflow.letters.meeting_fields import meeting_occasions
from reviewflow.letters.merge import Fields, fill
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.review_fields import review_occasions
from reviewflow.model.case import Case, CaseParty, Part
from reviewflow.model.people import Role
from reviewflow.permissions import REVIEWING, SYSTEM
from reviewflow.work import Work

OPINION = "review_opinion"
GATHER = (
    hearing_occasions,
    review_occasions,
    extension_occasions,
    advice_occasions,
    meeting_occasions,
    filing_occasions,
)
NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """A letter as a list shows it."""

    name: str
    title: str
    state: str
    since: date
    is_final: bool


@dataclass(frozen=True, slots=True)
class LetterPage:
    """A letter, the case it belongs to, and the case's other letters."""

    case: Case
    letter: Letter
    entries: list[LetterEntry]


def letters(work: Work, case_id: int) -> list[LetterEntry]:
    """Return the letters a case has by now, in the order they are written.

    Raises:
        Missing: There is no such case for the actor.
    """
    return [_entry(one) for one in _occasions(work, work.get(Case, case_id))]


def letter(work: Work, case_id: int, name: str) -> Letter:
    """Return one letter of a case.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        name: As `letters` lists it (`review_opinion-1`); without a number, the
            latest of that sort.

    Raises:
        Missing: There is no such case or letter for the actor.
        Invalid: Something the letter has to say is not known; the sentence says
            what.
        Unavailable: The wording is wrong.
    """
    return letter_page(work, case_id, name).letter


def letter_page(work: Work, case_id: int, name: str) -> LetterPage:
    """Return one letter of a case and what stands beside it.

    Raises:
        Missing: As for `letter`.
        Invalid: As for `letter`.
        Unavailable: As for `letter`.
    """
    case = work.get(Case, case_id)
    occasions = list(_occasions(work, case))
    named = [one for one in occasions if name in (one.name, one.sort.name)]
    if not named:
        raise Missing
    entries = [_entry(one) for one in occasions]
    return LetterPage(case, _letter(work, case, named[-1]), entries)


def _entry(occasion: Occasion) -> LetterEntry:
    return LetterEntry(
        name=occasion.name,
        title=occasion.sort.title,
        state=occasion.state,
        since=occasion.since,
        is_final=occasion.is_final,
    )


def _occasions(work: Work, case: Case) -> Iterator[Occasion]:
    wordings = work.process(case).kind.letters
    for gather in GATHER:
        for occasion in gather(work, case):
            is_seen = occasion.is_final or _may_see_draft(work, case, occasion)
            if is_seen and _file(occasion) in wordings:
                yield occasion


def _may_see_draft(work: Work, case: Case, occasion: Occasion) -> bool:
    """An opinion that is not signed is the review office's own, and auditors'."""
    if occasion.sort.name != OPINION or work.actor is SYSTEM:
        return True
    if work.actor.holds(Role.AUDITOR):
        return True
    office_id = work.session.scalar(
        sa.select(CaseParty.unit_id).where(
            CaseParty.case_id == case.id, CaseParty.part == Part.REVIEW_OFFICE
        )
    )
    posts = REVIEWING | {Role.REVIEW_INTAKE}
    return any((role, office_id) in work.actor.posts for role in posts)


def _letter(work: Work, case: Case, occasion: Occasion) -> Letter:
    fields, sort = occasion.fields(), occasion.sort
    file = _file(occasion)
    wording = work.process(case).kind.letters[file]
    text = fill(file, wording, fields, LABELS)
    number = _said(fields, "letter_number")
    return Letter(
        name=occasion.name,
        sort=sort.title,
        masthead=_said(fields, sort.issuer) + sort.masthead_tail,
        number=number,
        is_plain=not sort.masthead_tail,
        body=read_body(
            text, _said(fields, "signed_on"), has_headings=sort.has_headings
        ),
        is_final=occasion.is_final,
        state=occasion.state,
        since=occasion.since,
        file_name=_file_name(number or case.number, occasion),
    )


def _file(occasion: Occasion) -> str:
    return f"{occasion.sort.name}.txt"


def _file_name(number: str, occasion: Occasion) -> str:
    mark = "" if occasion.is_final else f"（{occasion.state}）"
    name = f"{number}-{occasion.sort.short_title}{mark}"
    return NOT_IN_NAMES.sub("_", name) + ".docx"


def _said(fields: Fields, name: str) -> str:
    return str(fields.get(name) or "")

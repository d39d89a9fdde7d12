"""Letters of a case: which there are, and one of them in full."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import template_rows
from reviewflow.errors import Invalid, Missing
from reviewflow.letters.adoption_fields import adoption_occasions
from reviewflow.letters.advice_fields import advice_occasions
from reviewflow.letters.assessment_fields import assessment_occasions
from reviewflow.letters.drafting_fields import agenda_occasions, drafting_occasions
from reviewflow.letters.drafting_note_fields import drafting_note_occasions
from reviewflow.letters.ending_fields import ending_occasions
from reviewflow.letters.erratum_fields import erratum_occasions
from reviewflow.letters.filing_fields import filing_occasions
from reviewflow.letters.filing_review_fields import filing_review_occasions
from reviewflow.letters.hearing_fields import hearing_occasions
from reviewflow.letters.hearing_record_fields import hearing_record_occasions
from reviewflow.letters.intake_fields import intake_occasions
from reviewflow.letters.issuing_fields import issuing_occasions
from reviewflow.letters.letter import Letter
from reviewflow.letters.meeting_fields import meeting_occasions
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.register_form_fields import register_form_occasions
from reviewflow.letters.review_fields import review_occasions
from reviewflow.letters.setting import LetterHead, set_template, set_wording
from reviewflow.model.case import Case, CaseParty, Part
from reviewflow.model.people import Role
from reviewflow.permissions import REVIEWING, SYSTEM
from reviewflow.template_rows import Wording
from reviewflow.work import Work

OPINION = "review_opinion"
GATHER = (
    drafting_occasions,
    hearing_occasions,
    hearing_record_occasions,
    assessment_occasions,
    drafting_note_occasions,
    intake_occasions,
    review_occasions,
    advice_occasions,
    adoption_occasions,
    agenda_occasions,
    meeting_occasions,
    issuing_occasions,
    filing_occasions,
    register_form_occasions,
    filing_review_occasions,
    ending_occasions,
    erratum_occasions,
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


def trial_letter(
    work: Work, number: str, wording: Wording, template: bytes | None
) -> Letter:
    """Return the latest letter of a case as a template would set it.

    Args:
        work: Who asks.
        number: Of the case.
        wording: Of the letter.
        template: The bytes of a Word file; none for the shipped wording.

    Raises:
        Invalid: The actor sees no such case, or it has no such letter; something
            the letter has to say is not known.
        Unavailable: The template is wrong.
    """
    case = work.session.scalar(sa.select(Case).where(Case.number == number))
    if case is None:
        raise Invalid({"number": "没有您可以查看的这个编号的事项，请核对。"})
    kind = work.process(case).kind
    fitting = [
        one
        for one in _occasions(work, case)
        if template_rows.name_of(kind, one.sort.name) == wording.name
    ]
    if not fitting:
        raise Invalid({"number": "该事项还没有这种文书，请另选一件。"})
    return _set(case, fitting[-1], wording.text, template)


def _letter(work: Work, case: Case, occasion: Occasion) -> Letter:
    kind = work.process(case).kind
    name = template_rows.name_of(kind, occasion.sort.name)
    as_of = occasion.template_as_of(work.now)
    row = template_rows.template_in_force(work, name, as_of)
    content = None
    if row is not None:
        with work.files.open(row.sha256) as file:
            content = file.read()
    return _set(case, occasion, kind.letters[_file(occasion)], content)


def _set(
    case: Case, occasion: Occasion, wording: str, template: bytes | None
) -> Letter:
    fields = occasion.fields()
    number = str(fields.get("letter_number") or "")
    head = LetterHead(
        name=occasion.name,
        state=occasion.state,
        since=occasion.since,
        file_name=_file_name(number or case.number, occasion),
        is_final=occasion.is_final,
    )
    if template is None:
        return set_wording(occasion.sort, wording, fields, head)
    return set_template(occasion.sort, template, fields, head)


def _file(occasion: Occasion) -> str:
    return f"{occasion.sort.name}.txt"


def _file_name(number: str, occasion: Occasion) -> str:
    mark = "" if occasion.is_final else f"（{occasion.state}）"
    name = f"{number}-{occasion.sort.short_title}{mark}"
    return NOT_IN_NAMES.sub("_", name) + ".docx"

"""Letters of a case: which there are, and one of them in full."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow import filing_moves, template_rows
from reviewflow.clock import beijing_date
from reviewflow.errors import Invalid, Missing
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.letters.gatherers import all_occasions
from reviewflow.letters.letter import Letter
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.setting import LetterHead, set_template, set_wording
from reviewflow.model.case import Case, CaseParty, Part
from reviewflow.model.event import Event
from reviewflow.model.filing import FILING, OUTSIDE_FILING
from reviewflow.model.people import Role
from reviewflow.permissions import REVIEWING, SYSTEM
from reviewflow.template_rows import Wording
from reviewflow.work import Work

OPINION = "review_opinion"
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
    kinds = _kinds(work, case)
    wordings = frozenset(file for _until, kind in kinds for file in kind.letters)
    for occasion in all_occasions(work, case, wordings):
        is_of_its_kind = occasion.sort.file in _kind_of(kinds, occasion).letters
        is_seen = occasion.is_final or _may_see_draft(work, case, occasion)
        if is_of_its_kind and is_seen:
            yield occasion


def _kinds(work: Work, case: Case) -> list[tuple[date, ProcessKind]]:
    """Return the kinds a case has been of, each with its last day."""
    now = (date.max, work.process(case).kind)
    if case.kind not in (FILING, OUTSIDE_FILING):
        return [now]
    moves = work.session.scalars(
        sa.select(Event)
        .where(Event.case_id == case.id, Event.kind == filing_moves.MOVED)
        .order_by(Event.seq)
    )
    left = [(beijing_date(one.at), (one.payload or {})["left"]) for one in moves]
    versions = [
        (day, work.processes.get(work.session, version).kind) for day, version in left
    ]
    return [*versions, now]


def _kind_of(kinds: Sequence[tuple[date, ProcessKind]], one: Occasion) -> ProcessKind:
    """Return of which kind the case was when a letter was written."""
    return next(kind for until, kind in kinds if one.since <= until)


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
    kind = _kind_of(_kinds(work, case), occasion)
    name = template_rows.name_of(kind, occasion.sort.name)
    as_of = occasion.template_as_of(work.now)
    row = template_rows.template_in_force(work, name, as_of)
    content = None
    if row is not None:
        with work.files.open(row.sha256) as file:
            content = file.read()
    return _set(case, occasion, kind.letters[occasion.sort.file], content)


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


def _file_name(number: str, occasion: Occasion) -> str:
    mark = "" if occasion.is_final else f"（{occasion.state}）"
    name = f"{number}-{occasion.sort.short_title}{mark}"
    return NOT_IN_NAMES.sub("_", name) + ".docx"

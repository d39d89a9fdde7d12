"""Templates of letters as the administrator sees them."""

from dataclasses import dataclass
from typing import BinaryIO

from reviewflow import permissions, template_rows
from reviewflow.errors import Missing
from reviewflow.letters.letter import Letter
from reviewflow.letters.setting import LetterHead, set_template, set_wording
from reviewflow.letters.shipped_template import shipped_template
from reviewflow.letters.sorts import SORTS, LetterSort
from reviewflow.letters.template_fields import (
    TemplateField,
    sample_fields,
    template_fields,
)
from reviewflow.model.letter_template import LetterTemplate, TemplateAct
from reviewflow.queries.letters import trial_letter
from reviewflow.template_rows import Wording
from reviewflow.work import Work

SAMPLE = "示例内容"


@dataclass(frozen=True, slots=True)
class TemplateEntry:
    """One sort of letter, where it is used, and the template of the place."""

    wording: Wording
    sort: LetterSort
    used: LetterTemplate | None
    """Adopted here; none where the shipped one is used."""
    has_waiting: bool
    """A template was uploaded and waits to be adopted."""


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One entry, all that was done with it, and the fields it may use."""

    entry: TemplateEntry
    acts: list[LetterTemplate]
    fields: list[TemplateField]


def list_templates(work: Work) -> list[TemplateEntry]:
    """Return every sort of letter the kinds in force write.

    Raises:
        Refused: The actor is not an administrator.
    """
    permissions.require_admin(work.actor)
    acts = template_rows.all_acts(work)
    found = template_rows.wordings(work).values()
    entries = [
        _entry(wording, acts.get(wording.name, []))
        for wording in found
        if wording.sort in SORTS
    ]
    places = list(SORTS)
    return sorted(entries, key=lambda one: places.index(one.sort.name))


def template_page(work: Work, name: str) -> TemplatePage:
    """Return one of them with its history.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is no such letter.
    """
    wording = _wording(work, name)
    acts = template_rows.all_acts(work).get(name, [])
    fields = template_fields(wording.sort)
    return TemplatePage(_entry(wording, acts), acts, fields)


def shipped_file(work: Work, name: str) -> bytes:
    """Return the shipped template as a Word file.

    Raises:
        Refused, Missing: As `template_page`.
    """
    wording = _wording(work, name)
    return shipped_template(SORTS[wording.sort], wording.text, work.today)


def template_file(
    work: Work, name: str, template_id: int
) -> tuple[LetterTemplate, BinaryIO]:
    """Return an uploaded template of a letter and its bytes.

    Raises:
        Refused: The actor is not an administrator.
        Missing: There is none.
    """
    permissions.require_admin(work.actor)
    row = work.get(LetterTemplate, template_id)
    if row.wording != name or not row.sha256:
        raise Missing
    return row, work.files.open(row.sha256)


def sample_letter(work: Work, name: str, template_id: int) -> Letter:
    """Return what a letter would look like, filled with sample values.

    Args:
        work: Who asks.
        name: Of the wording.
        template_id: An uploaded template; 0 for the shipped wording.

    Raises:
        Refused, Missing: As `template_page`; the template is another letter's.
        Invalid, Unavailable: It cannot be filled.
    """
    wording = _wording(work, name)
    sort, fields = SORTS[wording.sort], sample_fields(wording.sort)
    called = f"{sort.short_title}（{SAMPLE}）.docx"
    head = LetterHead(name, SAMPLE, work.today, called, is_final=False)
    content = _content(work, name, template_id)
    if content is None:
        return set_wording(sort, wording.text, fields, head)
    return set_template(sort, content, fields, head)


def case_letter(work: Work, name: str, template_id: int, number: str) -> Letter:
    """Return what the latest such letter of a case would look like.

    Args:
        work: Who asks; the case is one the actor may see.
        name: Of the wording.
        template_id: An uploaded template; 0 for the shipped wording.
        number: Of the case.

    Raises:
        Refused, Missing: As `sample_letter`.
        Invalid: There is no such case, or it has no such letter; something the
            letter has to say is not known.
        Unavailable: The template is wrong.
    """
    wording = _wording(work, name)
    content = _content(work, name, template_id)
    return trial_letter(work, number, wording, content)


def _content(work: Work, name: str, template_id: int) -> bytes | None:
    if not template_id:
        return None
    _, file = template_file(work, name, template_id)
    with file:
        return file.read()


def _wording(work: Work, name: str) -> Wording:
    permissions.require_admin(work.actor)
    found = template_rows.wordings(work).get(name)
    if found is None or found.sort not in SORTS:
        raise Missing
    return found


def _entry(wording: Wording, acts: list[LetterTemplate]) -> TemplateEntry:
    used = next((row for row in acts if row.act is not TemplateAct.UPLOADED), None)
    if used is not None and used.act is TemplateAct.SHIPPED:
        used = None
    is_waiting = bool(acts) and acts[0].act is TemplateAct.UPLOADED
    return TemplateEntry(wording, SORTS[wording.sort], used, is_waiting)

"""What the outline of an interpretation may say (政策解读)."""

from collections.abc import Iterator
from functools import partial

from reviewflow import chinese, clock
from reviewflow.answered import last_answers
from reviewflow.letters.drafting_note_fields import background_fields
from reviewflow.letters.issuing_fields import (
    PUBLISHED_EVENT,
    notice_fields,
    publication_of,
)
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.publication import Publication
from reviewflow.work import Work

PROJECT_STEP = "apply_project"


def interpretation_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for an interpretation: the document has its number."""
    row = publication_of(work, case)
    if row is None:
        return
    yield Occasion(
        SORTS["interpretation"],
        place=1,
        since=row.published_on or clock.beijing_date(row.recorded_at),
        is_final=row.published_on is not None,
        fields=partial(interpretation_fields, work, case, row),
        settled=partial(instant_of, work, case, PUBLISHED_EVENT),
    )


def interpretation_fields(work: Work, case: Case, row: Publication) -> Fields:
    """Return what the outline may say; what the text provides is told by hand."""
    main_rules = last_answers(work, case, PROJECT_STEP).get("main_rules")
    return {
        "unit_name": case.unit.name,
        **notice_fields(work, case, row),
        "doc_number": row.doc_number,
        **background_fields(work, case),
        "main_rules": chinese.end_of_sentence(main_rules),
        "contact": case.drafter.display_name,
        "letter_number": "",
    }

"""What the announcement of an error may say (更正公告)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.erratum import Erratum
from reviewflow.model.library import LibraryDocument
from reviewflow.work import Work


def erratum_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for an announcement: each error that was put right."""
    rows = work.session.scalars(
        sa.select(Erratum)
        .join(Erratum.document)
        .where(LibraryDocument.case_id == case.id)
        .order_by(Erratum.id)
    )
    for place, row in enumerate(rows, 1):
        yield Occasion(
            SORTS["erratum_notice"],
            place=place,
            since=row.announced_on,
            is_final=True,
            fields=partial(erratum_fields, row),
            settled=partial(_entered_at, row),
        )


def _entered_at(row: Erratum) -> datetime:
    return row.made_at


def erratum_fields(row: Erratum) -> Fields:
    """Return what the announcement may say."""
    published = row.document.publication
    return {
        "maker_name": published.maker.name,
        "title": chinese.line(published.title),
        "doc_number": published.doc_number,
        "published_on": chinese.day(published.published_on),
        "wrong": chinese.end_of_sentence(row.wrong),
        "corrected": chinese.end_of_sentence(row.corrected),
        "channel": chinese.line(row.channel),
        "letter_number": "",
        "signed_on": chinese.day(row.announced_on),
    }

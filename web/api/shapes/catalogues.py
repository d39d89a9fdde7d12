"""How yearly catalogues look, and what may be sent about them."""

from typing import Literal

from pydantic import Field

from reviewflow.model.catalogue import CatalogueSort, Category, ItemState
from reviewflow.queries.catalogues import CataloguePage, CatalogueRow, ItemRow
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Key, Query, Text, Word


class YearQuery(Query):
    """Of which year; this one, if nothing is said."""

    year: int | None = Field(default=None, ge=1, le=9999)


class Catalogue(Answer):
    """What one government lists for one year."""

    id: int
    organ: Organ
    sort: CatalogueSort
    year: int
    consent_on: Day | None
    consent_reference: str
    published_on: Day | None
    channel: str


class CatalogueLine(Catalogue):
    """A catalogue in a list, with how much it holds."""

    listed: int
    begun: int
    proposed: int


class Catalogues(Answer):
    """The catalogues of a year."""

    items: list[CatalogueLine]
    total: int
    next: str | None


class CatalogueItem(Answer):
    """One matter; numbered while it is listed."""

    id: int
    number: int | None
    state: ItemState
    category: Category
    title: str
    undertaker: Organ
    schedule: str
    grounds: str
    reason: str
    is_adjustment: bool
    is_late: bool
    case_id: int | None
    case_number: str | None


class CatalogueRecord(Catalogue):
    """One catalogue with everything proposed for it."""

    started_by: Day
    items: list[CatalogueItem]


class Proposal(Body):
    """What a unit wants to be listed."""

    unit_id: Key
    sort: CatalogueSort = Field(strict=False)
    year: int
    category: Category = Field(strict=False)
    title: Word
    schedule: Word
    grounds: Text


class Argument(Body):
    """Whether a proposal is listed; declining, and adjusting later, needs a reason."""

    outcome: Literal["LISTED", "DECLINED"]
    reason: Text = ""


class Removal(Body):
    """Why a matter is taken out."""

    reason: Text


class CaseLink(Body):
    """Which case a matter has become, by its number."""

    number: Word


class Consent(Body):
    """When consent was given, and by which meeting or letter."""

    consent_on: Day
    consent_reference: Word


class CataloguePublication(Body):
    """When and where it was published."""

    published_on: Day
    channel: Word


def catalogue_line(row: CatalogueRow) -> CatalogueLine:
    """Return a catalogue in a list."""
    return CatalogueLine(
        **Catalogue.model_validate(row.catalogue).model_dump(),
        listed=row.listed,
        begun=row.begun,
        proposed=row.proposed,
    )


def catalogue_record(page: CataloguePage) -> CatalogueRecord:
    """Return one catalogue with its matters."""
    return CatalogueRecord(
        **Catalogue.model_validate(page.catalogue).model_dump(),
        started_by=page.started_by,
        items=[_item(row) for row in page.rows],
    )


def _item(row: ItemRow) -> CatalogueItem:
    item = row.item
    return CatalogueItem(
        id=item.id,
        number=row.number,
        state=item.state,
        category=item.category,
        title=item.title,
        undertaker=Organ.model_validate(item.undertaker),
        schedule=item.schedule,
        grounds=item.grounds,
        reason=item.reason,
        is_adjustment=item.is_adjustment,
        is_late=row.is_late,
        case_id=row.case.id if row.case else None,
        case_number=row.case.number if row.case else None,
    )

"""Yearly catalogues as pages and workbooks show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import organs
from reviewflow.errors import Missing
from reviewflow.letters.workbook import Sheet
from reviewflow.model.case import Case
from reviewflow.model.catalogue import (
    Catalogue,
    CatalogueItem,
    ItemState,
)
from reviewflow.model.people import Unit
from reviewflow.work import Work

STARTED_BY = "WL-13"
HEADINGS = ("序号", "事项类别", "决策事项", "承办单位", "时间安排")


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A catalogue in a list, with how much it holds."""

    catalogue: Catalogue
    listed: int
    begun: int
    proposed: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item with its number in the published order, and its case."""

    number: int | None
    item: CatalogueItem
    case: Case | None
    is_late: bool
    """Listed, and not begun by the day it should have been."""


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """All that the page of one catalogue shows."""

    catalogue: Catalogue
    rows: list[ItemRow]
    started_by: date
    may_keep: bool

    @property
    def listed(self) -> list[ItemRow]:
        """What is in force, in order."""
        return [row for row in self.rows if row.number is not None]

    def in_state(self, state: ItemState) -> list[ItemRow]:
        """Return the rows in one state."""
        return [row for row in self.rows if row.item.state is state]


def list_catalogues(work: Work, year: int) -> list[CatalogueRow]:
    """Return the catalogues of a year the actor may see, in official order."""
    of_item = CatalogueItem.catalogue_id
    is_listed = CatalogueItem.state == ItemState.LISTED
    counts = {
        catalogue_id: counted
        for catalogue_id, *counted in work.session.execute(
            sa.select(
                of_item,
                sa.func.count().filter(is_listed),
                sa.func.count(CatalogueItem.case_id).filter(is_listed),
                sa.func.count().filter(CatalogueItem.state == ItemState.PROPOSED),
            )
            .select_from(CatalogueItem)
            .group_by(of_item)
        )
    }
    return [
        CatalogueRow(one, *counts.get(one.id, (0, 0, 0)))
        for one in work.session.scalars(_ordered().where(Catalogue.year == year))
    ]


def published_catalogues(work: Work) -> Sequence[Catalogue]:
    """Return every published catalogue, the latest year first."""
    published = Catalogue.published_on.is_not(None)
    found = work.session.scalars(_ordered().where(published)).all()
    return sorted(found, key=lambda one: -one.year)


def catalogue_page(work: Work, catalogue_id: int) -> CataloguePage:
    """Return one catalogue with its items.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    catalogue = work.get(Catalogue, catalogue_id)
    started_by = work.law.deadline(STARTED_BY, date(catalogue.year, 1, 1)).due_on
    items = work.session.scalars(
        sa.select(CatalogueItem)
        .where(CatalogueItem.catalogue_id == catalogue.id)
        .options(joinedload(CatalogueItem.proposed_by))
        .order_by(CatalogueItem.settled_at, CatalogueItem.id)
    ).all()
    cases = _cases(work, [item.case_id for item in items if item.case_id])
    rows, number = [], 0
    for item in items:
        is_listed = item.state is ItemState.LISTED
        number += is_listed
        is_late = is_listed and item.case_id is None and work.today >= started_by
        case = cases.get(item.case_id or 0)
        rows.append(ItemRow(number if is_listed else None, item, case, is_late))
    return CataloguePage(
        catalogue, rows, started_by, organs.actor_is_its_clerk(work, catalogue.organ)
    )


def published_page(work: Work, catalogue_id: int) -> CataloguePage:
    """Return a published catalogue as everybody may read it.

    Raises:
        Missing: There is none, or it is not published.
    """
    page = catalogue_page(work, catalogue_id)
    if page.catalogue.published_on is None:
        raise Missing
    return page


def catalogue_sheet(page: CataloguePage, name: str, words: Sequence[str]) -> Sheet:
    """Return the catalogue as a sheet with the five official columns.

    Args:
        page: The catalogue.
        name: Of the sheet.
        words: The category of each listed row, in words.
    """
    rows = [
        (row.number, word, row.item.title, row.item.undertaker.name, row.item.schedule)
        for row, word in zip(page.listed, words, strict=True)
    ]
    return Sheet(name, HEADINGS, rows)


def years_of(work: Work) -> list[int]:
    """Return this year, the next, and every year with a catalogue; latest first."""
    found = set(work.session.scalars(sa.select(Catalogue.year).distinct()))
    return sorted(found | {work.today.year, work.today.year + 1}, reverse=True)


def _ordered() -> sa.Select[Catalogue]:
    order = (Unit.position, Unit.id, Catalogue.sort)
    return (
        sa.select(Catalogue).join(Unit, Unit.id == Catalogue.organ_id).order_by(*order)
    )


def _cases(work: Work, ids: Sequence[int]) -> dict[int, Case]:
    if not ids:
        return {}
    found = work.session.scalars(sa.select(Case).where(Case.id.in_(ids)))
    return {case.id: case for case in found}

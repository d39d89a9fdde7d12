"""How the items of the plan look, and how they are asked for."""

from typing import Any

from pydantic import Field

from reviewflow.queries.indicators import Indicators
from reviewflow.queries.item_book import plan
from reviewflow.queries.item_proofs import Proof
from reviewflow.queries.item_states import Actual, Standing, State
from reviewflow.queries.items import Absent, Board, Evidence, ItemPage
from web.api.wire import Answer, Day, Query


class BoardQuery(Query):
    """As known on which day, of which year; today and its year, if nothing is said."""

    as_of: Day | None = None
    year: int | None = Field(default=None, ge=1, le=9999)

    def typed(self) -> dict[str, str | None]:
        """Return it as the page asks."""
        asked = self.model_dump(mode="json")
        return {name: None if one is None else str(one) for name, one in asked.items()}


class BoardMeasure(Answer):
    """One figure of an item: what it should come to, and what it has come to."""

    id: str
    title: str
    indicator: str
    kind: str
    goal: str
    target: int | None
    at_least: int | None
    target_source: str
    numerator: int | None
    denominator: int | None
    value: str | None
    state: State
    reason: str


class BoardItem(Answer):
    """One item of the plan as it stands."""

    id: int
    title: str
    text: str
    note: str
    state: State
    measures: list[BoardMeasure]


class BoardItems(Answer):
    """Every item as it stands on a day."""

    plan: str
    year: int
    as_of: Day
    scope: str
    rule_version: str
    items: list[BoardItem]
    total: int
    next: str | None


class BoardShare(Answer):
    """How many of how many, of a level or of a unit."""

    key: str
    label: str
    numerator: int
    denominator: int
    value: str | None
    told: str


class BoardProof(Answer):
    """One thing that counts: whose it is, what it is, the page it has."""

    unit_id: int | None
    unit_name: str
    name: str
    path: str
    told: str


class BoardAbsence(Answer):
    """Who is missing in one way, why, and what to do."""

    reason: str
    todo: str
    count: int
    items: list[BoardProof]


class BoardMeasureWhole(BoardMeasure):
    """One figure with all that stands behind it."""

    levels: list[BoardShare]
    units: list[BoardShare]
    absent: list[BoardAbsence]
    proven: int
    evidence: list[BoardProof]


class BoardItemWhole(Answer):
    """One item with all that stands behind it."""

    plan: str
    year: int
    as_of: Day
    scope: str
    rule_version: str
    id: int
    title: str
    text: str
    note: str
    state: State
    measures: list[BoardMeasureWhole]


def board_shape(found: Board) -> BoardItems:
    """Return the board."""
    return BoardItems(
        **_scope(found.answer),
        items=[
            BoardItem(
                **_item(row),
                measures=[BoardMeasure(**_measure(a)) for a in row.actuals],
            )
            for row in found.rows
        ],
        total=len(found.rows),
        next=None,
    )


def item_shape(page: ItemPage) -> BoardItemWhole:
    """Return one item."""
    return BoardItemWhole(
        **_scope(page.answer),
        **_item(page.standing),
        measures=[_whole(page, part) for part in page.parts],
    )


def _scope(answer: Indicators) -> dict[str, Any]:
    return {
        "plan": plan().title,
        "year": answer.question.last_day.year,
        "as_of": answer.question.as_of,
        "scope": "all" if answer.sees_all else "visible",
        "rule_version": answer.rule_version,
    }


def _item(standing: Standing) -> dict[str, Any]:
    item = standing.item
    told = {"id": item.number, "title": item.title, "text": item.text}
    return told | {"note": item.note, "state": standing.state}


def _measure(actual: Actual) -> dict[str, Any]:
    measure, has = actual.measure, actual.has_data
    names = ("id", "title", "indicator", "kind", "goal", "target", "at_least")
    return {name: getattr(measure, name) for name in names} | {
        "target_source": measure.target_source,
        "numerator": actual.numerator if has else None,
        "denominator": actual.denominator if has and not actual.is_count else None,
        "value": actual.value,
        "state": actual.state,
        "reason": actual.reason,
    }


def _whole(page: ItemPage, part: Evidence) -> BoardMeasureWhole:
    return BoardMeasureWhole(
        **_measure(part.actual),
        levels=[BoardShare.model_validate(share) for share in part.levels],
        units=[BoardShare.model_validate(share) for share in part.units],
        absent=[_absence(page, one) for one in part.absent],
        proven=part.proven,
        evidence=[_proof(page, proof) for proof in part.proofs],
    )


def _absence(page: ItemPage, one: Absent) -> BoardAbsence:
    return BoardAbsence(
        reason=one.lack.reason,
        todo=one.lack.todo,
        count=one.count,
        items=[_proof(page, proof) for proof in one.proofs],
    )


def _proof(page: ItemPage, proof: Proof) -> BoardProof:
    return BoardProof(
        unit_id=proof.unit_id,
        unit_name=page.names.get(proof.unit_id or 0, ""),
        name=proof.name,
        path=proof.path,
        told=proof.told,
    )

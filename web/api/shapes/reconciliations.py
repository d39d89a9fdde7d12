"""How lists of issued documents look, and what may be sent about them."""

from pydantic import Field

from reviewflow.filing_desks import Desk as DeskRow
from reviewflow.list_columns import COLUMNS
from reviewflow.matching import Ground
from reviewflow.model.people import Role
from reviewflow.model.reconciliation import ListSource, RowState
from reviewflow.model.reconciliation import Reconciliation as ReconciliationList
from reviewflow.queries.reconciliation_rows import Line
from reviewflow.queries.reconciliations import Counts
from reviewflow.queries.standings import Stage
from reviewflow.usecases.reconciliations import Cells
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Instant, Key, Text, Window, Word

MOST_SENT = 5_000


class ReconciliationQuery(Window):
    """Which rows."""

    state: RowState | None = None


class Maker(Answer):
    """Whose documents one looks after, and in which post."""

    id: int
    name: str
    role: Role


class FilingDesk(Answer):
    """Where one files or receives filings."""

    keeper: Organ
    makers: list[Maker]


class Reconciliation(Answer):
    """A list, and how many of its rows are in which state."""

    id: int
    keeper: Organ
    maker: Organ | None
    source: ListSource
    name: str
    imported_at: Instant | None
    matched_at: Instant | None
    counts: dict[RowState, int]


class Reconciliations(Answer):
    """The latest lists, and whose may be sent."""

    items: list[Reconciliation]
    total: int
    next: str | None
    desks: list[FilingDesk]


class FilingStage(Answer):
    """How far a duty to file has come."""

    id: int
    stage: Stage


class ReconciliationLine(Answer):
    """A row, with the known document it is or may be."""

    id: int
    line: int
    maker: Organ
    title: str
    doc_number: str
    issued_on: Day
    state: RowState
    ground: Ground | None
    library_id: int | None
    known_title: str | None
    known_number: str | None
    filings: list[FilingStage]
    reason: str
    case_id: int | None


class ReconciliationLines(Answer):
    """A part of the rows of a list, those to be settled first."""

    reconciliation: Reconciliation
    items: list[ReconciliationLine]
    total: int
    next: str | None


class SentLine(Body):
    """An issued document; its maker if the list is not one maker's."""

    title: Word
    issued_on: Day
    doc_number: Word = ""
    maker: Word = ""


class SentList(Body):
    """Issued documents of one maker, or of several that the rows name."""

    keeper_id: Key
    maker_id: Key | None = None
    source: ListSource = Field(strict=False)
    name: Word = Field(min_length=1)
    rows: list[SentLine] = Field(min_length=1, max_length=MOST_SENT)

    @property
    def whose(self) -> str:
        """Desk and maker as the page sends them."""
        return f"{self.keeper_id}-{self.maker_id or 0}"

    @property
    def columns(self) -> dict[str, str]:
        """Which of the columns there are; a list may have no numbers at all."""
        left_out = set() if any(row.doc_number for row in self.rows) else {"doc_number"}
        return {name: said for name, said in COLUMNS.items() if name not in left_out}

    @property
    def cells(self) -> Cells:
        """The rows as a sheet has them."""
        rows = (
            [row.title, row.doc_number, row.issued_on.isoformat(), row.maker]
            for row in self.rows
        )
        return [(0, [*COLUMNS.values()]), *enumerate(rows, start=1)]


class ImportedList(Answer):
    """What came of a list; it has no id if nothing on it was new."""

    id: int | None
    added: int
    known: int


class SameOrNot(Body):
    """Whether a row is the known document it seems to be."""

    is_same: bool


class Exclusion(Body):
    """The four questions, not all of them yes, and why."""

    administrative: bool
    external: bool
    binding: bool
    repeated: bool
    reason: Text

    @property
    def answers(self) -> dict[str, str]:
        """The answers as the page sends them."""
        said = self.model_dump()
        return {
            name: value if name == "reason" else "yes" if value else "no"
            for name, value in said.items()
        }


class Omission(Body):
    """A document that should have been filed and was not."""

    doc_number: Word
    published_on: Day
    effective_on: Day
    valid_until: Day | None = None
    long_reason: Text = ""
    early_reason: Text = ""
    reason: Text


def desk_shape(desk: DeskRow) -> FilingDesk:
    """Return how a desk looks."""
    makers = [
        Maker(id=unit.id, name=unit.name, role=role)
        for unit, role in desk.makers.values()
    ]
    return FilingDesk(keeper=Organ.model_validate(desk.keeper), makers=makers)


def list_shape(row: ReconciliationList, counts: Counts) -> Reconciliation:
    """Return how a list looks."""
    return Reconciliation(
        id=row.id,
        keeper=Organ.model_validate(row.keeper),
        maker=Organ.model_validate(row.maker) if row.maker else None,
        source=row.source,
        name=row.name,
        imported_at=row.imported_at,
        matched_at=row.matched_at,
        counts={state: counts.get(state, 0) for state in RowState},
    )


def line_shape(one: Line) -> ReconciliationLine:
    """Return how a row looks."""
    row, known = one.row, one.row.publication
    return ReconciliationLine(
        id=row.id,
        line=row.line,
        maker=Organ.model_validate(row.maker),
        title=row.title,
        doc_number=row.doc_number,
        issued_on=row.issued_on,
        state=row.state,
        ground=one.ground,
        library_id=one.library_id,
        known_title=known.title if known else None,
        known_number=known.doc_number if known else None,
        filings=[FilingStage(id=key, stage=stage) for key, stage in one.filings],
        reason=row.reason,
        case_id=row.case_id,
    )

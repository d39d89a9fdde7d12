"""How a table of bases looks, and what may be sent about it."""

from pydantic import Field

from reviewflow.basis_rows import NATURES, Laid, Mark
from reviewflow.comments.sheets import Line
from reviewflow.model.basis import Nature
from reviewflow.queries.bases import BasesPage, BasisRow
from web.api.wire import Answer, Body, Instant, Text, Word


class Basis(Answer):
    """One row; a row that takes its place has another id and the same number."""

    id: int
    number: int
    clause: str
    provision: str
    nature: Nature
    source: str
    quote: str
    note: str
    entered_at: Instant
    mark: Mark | None
    place: str | None


class ProvisionBases(Answer):
    """A provision of the latest draft, with its rows."""

    clause: str
    text: str
    bases: list[Basis]


class DraftVersion(Answer):
    """Which upload the provisions are those of."""

    name: str
    number: int


class Bases(Answer):
    """The table of a case as it stands."""

    draft: DraftVersion | None
    provisions: list[ProvisionBases]
    stray: list[Basis]
    missing: list[str]
    is_complete: bool
    laid: Laid


class BasisEntry(Body):
    """What a provision rests on, or why it rests on nothing."""

    clause: Word
    nature: Nature = Field(strict=False)
    source: Text = ""
    quote: Text = ""
    note: Text = ""


class BasisLine(BasisEntry):
    """A row as a sheet has it; its text, if given, is compared with the draft."""

    provision: Text = ""

    @property
    def cells(self) -> dict[str, str]:
        """The texts by the headings of a sheet."""
        return {
            "条款": self.clause,
            "条文内容": self.provision,
            "依据名称及条款": self.source,
            "依据原文": self.quote,
            "说明": f"{NATURES[self.nature]}：{self.note}",
        }


class BasisLines(Body):
    """Rows to be imported, all or none."""

    rows: list[BasisLine] = Field(min_length=1, max_length=1_000)

    @property
    def lines(self) -> list[Line]:
        """The rows with their numbers, from 1."""
        return [(number, row.cells) for number, row in enumerate(self.rows, start=1)]


class Imported(Answer):
    """What came of an import."""

    added: int
    known: int
    blank: int


def basis_shape(row: BasisRow) -> Basis:
    """Return how a row looks."""
    one = row.basis
    return Basis(
        id=one.id,
        number=one.number,
        clause=one.clause,
        provision=one.provision,
        nature=one.nature,
        source=one.source,
        quote=one.quote,
        note=one.note,
        entered_at=one.entered_at,
        mark=row.mark,
        place=row.place,
    )


def bases_shape(page: BasesPage) -> Bases:
    """Return how the table looks today."""
    return Bases(
        draft=DraftVersion.model_validate(page.draft) if page.draft else None,
        provisions=[
            ProvisionBases(
                clause=one.clause,
                text=one.text,
                bases=[basis_shape(row) for row in one.rows],
            )
            for one in page.provisions
        ],
        stray=[basis_shape(row) for row in page.stray],
        missing=page.missing,
        is_complete=page.is_complete,
        laid=page.laid,
    )

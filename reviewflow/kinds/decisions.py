"""What a kind's decision table says, asked beside a running case."""

from collections.abc import Mapping

from reviewflow.kinds.check_tables import read_table
from reviewflow.kinds.diagrams import read_xml
from reviewflow.kinds.notebook import Notebook
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.kinds.tables import Table, children, read_constant, text_of


def find_table(kind: ProcessKind, decision: str) -> Table | None:
    """Return the decision table of that id among those a kind has."""
    for name, content in kind.tables.items():
        table = read_table(Notebook(name, read_xml(content)))
        if table is not None and table.id == decision:
            return table
    return None


def decide(table: Table, facts: Mapping[str, object]) -> object:
    """Return the first output of the row that holds, nothing if none does."""
    for row in table.rows:
        tested = zip(table.columns, row.cells, strict=True)
        if all(cell.holds(facts.get(column.name)) for column, cell in tested):
            return read_constant(text_of(next(children(row.element, "outputEntry"))))
    return None

"""The table of bases as a file, and stored before it is filed."""

from io import BytesIO

from reviewflow.letters.table_docx import render_table
from reviewflow.queries.basis_tables import SHARES, TITLE, BasesOut
from reviewflow.usecases.documents import Upload, receive_upload
from web.sessions import runtime

NAME = f"{TITLE}.docx"


def word_file(table: BasesOut) -> bytes:
    """Return the table as a Word file."""
    return render_table(table.sheet, table.facts, table.day, SHARES)


def store_table(table: BasesOut) -> Upload:
    """Return the table as a stored file, not yet part of any case.

    Raises:
        Unavailable: It could not be written.
    """
    return receive_upload(runtime().files, NAME, BytesIO(word_file(table)))

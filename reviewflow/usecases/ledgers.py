"""A ledger of the past is imported: every row, or none (历史台账)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from reviewflow import ledger_columns as of
from reviewflow.comments.sheet_traps import refused
from reviewflow.comments.sheets import Line
from reviewflow.errors import Invalid, ReviewflowError
from reviewflow.model.job import Job
from reviewflow.model.ledger import LedgerImport
from reviewflow.model.people import User
from reviewflow.storage.files import FileStore
from reviewflow.usecases.comments import read_table
from reviewflow.usecases.jobs import ask_for
from reviewflow.usecases.ledger_checks import (
    Checked,
    Tell,
    check_ledger,
    place_of,
)
from reviewflow.usecases.ledger_forms import Entry
from reviewflow.usecases.ledger_rows import record_entry
from reviewflow.work import Work

LONGEST_NAME = 150
JOB = "import_ledger"
FIELDS = {
    # what an effect calls a cell
    "doc_number": of.NUMBER,
    "order_number": of.NUMBER,
    "joint_makers": of.JOINT,
    "published_on": of.PUBLISHED,
    "effective_on": of.EFFECTIVE,
    "valid_until": of.UNTIL,
}


@dataclass(frozen=True, slots=True)
class Book:
    """A file that could be read: its name, its digest, its rows."""

    name: str
    sha256: str
    lines: Sequence[Line]


def read_ledger(name: str, source: BinaryIO) -> list[Line]:
    """Return the rows of a ledger; no transaction needed.

    Raises:
        Invalid: It cannot be read, is unsafe, or has formulas or merged cells.
    """
    return read_table(name, source, of.LAYOUT)


def open_ledger(files: FileStore, name: str, source: BinaryIO) -> Book:
    """Read a ledger and keep its bytes; done before any transaction begins.

    Raises:
        Invalid: As `read_ledger`; nothing is kept.
        Unavailable: It could not be written.
    """
    lines = read_ledger(name, source)
    source.seek(0)
    return Book(name[-LONGEST_NAME:], files.put(source).sha256, lines)


def kept_ledger(files: FileStore, name: str, sha256: str) -> Book:
    """Read a ledger that was kept before.

    Raises:
        Missing: Its bytes are not there any more.
        Invalid: As `read_ledger`.
    """
    with files.open(sha256) as source:
        return Book(name, sha256, read_ledger(name, source))


def ask_to_import(work: Work, book: Book) -> Job:
    """Ask for a ledger to be entered beside the pages; it is checked at once.

    Raises:
        Refused, Invalid: As `check_ledger`.
    """
    check_ledger(work, book.lines)
    subject = f"ledger:{book.sha256}"
    return ask_for(work, JOB, subject, name=book.name, sha256=book.sha256)


def outcome(found: Checked) -> str:
    """Return what came of an import, for whoever asked for it."""
    added, known = len(found.fresh), found.known
    if not added:
        return f"台账中的 {known} 件此前都已补录，没有任何变化。"
    before = f"；{known} 件此前已经补录，没有变化" if known else ""
    return f"已补录 {added} 件{before}。"


def import_ledger(
    work: Work, book: Book, tell: Tell = lambda _done, _total: None
) -> Checked:
    """Enter what a ledger tells, all of it, and mark it so.

    What is there already stays as it is: the same file again changes nothing.

    Args:
        work: Actor, instant and transaction; nothing is kept if it is refused.
        book: The file.
        tell: Told how far it is.

    Raises:
        Refused, Invalid: As `check_ledger`; a row may also be told of that the
            roster of units does not bear out.
    """
    checked = check_ledger(work, book.lines)
    drafter = work.actor.user
    if not checked.fresh or drafter is None:
        return checked
    ledger = LedgerImport(
        name=book.name,
        sha256=book.sha256,
        rows=len(checked.fresh),
        known=checked.known,
        imported_at=work.now,
        imported_by_id=drafter.id,
    )
    work.session.add(ledger)
    work.session.flush()
    with work.beyond_sight():
        for done, entry in enumerate(checked.fresh, start=1):
            _record(work, ledger, drafter, entry)
            tell(done, len(checked.fresh))
    return checked


def _record(work: Work, ledger: LedgerImport, drafter: User, entry: Entry) -> None:
    """Record a row; what does not bear it out is told as of the row."""
    try:
        record_entry(work, ledger, drafter, entry)
    except ReviewflowError as error:
        said = error.errors if isinstance(error, Invalid) else {}
        told = said or {of.MAKER: error.message}
        raise refused(
            {
                place_of(entry.number, FIELDS.get(name, name)): sentence
                for name, sentence in told.items()
            },
            of.LAYOUT.what,
        ) from error

"""报备台账: one row for each duty to file."""

from collections.abc import Sequence

import sqlalchemy as sa

from reviewflow.model.filing import FilingObligation
from reviewflow.model.publication import Publication
from reviewflow.queries.definitions import book
from reviewflow.queries.groups import read_roster
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.register_columns import Told, Value, say_whether
from reviewflow.work import Work


def filing_ids(_work: Work, wanted: RegisterFilter) -> sa.Select[int]:
    """Return the statement for the duties wanted, the latest published first."""
    return (
        sa.select(FilingObligation.id)
        .join(FilingObligation.publication)
        .where(
            *wanted.days(FilingObligation.published_on),
            *wanted.of(FilingObligation.maker_id, Publication.kind_code),
        )
        .order_by(FilingObligation.published_on.desc(), FilingObligation.id.desc())
    )


def filing_rows(work: Work, ids: Sequence[int]) -> Told:
    """Return what the register says of duties; so many statements, however many."""
    kinds = read_roster(work).kinds
    rows = work.session.scalars(
        sa.select(FilingObligation).where(FilingObligation.id.in_(ids))
    ).unique()
    told: Told = {}
    for row in rows:
        code = row.publication.kind_code
        told[row.id] = _values(work, row) | {"kind": kinds.get(code, code)}
    return told


def _values(work: Work, row: FilingObligation) -> dict[str, Value]:
    published, standing = row.publication, row.standing
    return {
        "title": published.title,
        "number": published.doc_number,
        "unit": row.maker.name,
        "published_on": row.published_on,
        "effective_on": published.effective_on,
        "chain": book().labels[row.chain.value],
        "authority": row.authority.name,
        "due_on": row.due_on,
        "filed_on": standing.filed_on(work.today),
        "status": book().answers[standing.status(work.today)],
        "supplements": len(row.corrections),
        "returns": sum(one.returned_on is not None for one in row.submissions),
        "registered_on": row.registered_on,
        "register_number": row.register_number,
        "backfilled": say_whether(published.backfilled_at is not None),
    }

"""法律顾问台账: one row for everybody who is counsel today."""

from collections.abc import Sequence

import sqlalchemy as sa

from reviewflow.model.counsel import Counsel
from reviewflow.model.people import Membership, Role, User
from reviewflow.queries.counsels import CounselRow, list_counsels
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.register_columns import Told, Value, say, say_whether
from reviewflow.work import Work


def counsel_ids(work: Work, wanted: RegisterFilter) -> sa.Select[int]:
    """Return the statement for the counsel wanted, in official order."""
    in_post = [
        Membership.role == Role.COUNSEL,
        Membership.valid_from <= work.today,
        sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= work.today),
    ]
    if wanted.unit_id is not None:
        in_post.append(Membership.unit_id == wanted.unit_id)
    select = sa.select(User.id).where(
        User.is_active, User.memberships.any(sa.and_(*in_post))
    )
    entered = _entered(wanted)
    if entered:
        select = select.join(Counsel, Counsel.user_id == User.id).where(*entered)
    return select.order_by(User.position, User.id)


def _entered(wanted: RegisterFilter) -> list[sa.ColumnElement[bool]]:
    """Return the conditions on the entry: its sort, and that its term overlaps."""
    found: list[sa.ColumnElement[bool]] = []
    if wanted.kind:
        found.append(sa.cast(Counsel.sort, sa.Text) == wanted.kind)
    if wanted.to_on:
        found.append(Counsel.term_from <= wanted.to_on)
    if wanted.from_on:
        lasts = Counsel.term_to >= wanted.from_on
        found.append(sa.or_(Counsel.term_to.is_(None), lasts))
    return found


def counsel_rows(work: Work, ids: Sequence[int]) -> Told:
    """Return what the register says of counsel."""
    wanted = frozenset(ids)
    rows = (row for row in list_counsels(work) if row.user.id in wanted)
    return {row.user.id: _values(row) for row in rows}


def _values(row: CounselRow) -> dict[str, Value]:
    entry, load = row.entry, row.load
    told: dict[str, Value] = {
        "name": row.user.display_name,
        "pools": "、".join(pool.name for pool in row.pools),
        "open": load.open,
        "done": load.done,
        "in_time": load.in_time,
    }
    if entry is not None:
        told |= {
            "kind": say(entry.sort.value),
            "firm": entry.firm,
            "fields": entry.fields,
            "licence": entry.licence,
            "term_from": entry.term_from,
            "term_to": entry.term_to,
            "in_term": say_whether(row.is_in_term),
        }
    return told

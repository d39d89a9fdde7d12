"""The register of limits: what holds, since when, by what text, how far verified."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewflow.errors import Missing
from reviewflow.law.amendments import Register
from reviewflow.law.limits import TimeLimit
from reviewflow.law.rows import Verified
from reviewflow.model.law_change import LawChange
from reviewflow.model.people import Role
from reviewflow.queries.law_changes import list_changes
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One limit as the list shows it."""

    limit: TimeLimit
    """The row in force today; of what only begins later, that one."""
    coming: TimeLimit | None
    """The next row, if one is known already."""
    pending: LawChange | None


@dataclass(frozen=True, slots=True)
class RulePage:
    """One limit with all its rows, the newest first, and their changes."""

    entry: RuleEntry
    rows: Sequence[TimeLimit]
    changes: Sequence[LawChange]
    may_propose: bool


def list_rules(
    work: Work, words: str = "", *, unverified: bool = False
) -> list[RuleEntry]:
    """Return the limits in force, by their ids.

    Args:
        work: Who asks.
        words: Kept are those whose id, title, basis or source has them.
        unverified: Only those nobody has compared with the text.
    """
    pending = {
        one.key: one for one in list_changes(work, Register.LIMIT) if one.is_pending
    }
    ids = sorted({limit.id for limit in work.law.limits}, key=_in_order)
    entries = [_entry(work, limit_id, pending.get(limit_id)) for limit_id in ids]
    return [
        entry
        for entry in entries
        if _has(entry.limit, words.strip())
        and not (unverified and entry.limit.verified is Verified.YES)
    ]


def rule_page(work: Work, limit_id: str) -> RulePage:
    """Return one limit.

    Raises:
        Missing: There is no such limit.
    """
    rows = [limit for limit in work.law.limits if limit.id == limit_id]
    if not rows:
        raise Missing
    changes = [one for one in list_changes(work, Register.LIMIT) if one.key == limit_id]
    pending = next((one for one in changes if one.is_pending), None)
    return RulePage(
        entry=_entry(work, limit_id, pending),
        rows=sorted(rows, key=lambda row: (row.local, row.first_day), reverse=True),
        changes=changes,
        may_propose=work.actor.holds(Role.ADMIN),
    )


def _entry(work: Work, limit_id: str, pending: LawChange | None) -> RuleEntry:
    rows = sorted(
        (limit for limit in work.law.limits if limit.id == limit_id),
        key=lambda row: row.first_day,
    )
    later = next((row for row in rows if row.first_day > work.today), None)
    if not work.law.knows(limit_id, work.today):
        return RuleEntry(rows[0], None, pending)
    return RuleEntry(work.law.limit(limit_id, work.today), later, pending)


def _has(limit: TimeLimit, words: str) -> bool:
    return words in f"{limit.id} {limit.title} {limit.basis} {limit.source}"


def _in_order(limit_id: str) -> tuple[str, str, str]:
    letters, _, number = limit_id.partition("-")
    digits = number.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return letters, digits.zfill(4), number

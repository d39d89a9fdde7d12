"""How bulletins look, and how one is made."""

from typing import Literal

from reviewflow.bulletin_rows import Seal
from reviewflow.queries.bulletin_comparisons import Comparison
from reviewflow.queries.bulletins import BulletinPage
from reviewflow.signing import ALGORITHM
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Instant, Key, Word


class NewBulletin(Body):
    """Of which government, on which period, as of today or of the last limit's end."""

    organ_id: Key
    period: Word
    as_of: Literal["TODAY", "SETTLED"]


class BulletinLine(Answer):
    """A bulletin in a list."""

    id: int
    title: str
    organ: Organ
    period: str
    from_on: Day
    to_on: Day
    as_of: Day
    rule_version: str
    made_at: Instant
    made_by: str
    seal: Seal


class BulletinRecord(BulletinLine):
    """A bulletin with the text that was signed, and what proves it."""

    snapshot: str
    sha256: str
    algorithm: str
    signature: str
    public_key: str


class Bulletins(Answer):
    """A part of the bulletins."""

    items: list[BulletinLine]
    total: int
    next: str | None


class SigningKey(Answer):
    """With what the signatures of this installation are checked."""

    algorithm: str
    public_key: str


class CountedThing(Answer):
    """One thing that came_in into a number, or went_out out; seen, with its name."""

    id: int
    title: str


class NumberChange(Answer):
    """One number that is another today."""

    of: str
    before: int | str | None
    after: int | str | None
    came_in: list[CountedThing]
    went_out: list[CountedThing]


class FigureDifference(Answer):
    """An indicator of a unit, or of all, that is another today."""

    key: str
    label: str
    id: str
    title: str
    before: str
    after: str
    changes: list[NumberChange]


class BulletinComparison(Answer):
    """What is different today."""

    rule_version: str
    is_other_law: bool
    redefined: list[str]
    differences: list[FigureDifference]


def bulletin_line(page: BulletinPage) -> BulletinLine:
    """Return a bulletin for a list."""
    row = page.row
    return BulletinLine(
        id=row.id,
        title=page.title,
        organ=Organ.model_validate(row.organ),
        period=row.period,
        from_on=row.from_on,
        to_on=row.to_on,
        as_of=row.as_of,
        rule_version=row.rule_version,
        made_at=row.made_at,
        made_by=row.made_by.display_name,
        seal=page.seal,
    )


def bulletin_record(page: BulletinPage) -> BulletinRecord:
    """Return one bulletin."""
    row = page.row
    return BulletinRecord(
        **dict(bulletin_line(page)),
        snapshot=row.snapshot,
        sha256=row.sha256,
        algorithm=ALGORITHM,
        signature=row.signature,
        public_key=row.public_key,
    )


def comparison_shape(found: Comparison) -> BulletinComparison:
    """Return what is different today."""
    return BulletinComparison.model_validate(found)

"""Templates of letters: which there are, and which is in force."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.letter_template import LetterTemplate, TemplateAct
from reviewflow.model.process_version import ProcessVersion
from reviewflow.work import Work

OWN, ENDING = "letters/", ".txt"
USED = (TemplateAct.ADOPTED, TemplateAct.SHIPPED)


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of a letter as it is shipped, and the kinds that use it."""

    name: str
    """`review_opinion`; `major_decision.review_opinion` where a kind has its own."""
    sort: str
    text: str
    kinds: tuple[ProcessKind, ...]


def name_of(kind: ProcessKind, sort: str) -> str:
    """Return under which name a kind's template of a sort is kept."""
    has_own = f"{OWN}{sort}{ENDING}" in kind.files
    return f"{kind.key}.{sort}" if has_own else sort


def wordings(work: Work) -> Mapping[str, Wording]:
    """Return every wording of the kinds in force, by name."""
    newest = work.session.scalars(
        sa.select(sa.func.max(ProcessVersion.id))
        .group_by(ProcessVersion.key)
        .order_by(sa.func.min(ProcessVersion.id))
    )
    found: dict[str, Wording] = {}
    for version_id in newest:
        kind = work.processes.get(work.session, version_id).kind
        for file, text in kind.letters.items():
            sort = file.removesuffix(ENDING)
            name = name_of(kind, sort)
            others = found[name].kinds if name in found else ()
            found[name] = Wording(name, sort, text, (*others, kind))
    return found


def template_in_force(work: Work, name: str, at: datetime) -> LetterTemplate | None:
    """Return the template of the place at an instant; none if the shipped one is."""
    last = work.session.scalar(
        sa.select(LetterTemplate)
        .where(
            LetterTemplate.wording == name,
            LetterTemplate.act.in_(USED),
            LetterTemplate.at <= at,
        )
        .order_by(LetterTemplate.at.desc(), LetterTemplate.id.desc())
        .limit(1)
    )
    return last if last is not None and last.act is TemplateAct.ADOPTED else None


def all_acts(work: Work) -> dict[str, list[LetterTemplate]]:
    """Return all that was done with templates, by wording, the latest first."""
    found: dict[str, list[LetterTemplate]] = defaultdict(list)
    rows = sa.select(LetterTemplate).options(joinedload(LetterTemplate.by))
    for row in work.session.scalars(rows.order_by(LetterTemplate.id.desc())):
        found[row.wording].append(row)
    return found

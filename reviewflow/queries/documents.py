"""The dossier of a case: what it should hold, and what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from reviewflow.basis_rows import Laid, laid, rows_of
from reviewflow.kinds.expressions import BadExpression
from reviewflow.kinds.packet import OPTIONAL, Need
from reviewflow.model.case import Case, Task
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.queries.answers import answers_of, known_facts
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the dossier.

    `needed` is None where the facts of the case do not say yet.
    """

    role: str
    label: str
    note: str
    needed: bool | None
    asked_now: bool
    document: Document | None

    @property
    def is_missing(self) -> bool:
        """It has to be there and is not."""
        return self.needed is True and self.document is None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All lines of the dossier."""

    head: CaseHead
    items: list[Item]
    bases: Laid | None
    """How the table of bases stands to its rows; none if the kind keeps no rows."""

    @property
    def missing(self) -> list[Item]:
        """The lines that have to be there and are not."""
        return [item for item in self.items if item.is_missing]

    @property
    def can_be_added_to(self) -> bool:
        """The actor has a task on the case, so may add to it."""
        return self.head.own is not None


def dossier(work: Work, case_id: int) -> Dossier:
    """Return the dossier of a case: the checklist, and what else was added.

    Raises:
        Missing: There is no such case, or the actor may not see it.
    """
    head = case_head(work, case_id)
    held = documents_of(work, case_id)
    kind, facts = (
        work.process(head.case).kind,
        known_facts(head.case, answers_of(work, head.case)),
    )
    asked = _asked_now(work, head.case, head.own)
    listed = [
        Item(
            role=need.role,
            label=need.label,
            note=need.note,
            needed=is_needed(need, facts),
            asked_now=asked.get(need.role, False),
            document=held.pop(need.role, None),
        )
        for need in kind.checklist
    ]
    known = {item.role for item in listed}
    items = listed + _others(work, head, held, asked.keys() - known)
    bases = laid(work, case_id, rows_of(work, case_id)) if head.has_bases else None
    return Dossier(head, items, bases)


def _others(
    work: Work, head: CaseHead, held: Mapping[str, Document], asked: set[str]
) -> list[Item]:
    """Return what is in the dossier, or asked now, without being on the list."""
    labels = {role: document.title for role, document in held.items()}
    if head.own is not None:
        form = work.process(head.case).kind.forms[head.own.step]
        labels |= {n.role: n.label for n in form.documents if n.role in asked}
    return [
        Item(
            role,
            label,
            "",
            needed=False,
            asked_now=role in asked,
            document=held.get(role),
        )
        for role, label in labels.items()
    ]


def _asked_now(work: Work, case: Case, own: Task | None) -> dict[str, bool]:
    """Return the documents the actor's own form asks for; whether it insists."""
    if own is None:
        return {}
    form = work.process(case).kind.forms[own.step]
    return {need.role: not need.optional for need in form.documents}


def is_needed(need: Need, facts: Mapping[str, object]) -> bool | None:
    """Return whether a document has to be there, None if it is not known yet."""
    if need.needed == OPTIONAL:
        return False
    try:
        return need.is_needed(facts)
    except BadExpression:
        return None


def documents_of(work: Work, case_id: int) -> dict[str, Document]:
    """Return what is in the dossier of a case, by role."""
    rows = work.session.scalars(
        sa.select(Document)
        .where(Document.case_id == case_id)
        .order_by(Document.id)
        .options(
            selectinload(Document.versions).joinedload(DocumentVersion.uploaded_by)
        )
    )
    return {document.role: document for document in rows}

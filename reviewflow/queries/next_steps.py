"""Where a case can go from a task, and who is there."""

from dataclasses import dataclass, field
from types import MappingProxyType

import sqlalchemy as sa

from reviewflow.kinds.graph import END
from reviewflow.model.case import Case, CaseParty, CasePerson, Task
from reviewflow.model.people import User
from reviewflow.queries.answers import answers_of, known_facts
from reviewflow.queries.paths import Known, map_of
from reviewflow.work import Work

MOST_NEXT = 4
RETURN = "return"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that can follow, and who does it; `is_end` if the case ends."""

    title: str
    who: str
    is_end: bool


@dataclass(slots=True)
class Ahead:
    """What can follow in a case, by what is known of it so far."""

    work: Work
    case: Case
    facts: Known
    _holders: dict[str, str] | None = field(default=None, init=False)

    def following(
        self, task: Task, decided: Known = MappingProxyType({})
    ) -> list[NextStep]:
        """Return the steps that can follow; none if there are too many to help.

        Args:
            task: The task that waits.
            decided: What is going to be answered; without it, whatever is.
        """
        kind = self.work.process(self.case).kind
        asked = {q.name for q in kind.forms[task.step].fields if q.steers}
        known = {n: v for n, v in self.facts.items() if n not in asked} | dict(decided)
        routes = map_of(kind).after(kind.steps[task.step].process, task.step, known)
        targets = {route.target.id: route.target for route in routes}
        if len(targets) > MOST_NEXT:
            return []
        return [
            NextStep(
                title=" ".join(node.element.get("name", "").split()),
                who=""
                if node.sort == END
                else self._holder(kind.post_of(node.id).role),
                is_end=node.sort == END,
            )
            for node in targets.values()
        ]

    def returning(self, task: Task) -> list[NextStep]:
        """Return where a return leads, by the answers it stands for."""
        form = self.work.process(self.case).kind.forms[task.step]
        return self.following(task, form.deciding(form.parse_verb(RETURN, "-")))

    def _holder(self, role: str) -> str:
        if self._holders is None:
            self._holders = _holders(self.work, self.case)
        return self._holders.get(role, "")


def following_steps(work: Work, task: Task) -> list[NextStep]:
    """Return the steps that can follow a task, whatever is answered."""
    rows = answers_of(work, task.case)
    return Ahead(work, task.case, known_facts(task.case, rows)).following(task)


def _holders(work: Work, case: Case) -> dict[str, str]:
    """Return who holds each post in the case: a person chosen for it, or a unit."""
    kind = work.process(case).kind
    parties = work.session.scalars(
        sa.select(CaseParty).where(CaseParty.case_id == case.id)
    )
    units = {party.part.value: party.unit.short_name for party in parties}
    found = {
        post.role: units[post.part]
        for post in kind.lanes.values()
        if post.part in units
    }
    people = work.session.execute(
        sa.select(CasePerson.role, User.display_name)
        .join(CasePerson.user)
        .where(CasePerson.case_id == case.id)
    )
    return found | {row.role.value: row.display_name for row in people}

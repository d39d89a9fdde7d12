"""A case that is sent back again and again stays as light as on its first way."""

import sqlalchemy as sa

from reviewflow.model.case import Case
from reviewflow.usecases.tasks import complete_task, return_task
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.steps import ANSWERS, TEXT, bring_to, doer, new_case, waiting

RETURNS = (0, 10, 50, 200)
LARGEST_STATE_BYTES = 4_000


class Watched:
    """A case that waits for its unit's legal review; what each act costs is noted."""

    def __init__(self, as_: As, cast: Cast, runtime: Runtime) -> None:
        self.as_ = as_
        self.case_id = new_case(as_, cast)
        bring_to(as_, cast, self.case_id, "unit_legal_review")
        self.sent: list[str] = []
        sa.event.listen(runtime.engine, "before_cursor_execute", self._note)

    def _note(self, *details: object) -> None:
        self.sent.append(str(details[2]))

    def send_back(self) -> int:
        """Return the case; give how many statements that took."""
        task_id = waiting(self.as_, self.case_id, "unit_legal_review")
        user_id = doer(self.as_, task_id)
        self.sent.clear()
        with self.as_(user_id) as work:
            return_task(work, task_id, TEXT)
        return len(self.sent)

    def bring_again(self) -> int:
        """Bring the case again; give how many statements that took."""
        task_id = waiting(self.as_, self.case_id, "finalise_draft")
        user_id = doer(self.as_, task_id)
        self.sent.clear()
        with self.as_(user_id) as work:
            complete_task(work, task_id, ANSWERS["finalise_draft"])
        return len(self.sent)

    def state_bytes(self) -> int:
        with self.as_(None) as work:
            return len(work.get(Case, self.case_id).state.encode())


def test_returns_keep_state_size_and_statements_flat(
    as_: As, cast: Cast, runtime: Runtime
) -> None:
    case = Watched(as_, cast, runtime)

    statements, sizes, done = [], [], 0
    for returns in RETURNS:
        while done < returns:
            case.send_back()
            case.bring_again()
            done += 1
        sizes.append(case.state_bytes())
        statements.append((case.send_back(), case.bring_again()))
        done += 1

    assert statements == statements[:1] * len(RETURNS)
    assert max(sizes) <= sizes[0] * 1.15
    assert max(sizes) <= LARGEST_STATE_BYTES

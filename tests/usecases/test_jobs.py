"""Long work: asked for once, done once, told while it runs, never half done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Missing, Refused, Unavailable
from reviewflow.job_kinds import KINDS, run_waiting_jobs
from reviewflow.model.consultation import Comment
from reviewflow.model.job import Job, JobState
from reviewflow.queries.jobs import find_job
from reviewflow.usecases.comment_groups import ask_for_grouping, comments_to_group
from reviewflow.usecases.comments import import_comments
from reviewflow.usecases.job_runs import (
    BROKEN,
    MOST_TRIES,
    SILENT,
    TIMES_TOLD,
    Finish,
    JobKind,
    Tell,
)
from reviewflow.usecases.jobs import ask_for
from reviewflow.work import Runtime
from tests.asking import FEE, asked_case, say
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As

During = Callable[[Job, Tell], None]
Started = Callable[[During], Runtime]
TICK = timedelta(microseconds=1)


class Stopped(BaseException):
    """As when the machine is switched off."""


MANY = 300
GREEN = "建议增加绿化和遮阳设施。"


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case with comments nobody has grouped."""
    case_id = asked_case(as_, cast)
    lines = [
        (number, {"意见内容": f"{FEE}{number % 7}元", "收到日期": "2026-02-25"})
        for number in range(MANY)
    ]
    with as_(cast.drafter) as work:
        import_comments(work, case_id, lines)
    return case_id


def ask(as_: As, who: int, case_id: int) -> int:
    with as_(who) as work:
        return ask_for_grouping(work, case_id).id


def seen(runtime: Runtime, job_id: int) -> Job:
    with runtime.read(None) as work:
        return find_job(work, job_id)


def ungrouped(runtime: Runtime) -> int:
    waiting = sa.select(sa.func.count(Comment.id)).where(Comment.group_id.is_(None))
    with runtime.read(None) as work:
        return work.session.scalar(waiting) or 0


@pytest.fixture
def started(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> Started:
    """Let a test say what a kind of job of its own does while it runs."""

    def start(during: During) -> Runtime:
        def prepare(_runtime: Runtime, job: Job, tell: Tell) -> Finish:
            during(job, tell)
            return lambda work: f"由 {work.actor.id} 办成。"

        monkeypatch.setitem(KINDS, "counting", JobKind("计数", "个", prepare))
        return runtime

    return start


def ask_to_count(as_: As, who: int, case_id: int) -> int:
    with as_(who) as work:
        return ask_for(work, "counting", "one", case_id).id


def test_comments_are_grouped_once_however_often_it_is_asked(
    runtime: Runtime, as_: As, cast: Cast, case_id: int
) -> None:
    runtime.bell.clear()
    job_id = ask(as_, cast.drafter, case_id)
    assert runtime.bell.is_set()
    assert ask(as_, cast.drafter, case_id) == job_id
    say(as_, case_id, GREEN)

    assert run_waiting_jobs(runtime, NOON_MONDAY) == 1

    job = seen(runtime, job_id)
    assert (job.state, job.finished_at) == (JobState.DONE, NOON_MONDAY)
    assert job.sentence == f"已比对 {MANY + 1} 条意见，归类 {MANY + 1} 条，新增 8 组。"
    assert (job.done, job.total) == (MANY + 1, MANY + 1)
    assert ungrouped(runtime) == 0
    assert run_waiting_jobs(runtime, NOON_MONDAY) == 0
    assert ask(as_, cast.drafter, case_id) != job_id


def test_what_comes_in_while_it_compares_is_grouped_too(
    runtime: Runtime, as_: As, cast: Cast, case_id: int
) -> None:
    with runtime.read(cast.drafter, NOON_MONDAY) as work:
        compare = comments_to_group(work, case_id)
    told: list[tuple[int, int]] = []
    place = compare(lambda done, total: told.append((done, total)))
    say(as_, case_id, GREEN)
    with as_(cast.drafter) as work:
        assert place(work).startswith(f"已比对 {MANY + 1} 条意见")
    assert ungrouped(runtime) == 0
    assert told == [(number, MANY) for number in range(1, MANY + 1)]


def test_who_may_not_group_may_not_ask(as_: As, cast: Cast, case_id: int) -> None:
    with pytest.raises(Refused), as_(cast.unit_legal) as work:
        ask_for_grouping(work, case_id)
    with pytest.raises(Missing), as_(cast.handler) as work:
        ask_for_grouping(work, case_id)


def test_a_job_is_seen_by_those_who_see_its_case(
    runtime: Runtime, as_: As, cast: Cast, case_id: int
) -> None:
    job_id = ask(as_, cast.drafter, case_id)
    with runtime.read(cast.drafter, NOON_MONDAY) as work:
        assert find_job(work, job_id).is_open
    with pytest.raises(Missing), runtime.read(cast.handler, NOON_MONDAY) as work:
        find_job(work, job_id)


def test_how_far_it_is_can_be_read_while_it_runs(
    runtime: Runtime, as_: As, cast: Cast, case_id: int, started: Started
) -> None:
    read: list[int] = []

    def count(job: Job, tell: Tell) -> None:
        for done in range(1, 1001):
            tell(done, 1000)
            read.append(seen(runtime, job.id).done)

    started(count)
    job_id = ask_to_count(as_, cast.drafter, case_id)
    run_waiting_jobs(runtime, NOON_MONDAY)
    assert read == sorted(read)
    assert read[499] == 500
    assert len(set(read)) == TIMES_TOLD + 1  # not a transaction for each of them
    assert seen(runtime, job_id).sentence == f"由 {cast.drafter} 办成。"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(Conflict("意见已有变化。"), "意见已有变化。"), (ValueError(), BROKEN)],
)
def test_what_goes_wrong_is_told_and_the_others_go_on(
    as_: As, cast: Cast, case_id: int, started: Started, error: Exception, sentence: str
) -> None:
    def fail(_job: Job, _tell: Tell) -> None:
        raise error

    runtime = started(fail)
    failing = ask_to_count(as_, cast.drafter, case_id)
    ask(as_, cast.drafter, case_id)
    assert run_waiting_jobs(runtime, NOON_MONDAY) == 2
    job = seen(runtime, failing)
    assert (job.state, job.sentence) == (JobState.REFUSED, sentence)
    assert ungrouped(runtime) == 0


def test_a_busy_database_puts_a_job_back(
    as_: As, cast: Cast, case_id: int, started: Started
) -> None:
    def fail(job: Job, _tell: Tell) -> None:
        if job.tries == 1:
            raise Unavailable

    runtime = started(fail)
    job_id = ask_to_count(as_, cast.drafter, case_id)
    assert run_waiting_jobs(runtime, NOON_MONDAY) == 0
    assert seen(runtime, job_id).state is JobState.WAITING
    assert run_waiting_jobs(runtime, NOON_MONDAY) == 1
    assert seen(runtime, job_id).state is JobState.DONE


def test_a_silent_job_is_begun_again_and_ends_once(
    runtime: Runtime, as_: As, cast: Cast, case_id: int, started: Started
) -> None:
    """Its first worker wakes up after another has done the work."""
    later: list[int] = []

    def sleep(job: Job, _tell: Tell) -> None:
        if job.tries == 1:
            later.append(run_waiting_jobs(runtime, NOON_MONDAY + SILENT - TICK))
            later.append(run_waiting_jobs(runtime, NOON_MONDAY + SILENT))

    started(sleep)
    job_id = ask_to_count(as_, cast.drafter, case_id)
    assert run_waiting_jobs(runtime, NOON_MONDAY) == 0
    assert later == [0, 1]
    job = seen(runtime, job_id)
    assert (job.state, job.tries) == (JobState.DONE, 2)
    assert job.finished_at == NOON_MONDAY + SILENT


def test_whoever_was_taken_for_dead_does_not_end_what_others_do(
    as_: As, cast: Cast, case_id: int, started: Started
) -> None:
    def sleep(job: Job, _tell: Tell) -> None:
        if job.tries == 1:
            with pytest.raises(Stopped):
                run_waiting_jobs(runtime, NOON_MONDAY + SILENT)
        if job.tries == 2:
            raise Stopped

    runtime = started(sleep)
    job_id = ask_to_count(as_, cast.drafter, case_id)
    assert run_waiting_jobs(runtime, NOON_MONDAY) == 0
    assert seen(runtime, job_id).is_open


def test_a_job_that_stops_its_worker_is_given_up(
    runtime: Runtime, as_: As, cast: Cast, case_id: int, started: Started
) -> None:
    def stop(_job: Job, _tell: Tell) -> None:
        raise Stopped

    started(stop)
    job_id = ask_to_count(as_, cast.drafter, case_id)
    for number in range(MOST_TRIES):
        with pytest.raises(Stopped):
            run_waiting_jobs(runtime, NOON_MONDAY + number * SILENT)
    assert run_waiting_jobs(runtime, NOON_MONDAY + MOST_TRIES * SILENT) == 1
    assert seen(runtime, job_id).sentence == BROKEN

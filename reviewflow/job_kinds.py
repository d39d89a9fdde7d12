"""Which long work there is, and how each kind of it is done beside the pages."""

from datetime import datetime

from reviewflow import filing_desks
from reviewflow.errors import Missing
from reviewflow.letters.workbook import write_workbook
from reviewflow.model import export
from reviewflow.model.job import Job
from reviewflow.queries.register_filters import read_filter
from reviewflow.queries.register_rows import count_rows
from reviewflow.queries.register_sheets import long_register_sheet
from reviewflow.usecases import exports
from reviewflow.usecases.comment_groups import comments_to_group
from reviewflow.usecases.job_runs import Finish, JobKind, Tell, run_jobs
from reviewflow.usecases.law_changes import approved_moves, recalculate_cases
from reviewflow.usecases.ledger_checks import check_ledger
from reviewflow.usecases.ledgers import import_ledger, kept_ledger, outcome
from reviewflow.usecases.reconciliation_jobs import list_to_match
from reviewflow.work import Runtime

CASES_AT_ONCE = 50


def _grouping(runtime: Runtime, job: Job, tell: Tell) -> Finish:
    if job.case_id is None:
        raise Missing
    with runtime.read(job.asked_by_id, job.told_at) as work:
        compare = comments_to_group(work, job.case_id)
    return compare(tell)


def _reconciling(runtime: Runtime, job: Job, tell: Tell) -> Finish:
    with runtime.read(job.asked_by_id, job.told_at) as work:
        match = list_to_match(work, job.orders["reconciliation_id"])
    return match(tell)


def _recalculating(runtime: Runtime, job: Job, tell: Tell) -> Finish:
    """Set clocks anew, some cases at a time; whoever begins again goes on."""
    change_id = job.orders["change_id"]
    with runtime.read(None, job.told_at) as work:
        case_ids = approved_moves(work, change_id)
    for place in range(0, len(case_ids), CASES_AT_ONCE):
        with runtime.begin(None, job.told_at) as work:
            recalculate_cases(work, change_id, case_ids[place : place + CASES_AT_ONCE])
        tell(min(place + CASES_AT_ONCE, len(case_ids)), len(case_ids))
    said = f"已按新的规则重新计算 {len(case_ids)} 件事项的期限。"
    return lambda _work: said


def _importing(runtime: Runtime, job: Job, tell: Tell) -> Finish:
    """Check a ledger row by row; then enter it in one transaction.

    It is checked again there, as something may have changed since; how far that
    transaction is cannot be seen from outside.
    """
    book = kept_ledger(runtime.files, job.orders["name"], job.orders["sha256"])
    with runtime.read(job.asked_by_id, job.told_at) as work:
        check_ledger(work, book.lines, tell)
    return lambda work: outcome(import_ledger(work, book))


def _exporting(runtime: Runtime, job: Job, tell: Tell) -> Finish:
    """Write a register row by row, as whoever asked sees it when the job begins."""
    name, orders = exports.name_of(job), job.orders
    with runtime.read(job.asked_by_id, job.told_at) as work:
        wanted = read_filter(orders["wanted"])
        rows = count_rows(work, orders["register"], wanted)
        sheet = long_register_sheet(
            *(work, orders["register"], wanted, orders["columns"]),
            lambda done: tell(done, rows),
        )
        with runtime.files.made.write(name) as file:
            write_workbook([sheet], file)
        made = exports.Made(name, rows, work.now)
    return lambda work: exports.keep_export(work, job, made)


KINDS: dict[str, JobKind] = {
    "group_comments": JobKind("归类意见", "条", _grouping),
    filing_desks.JOB: JobKind("比对发文清单", "件", _reconciling),
    "recalculate": JobKind("重新计算期限", "件", _recalculating),
    "import_ledger": JobKind(
        *("导入历史台账", "行", _importing, "核对"),
        last="全部核对完毕，正在写入；全部写完才生效，写入期间不显示进度。",
    ),
    export.JOB: JobKind(
        *("生成台账", "行", _exporting, "写入"),
        last="各行都已写入，正在压缩文件，这一步不显示进度。",
        is_told=True,
    ),
}


def run_waiting_jobs(runtime: Runtime, at: datetime | None = None) -> int:
    """Do every job that waits, and those whose worker fell silent.

    Args:
        runtime: Opens the transactions.
        at: The instant to look from; now, unless history is told.

    Returns:
        How many came to an end, done or refused.
    """
    return run_jobs(runtime, KINDS, at)

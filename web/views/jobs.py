"""How far long work is; its page comes back to itself until it is done."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from reviewflow.job_kinds import KINDS
from reviewflow.model.job import Job
from reviewflow.queries.jobs import find_job
from web.signin import begin_reading

bp = Blueprint("jobs", __name__, url_prefix="/jobs")
SEEN_AT: Mapping[str, tuple[str, str]] = {
    "group_comments": ("consultations.show", "case_id"),
    "reconcile": ("reconciliations.show", "reconciliation_id"),
    "recalculate": ("rules.change", "change_id"),
    "import_ledger": ("ledgers.index", ""),
    "register": ("exports.index", ""),
}
"""The page that shows what came of a job, and what its address names."""


@bp.get("/<int:job_id>")
def show(job_id: int) -> ResponseReturnValue:
    """Show how far it is; once it is over, lead to what came of it."""
    with begin_reading() as work:
        job = find_job(work, job_id)
        place = _place(job)
        if job.is_open:
            return render_template(
                "jobs/show.html", job=job, kind=KINDS[job.kind], place=place
            )
        flash(job.sentence)
    return redirect(place, 303)


def _place(job: Job) -> str:
    endpoint, name = SEEN_AT[job.kind]
    named = {name: job.orders.get(name, job.case_id)} if name else {}
    return url_for(endpoint, **named)

"""Whether the installation is healthy, and what is installed; for administrators."""

import json

from flask import Blueprint, Response, render_template

from reviewflow import clock
from reviewflow.integrity.health import health, is_ready
from reviewflow.queries.system import as_report, installation
from web.administration import admit_administrators
from web.sessions import runtime
from web.signin import begin_reading

bp = Blueprint("system", __name__, url_prefix="/system")
bp.before_request(admit_administrators)


@bp.get("")
def index() -> str:
    """Show every check and what is installed."""
    checks = health(runtime())
    with begin_reading() as work:
        return render_template(
            "system/index.html",
            checks=checks,
            is_ready=is_ready(checks),
            found=installation(work, runtime()),
            looked_at=work.now,
        )


@bp.get("/report.json")
def report() -> Response:
    """Give the same as a file, for whoever helps."""
    with begin_reading() as work:
        found = as_report(installation(work, runtime()))
    found["checks"] = [
        {"name": check.name, "is_right": check.is_right, "sentence": check.sentence}
        for check in health(runtime())
    ]
    day = clock.beijing_date(clock.now())
    name = f"reviewflow-report-{day:%Y%m%d}.json"
    return Response(
        json.dumps(found, ensure_ascii=False, indent=2),
        mimetype="application/json",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )

"""The emergency procedure of a case under way: read, approved, refused."""

from flask import Response

from reviewflow.queries.emergencies import emergency_page
from reviewflow.usecases.emergencies import decide_emergency
from web.api import tokens
from web.api.blueprints import noun
from web.api.paths import CasePath
from web.api.shapes.emergencies import (
    EmergencyDecision,
    EmergencyRequest,
    EmergencyRequests,
)

bp = noun("emergencies")
PLACE = f"/cases/{CasePath.RULE}/emergency"


@bp.get(PLACE, responses={200: EmergencyRequests})
def find(path: CasePath) -> Response:
    """Show what was asked and decided in a case."""
    with tokens.begin_reading() as work:
        rows = emergency_page(work, path.case_id).rows
        items = [EmergencyRequest.model_validate(row) for row in rows]
        return tokens.show(EmergencyRequests(items=items, total=len(items), next=None))


@bp.post(f"{PLACE}/decision", responses={200: EmergencyRequest})
def decide(path: CasePath, body: EmergencyDecision) -> Response:
    """Approve or refuse what was asked."""
    with tokens.begin_work() as work:
        row = decide_emergency(work, path.case_id, body.typed())
        work.settle()
        return tokens.reply(work, EmergencyRequest.model_validate(row))

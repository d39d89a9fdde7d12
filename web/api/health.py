"""Whether the installation can work; asked by machines, so without a token."""

from http import HTTPStatus

from flask import Response

from reviewflow.integrity.health import health, is_ready
from web.api import tokens
from web.api.blueprints import public_noun
from web.api.shapes.health import Check, Health
from web.problems import problem
from web.sessions import runtime

bp = public_noun("health")


@bp.get("/healthz", responses={200: Health})
def show() -> Response:
    """Say that what is vital is right, or which part is not."""
    checks = health(runtime())
    vital = [Check.model_validate(check) for check in checks if check.is_vital]
    if is_ready(checks):
        return tokens.show(Health(status="ok", checks=vital))
    wrong = [check for check in vital if not check.is_right]
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "；".join(f"{check.name}：{check.sentence}" for check in wrong),
        checks=[check.model_dump() for check in vital],
    )

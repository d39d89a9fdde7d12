"""A blueprint for each noun: token first, then the form of what was sent."""

from flask import request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from web.api import bodies, tokens

SECURITY: list[dict[str, list[str]]] = [{"token": []}]


def noun(name: str, *, files: bool = False) -> APIBlueprint:
    """Return the blueprint of a noun, for those who bring a token.

    Args:
        name: Of the noun, as in the wording.
        files: What is sent are files in a form of several parts.
    """
    bp = public_noun(name)
    bp.abp_security = SECURITY

    @bp.before_request
    def look() -> None:
        tokens.admit()
        bodies.check_query()
        if request.method == "POST":
            (bodies.check_files if files else bodies.check_json)()

    return bp


def public_noun(name: str) -> APIBlueprint:
    """Return the blueprint of a noun that is open to anybody."""
    return APIBlueprint(
        name, __name__, abp_tags=[Tag(name=name)], operation_id_callback=_operation_id
    )


def _operation_id(*, bp_name: str, name: str, **_more: str) -> str:
    return f"{bp_name}_{name}"

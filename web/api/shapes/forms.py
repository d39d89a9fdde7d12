"""How the form of a task looks: JSON Schema with what can be chosen."""

from collections.abc import Mapping
from typing import Any

from reviewflow.kinds.schema import Schema, form_schema
from reviewflow.queries.asked_tasks import AskedTask as Asked
from reviewflow.queries.offers import Choices
from web.api.shapes.tasks import AskedTask, ListedTask, RequiredDocument


def asked_shape(asked: Asked) -> AskedTask:
    """Return how a task looks together with what it asks."""
    listed = ListedTask.model_validate(asked.task)
    return AskedTask(
        **dict(listed),
        form=with_choices(form_schema(asked.form), asked.offers),
        verbs=sorted(asked.verbs),
        documents_required=[
            RequiredDocument(
                role=need.role,
                label=need.label,
                required_if={n: list(words) for n, words in need.required_if.items()},
                is_there=need.role in asked.there,
            )
            for need in asked.needs
        ],
    )


def with_choices(schema: Schema, offers: Mapping[str, Choices]) -> Schema:
    """Return the schema of a form with what can be chosen in this case.

    A choice among people or units is a choice of their ids; in a list it is what
    each row begins with.
    """
    for name, choices in offers.items():
        asked = schema["properties"][name]
        if asked["type"] == "array" and asked["items"]["type"] != "object":
            asked["items"]["oneOf"] = _one_of(choices)
        elif asked["type"] == "array":
            rows = asked["items"]["properties"]
            first = next(iter(rows))
            rows[first]["oneOf"] = _one_of(choices)
            asked["default"] = [{first: choice[0]} for choice in choices]
        elif choices:
            asked["oneOf"] = _one_of(choices)
    return schema


def _one_of(choices: Choices) -> list[dict[str, Any]]:
    return [{"const": choice[0], "title": choice[1]} for choice in choices]

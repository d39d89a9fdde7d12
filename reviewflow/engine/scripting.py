"""What a diagram may compute and whom it may call."""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import (
    BasePythonScriptEngineEnvironment,
)

from reviewflow.errors import ReviewflowError
from reviewflow.kinds.expressions import parse_expression

Services = Mapping[str, Callable[[Mapping[str, Any]], None]]


class ScriptRefused(ReviewflowError):
    """A diagram holds a script; diagrams compute nothing but conditions."""

    message = "流程图中不能含有脚本，请联系管理员。"


class Whitelist(BasePythonScriptEngineEnvironment):  # type: ignore[misc]
    """Evaluates whitelisted expressions and runs nothing.

    Holds the effects of the running step by name; only a service task of ours
    looks there.
    """

    def __init__(self, services: Services) -> None:
        """Take the effects, bound to their case and actor."""
        super().__init__()
        self.services = services

    def evaluate(
        self,
        expression: str,
        context: dict[str, Any],
        external_context: dict[str, Any] | None = None,
    ) -> object:
        """Return the value of an expression over the data of a task."""
        names = {**context, **external_context} if external_context else context
        return parse_expression(expression).evaluate(names)

    def execute(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse: there are no scripts."""
        raise ScriptRefused

    def call_service(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse: effects are called by our service task alone."""
        raise ScriptRefused


def script_engine(services: Services) -> PythonScriptEngine:
    """Return a script engine for one run."""
    return PythonScriptEngine(environment=Whitelist(services))

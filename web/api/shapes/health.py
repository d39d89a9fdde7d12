"""How the state of the installation looks."""

from typing import Literal

from web.api.wire import Answer


class Check(Answer):
    """One thing the program stands on."""

    name: str
    is_right: bool
    sentence: str


class Health(Answer):
    """Everything the program needs is right."""

    status: Literal["ok"]
    checks: list[Check]

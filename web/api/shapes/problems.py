"""How failures look (RFC 9457)."""

from web.api.wire import Answer


class FieldError(Answer):
    """What is wrong with one value."""

    field: str
    message: str


class Problem(Answer):
    """Why it was not done, and what to do."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None

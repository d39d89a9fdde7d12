import pytest

from tests.cast import Cast
from tests.conftest import As
from tests.steps import do_next, new_case, waiting


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case that waits to be classified; nobody has claimed it."""
    case_id = new_case(as_, cast)
    do_next(as_, cast, case_id, "register_matter")
    return case_id


@pytest.fixture
def task_id(as_: As, case_id: int) -> int:
    """The task of classifying."""
    return waiting(as_, case_id, "classify")

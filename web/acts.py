"""One act of a page: done and told, or refused with the page shown again."""

from collections.abc import Callable, Mapping

from flask.typing import ResponseReturnValue

from reviewflow.errors import Invalid
from reviewflow.work import Work
from web.errors import status_of
from web.signin import answer_with, answered, begin_work


def carry_out(
    act: Callable[[Work], object],
    address: str,
    said: str,
    again: Callable[[Mapping[str, str]], str],
) -> ResponseReturnValue:
    """Do what a form asks for and lead to an address.

    Args:
        act: What is done, in one transaction.
        address: Where it leads.
        said: What is said there.
        again: The page once more, by field what has to be mended.
    """
    try:
        with begin_work() as work:
            act(work)
            answer_with(address, said)
    except Invalid as error:
        return again(error.errors), status_of(error)
    return answered()

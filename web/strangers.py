"""Pages for everybody: work of the system itself, in nobody's name."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, request

from reviewflow.usecases.strangers import admit_stranger
from reviewflow.work import Work
from web.sessions import runtime


@contextmanager
def begin_reading() -> Iterator[Work]:
    """Open a snapshot; the page's query shows only what is meant for everybody."""
    with runtime().read(None) as work:
        yield work


@contextmanager
def begin_work() -> Iterator[Work]:
    """Open a transaction for what a stranger sends, within the hour's measure.

    Raises:
        TooMany: Too much has come from the same address.
    """
    with runtime().begin(None) as work:
        admit_stranger(work, _address_digest())
        yield work


def _address_digest() -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    address = (request.remote_addr or "").encode()
    return hmac.new(key, address, hashlib.sha256).hexdigest()

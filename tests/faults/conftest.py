from collections.abc import Iterator

import pytest

from reviewflow.config import Settings
from reviewflow.usecases.signins import make_token
from reviewflow.work import Runtime
from tests.cast import PEOPLE
from tests.faults.server import Forge, Server


@pytest.fixture
def tokens(runtime: Runtime) -> dict[str, str]:
    """A token for everybody in the cast."""
    with runtime.begin(None) as work:
        return {who: make_token(work, who.replace("_", ".")) for who in PEOPLE}


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    """What makes servers."""
    made = Forge()
    yield made
    made.close()


@pytest.fixture
def server(settings: Settings, forge: Forge) -> Iterator[Server]:
    """A server on the test's installation, ready."""
    serving = Server(settings, forge)
    serving.start()
    yield serving
    serving.kill()

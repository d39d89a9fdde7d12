"""The small world of the figures, made once for each file that asks of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewflow.runtime import open_runtime
from tests.cast import Cast
from tests.conftest import settings_in
from tests.queries.figures_world import World, make_world


@pytest.fixture(scope="module")
def world(
    prepared: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The world, made once; nobody changes it."""
    folder = tmp_path_factory.mktemp("world") / "data"
    shutil.copytree(prepared[0], folder)
    runtime = open_runtime(settings_in(folder))
    made = make_world(runtime, prepared[1])
    yield made
    runtime.engine.dispose()

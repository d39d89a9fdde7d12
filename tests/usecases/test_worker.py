"""Background work goes on, whatever happened in one of its rounds."""

from pathlib import Path

import pytest

from reviewflow.cli.operations import try_tick
from reviewflow.runtime import open_runtime, prepare
from tests.conftest import settings_in


def test_the_worker_outlives_what_goes_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_in(tmp_path)
    ready = open_runtime(settings, prepared=False)
    assert not try_tick(ready)  # there are no tables yet
    assert "background work failed" in caplog.text
    prepare(settings)
    assert try_tick(ready)

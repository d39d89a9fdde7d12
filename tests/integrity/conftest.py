import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import pytest

from reviewflow import runtime as runtimes
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, settings_in
from tests.integrity.attack import Attack
from tests.steps import TEXT, bring_to, do_next, new_case

CASES = {"published": 1, "filing": 2, "running": 4}
FINDING = {
    "clause": "第三条",
    "problem": "权限",
    "suggestion": "删除",
    "nature": "MUST",
    "basis": "《行政许可法》",
}


@pytest.fixture(scope="session")
def recorded(
    prepared: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An installation with a published case, its filings, and a running one."""
    folder = tmp_path_factory.mktemp("recorded") / "data"
    shutil.copytree(prepared[0], folder)
    runtime, cast = runtimes.open_runtime(settings_in(folder)), prepared[1]

    def as_(
        who: int | None, at: datetime = NOON_MONDAY
    ) -> AbstractContextManager[Work]:
        return runtime.begin(who, at)

    published = new_case(as_, cast)
    bring_to(as_, cast, published, "draft_opinion")
    revise = {"conclusion": "REVISE", "reasons": TEXT, "findings": [FINDING]}
    do_next(as_, cast, published, "draft_opinion", **revise)
    adoptions = [{"finding_id": 1, "adoption": "FULL"}]
    answers = {"revise_draft": {"adoptions": adoptions, "material_change": "no"}}
    bring_to(as_, cast, published, "never", **answers)
    bring_to(as_, cast, published + 1, "examine_filing")
    bring_to(as_, cast, new_case(as_, cast), "draft_opinion")
    with runtime.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    runtime.engine.dispose()
    return folder


@pytest.fixture
def attacked(recorded: Path, tmp_path: Path) -> Iterator[Runtime]:
    """The product on a copy that a test may tamper with."""
    folder = tmp_path / "recorded"
    shutil.copytree(recorded, folder)
    runtime = runtimes.open_runtime(settings_in(folder))
    yield runtime
    runtime.engine.dispose()


@pytest.fixture
def attack(attacked: Runtime) -> Iterator[Attack]:
    """An administrator with the database open, and no scruples."""
    attacker = Attack(attacked.files.root.parent)
    yield attacker
    attacker.close()

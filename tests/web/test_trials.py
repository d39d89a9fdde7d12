"""Nobody waits long for a trial of another limit: over many filings it is refused."""

from dataclasses import replace

import pytest
import time_machine
from flask import Flask

from reviewflow.config import Settings
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.duties import at, day
from tests.laws import TL13
from tests.pages import new_app
from tests.queries.ledger import Ledger
from tests.queries.oracle import FILINGS
from tests.web.desk import Desk, place
from tests.web.program import Programs, sentence
from tests.web.test_statistics import AS_OF, WORKING

MOST = 10
NOW = at(day("11-23"))
QUARTER = f"{AS_OF}&from=2026-01-01&to=2026-03-31"
SENTENCE = f"这个时段有 16 件报备，超过 {MOST} 件。请缩短统计时段"


@pytest.fixture
def app(settings: Settings, runtime: Runtime, as_: As, cast: Cast) -> Flask:
    """An installation that tries another limit over ten filings; there are sixteen."""
    with as_(None) as work:
        for filing in FILINGS:
            Ledger(work, cast).enter(filing)
    return new_app(replace(settings, most_tried=MOST), runtime)


def test_a_trial_over_many_filings_says_what_to_do(
    app: Flask, programs: Programs, cast: Cast
) -> None:
    auditor, trial = Desk(app, "auditor"), f"{AS_OF}&limit={WORKING}"
    for path in ("", "/table.xlsx", "/list", "/list.xlsx"):
        refused = auditor.get(f"/statistics{path}?{trial}&of=on_time&key=total")
        assert (refused.status_code, SENTENCE in refused.text) == (422, True), path
    problem = programs(cast.auditor).get(f"/indicators?{trial}")
    assert SENTENCE in sentence(problem, 422)

    assert "不是正式数据" in auditor.page(f"/statistics?{QUARTER}&limit={WORKING}")
    assert "报备及时率" in auditor.page(f"/statistics?{AS_OF}")


def test_a_change_of_the_law_leaves_its_figures_to_statistics(
    app: Flask, programs: Programs, cast: Cast
) -> None:
    with time_machine.travel(NOW, tick=False):
        admin = Desk(app, "admin")
        change = place(admin.send("/rules/TL-13", TL13))
        page = admin.page(change)
        assert "今年的报备件数多，这里不逐项比较" in page
        assert "今年的指标不受影响" not in page
        asked = f"/rule-changes/{change.rpartition('/')[2]}"
        answer = programs(cast.admin).get(asked).get_json()
    assert (answer["figures"], answer["moved"]) == (None, 0)

"""A record of a report's sending that was tampered with is found, and named."""

import json

import pytest
import sqlalchemy as sa

from reviewflow import cli
from reviewflow.integrity.report_sendings import verify_sendings
from reviewflow.model.report import ReportSending
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import As
from tests.usecases.test_report_sendings import record

ACTS = ("update", "delete")


def rules(runtime: Runtime) -> list[tuple[int, str]]:
    with runtime.read(None) as work:
        return [(one.sending_id, one.rule) for one in verify_sendings(work)]


def test_what_was_altered_or_taken_away_is_named(
    runtime: Runtime,
    as_: As,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    number = record(as_, cast, cast.signer)
    assert rules(runtime) == []
    with runtime.engine.begin() as connection:
        for act in ACTS:
            connection.exec_driver_sql(f"DROP TRIGGER keep_report_sending_{act}")
        connection.execute(sa.update(ReportSending).values(number="六司〔2026〕1号"))
    assert rules(runtime) == [(number, "R1"), (number, "R2")]

    with runtime.engine.begin() as connection:
        connection.execute(sa.delete(ReportSending))
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(runtime.files.root.parent))
    monkeypatch.setenv("REVIEWFLOW_DATABASE_URL", str(runtime.engine.url))
    assert cli.main(["verify", "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["findings"]
    assert (told["sending_id"], told["rule"]) == (number, "R2")

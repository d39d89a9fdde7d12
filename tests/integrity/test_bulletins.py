"""A bulletin that was tampered with is found, and named."""

import json

import pytest
import sqlalchemy as sa

from reviewflow import cli, signing
from reviewflow.bulletin_rows import Seal
from reviewflow.config import Settings
from reviewflow.errors import Conflict
from reviewflow.integrity.bulletins import verify_bulletins
from reviewflow.model.access import AuditRecord
from reviewflow.model.bulletin import Bulletin
from reviewflow.work import Runtime
from tests.bulletins import THEN, compared, freeze, read
from tests.cast import Cast
from tests.conftest import As

KEPT = ("UPDATE", "DELETE")
Spoilt = tuple[tuple[str, str], Seal]


def spoil(runtime: Runtime, column: str, value: str) -> None:
    """Change a row as somebody would who holds the database."""
    with runtime.engine.begin() as connection:
        for act in KEPT:
            connection.exec_driver_sql(f"DROP TRIGGER keep_bulletin_{act.lower()}")
        connection.execute(sa.update(Bulletin).values({column: sa.text(value)}))


@pytest.mark.parametrize(
    "change",
    [
        (("snapshot", "replace(snapshot, '93.33', '99.99')"), Seal.ALTERED),
        (("as_of", "'2026-11-20'"), Seal.ALTERED),
        (("signature", "'00' || substr(signature, 3)"), Seal.UNSIGNED),
    ],
)
def test_a_spoilt_row_is_found_and_told_no_more(
    runtime: Runtime, as_: As, cast: Cast, bulletin: int, change: Spoilt
) -> None:
    with runtime.read(None) as work:
        assert verify_bulletins(work) == []
    spoil(runtime, *change[0])

    page = read(as_, cast.auditor, bulletin)

    assert (page.seal, page.frozen) == (change[1], None)
    with pytest.raises(Conflict, match="不一致"):
        compared(as_, cast.auditor, bulletin)
    with runtime.read(None) as work:
        (found,) = verify_bulletins(work)
    assert (found.bulletin_id, found.rule) == (bulletin, "B1")


def test_who_signs_anew_has_another_key(
    runtime: Runtime,
    as_: As,
    cast: Cast,
    bulletin: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    forger = signing.Signer(tmp_path_factory.mktemp("forger"))
    with runtime.read(None) as work:
        text = work.get(Bulletin, bulletin).snapshot.replace("93.33", "99.99")
    with runtime.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER keep_bulletin_update")
        connection.execute(
            sa.update(Bulletin).values(
                snapshot=text,
                sha256=signing.digest(text),
                signature=forger.sign(text),
                public_key=forger.public_key,
            )
        )
        connection.commit()

    assert read(as_, cast.auditor, bulletin).seal is Seal.OTHER_KEY
    with runtime.read(None) as work:
        found = verify_bulletins(work)
    assert [flaw.rule for flaw in found] == ["B1", "B2"]
    assert "密钥" in found[0].sentence


@pytest.mark.parametrize(
    "act", ["UPDATE bulletin SET sha256 = ''", "DELETE FROM bulletin"]
)
@pytest.mark.usefixtures("bulletin")
def test_the_database_keeps_bulletins_as_they_are(runtime: Runtime, act: str) -> None:
    with (
        pytest.raises(sa.exc.IntegrityError, match="history"),
        runtime.engine.begin() as connection,
    ):
        connection.exec_driver_sql(act)


def test_a_bulletin_that_was_taken_away_is_missed(
    settings: Settings,
    runtime: Runtime,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("REVIEWFLOW_DATA_DIR", str(settings.data_dir))
    with runtime.begin(cast.auditor, THEN) as work:
        bulletin = freeze(work, cast)
    assert cli.main(["verify"]) == 0
    with runtime.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER keep_bulletin_delete")
        connection.exec_driver_sql("DELETE FROM bulletin")

    assert cli.main(["verify", "--all", "--json"]) == 1

    (found,) = json.loads(capsys.readouterr().out)["findings"]
    assert (found["bulletin_id"], found["rule"]) == (bulletin, "B2")


def test_a_bulletin_nobody_is_known_to_have_made_is_named(
    runtime: Runtime, bulletin: int
) -> None:
    told = sa.delete(AuditRecord).where(AuditRecord.kind == "bulletin.frozen")
    with runtime.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER keep_audit_record_delete")
        connection.execute(told)

    with runtime.read(None) as work:
        (found,) = verify_bulletins(work)
    assert (found.bulletin_id, found.rule) == (bulletin, "B2")
    assert "没有制作记录" in found.sentence

"""The installation's key: kept for itself alone, and one for ever."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reviewflow.config import Settings
from reviewflow.errors import Unavailable
from reviewflow.signing import Signer, is_signed

SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
EMPTY = (
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
"""The first test vector of RFC 8032, 7.1."""


def test_signatures_are_those_of_the_standard(tmp_path: Path) -> None:
    signer = Signer(tmp_path, f"{SEED}\n")
    assert (signer.public_key, signer.sign("")) == (PUBLIC, EMPTY)
    assert is_signed("", EMPTY, PUBLIC)
    assert not is_signed(" ", EMPTY, PUBLIC)
    assert not is_signed("", "xy", PUBLIC)
    assert not list(tmp_path.iterdir())  # a key that is given is not kept


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Signer(tmp_path).public_key, range(8)))
    assert len(keys) == 1
    (kept,) = tmp_path.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_what_is_no_key_is_refused_with_a_sentence(tmp_path: Path) -> None:
    environ = {"REVIEWFLOW_DATA_DIR": str(tmp_path)}
    given = Settings.from_environ({**environ, "REVIEWFLOW_SIGNING_KEY": SEED})
    assert Signer(given.data_dir, given.signing_key).public_key == PUBLIC
    with pytest.raises(Unavailable, match="REVIEWFLOW_SIGNING_KEY"):
        Settings.from_environ({**environ, "REVIEWFLOW_SIGNING_KEY": SEED[2:]})
    (tmp_path / "signing.key").write_text("spoilt", encoding="ascii")
    with pytest.raises(Unavailable, match=r"signing\.key"):
        _ = Signer(tmp_path).public_key

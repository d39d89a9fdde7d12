import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.house.sources import ROOT

LOCKS = ("run", "test")


def lock(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")


def locked(name: str) -> dict[str, str]:
    """Every locked library with what follows its name, hashes included."""
    entries = re.split(r"^(?=[a-z0-9])", lock(name), flags=re.MULTILINE)
    return {entry.split("==")[0]: entry for entry in entries if entry}


def wanted(name: str) -> Iterator[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = [project["optional-dependencies"][extra] for extra in {"run", name}]
    for line in [
        *project["dependencies"],
        *(line for extra in extras for line in extra),
    ]:
        found = re.match(r"[a-z0-9-]+", line)
        assert found, line
        yield found[0]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_library_has_a_hash(name: str) -> None:
    assert locked(name)
    bare = [key for key, text in locked(name).items() if "--hash=sha256:" not in text]
    assert not bare


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_so_that_any_mirror_serves(name: str) -> None:
    assert not re.findall(r"://|--index|--find-links|^-", lock(name), re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_all_that_the_project_wants(name: str) -> None:
    assert set(wanted(name)) <= set(locked(name))


def test_tests_run_against_the_versions_that_are_run() -> None:
    run, test = (
        {key: text.split("\\")[0] for key, text in locked(name).items()}
        for name in LOCKS
    )
    assert run.items() <= test.items()

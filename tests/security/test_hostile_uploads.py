import io
import resource
from pathlib import Path

import pytest

from reviewflow.errors import Invalid
from reviewflow.storage.files import FileStore
from reviewflow.usecases.documents import receive_upload
from tests.security.hostile import HOSTILE, NAMES
from tests.steps import word_file

CPU_SECONDS = 2.0


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """An empty store."""
    store = FileStore(tmp_path / "files")
    store.prepare()
    return store


def cpu() -> float:
    """Return how long this process has worked."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def kept(files: FileStore) -> list[Path]:
    """Return everything in the store, and whatever was left lying about."""
    return [path for path in files.root.parent.rglob("*") if path.is_file()]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence_and_soon(
    files: FileStore, what: str
) -> None:
    name, make, words = HOSTILE[what]
    content = io.BytesIO(make())
    began = cpu()

    with pytest.raises(Invalid, match=words) as refused:
        receive_upload(files, name, content)

    assert cpu() - began <= CPU_SECONDS
    assert list(refused.value.errors) == ["file"]
    assert kept(files) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_leads_nowhere(files: FileStore, name: str) -> None:
    upload = receive_upload(files, name, io.BytesIO(word_file("甲")))

    assert not set(upload.name) & set("/\\\r\n\x00\u202e\u2028\ud800")
    assert len(upload.name) <= 150
    assert upload.name.endswith(".docx")
    assert [path.name for path in kept(files)] == [upload.stored.sha256]


def test_the_largest_file_that_may_be_sent_is_taken(files: FileStore) -> None:
    whole = io.BytesIO(b"%PDF-" + b"0" * ((50 << 20) - 5))
    assert receive_upload(files, "a.pdf", whole).stored.size_bytes == 50 << 20

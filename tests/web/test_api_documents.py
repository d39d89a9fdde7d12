import hashlib
import io
from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from reviewflow.model.access import AuditRecord
from tests.cast import Cast
from tests.steps import As, bring_to, new_case, word_file
from tests.web.program import Programs, body, fields, sentence


@pytest.fixture
def case_id(as_: As, cast: Cast) -> int:
    """A case that waits for its drafter."""
    return new_case(as_, cast)


def test_a_file_is_added_and_read_again(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    drafter = programs(cast.drafter)

    answer = drafter.upload(case_id, "submission_draft", "第一条")

    document = body(answer, 201)
    (version,) = document["versions"]
    content = word_file("第一条")
    assert (document["role"], version["number"]) == ("submission_draft", 1)
    assert version["sha256"] == hashlib.sha256(content).hexdigest()
    with drafter.get(answer.headers["Location"]) as file:
        assert file.data == content
        disposition = unquote(file.headers["Content-Disposition"])
        assert disposition.startswith("attachment")
        assert "submission_draft.docx" in disposition
        assert "sandbox" in file.headers["Content-Security-Policy"]
        assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_the_same_item_again_is_a_new_version(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    drafter = programs(cast.drafter)
    body(drafter.upload(case_id, "submission_draft", "第一稿"), 201)

    document = body(drafter.upload(case_id, "submission_draft", "第二稿"), 201)

    assert [one["number"] for one in document["versions"]] == [1, 2]
    (listed,) = body(drafter.get(f"/cases/{case_id}"))["documents"]
    assert listed == document


def test_reading_a_file_is_recorded(
    programs: Programs, as_: As, cast: Cast, case_id: int
) -> None:
    drafter = programs(cast.drafter)
    place = drafter.upload(case_id, "submission_draft").headers["Location"]

    with drafter.get(place):
        pass

    with as_(None) as work:
        reads = sa.select(AuditRecord.actor_id).where(
            AuditRecord.kind == "document.read"
        )
        assert work.session.scalars(reads).all() == [cast.drafter]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("稿.docx", b"PK\x03\x04 no archive", "已损坏"),
        ("稿.docx", b"%PDF-1.7", "不是 docx 格式"),
        ("稿.exe", b"MZ", "仅接受"),
        ("稿.docx", b"", "空的"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    programs: Programs, cast: Cast, case_id: int, name: str, content: bytes, says: str
) -> None:
    answer = programs(cast.drafter).send(
        f"/cases/{case_id}/documents",
        role="submission_draft",
        file=(io.BytesIO(content), name),
    )
    assert says in fields(answer)["file"]


def test_what_the_dossier_does_not_have_is_refused(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    answer = programs(cast.drafter).upload(case_id, "anything")
    assert "材料清单" in fields(answer)["role"]


def test_a_form_without_a_file_or_without_a_role_is_refused(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    drafter, place = programs(cast.drafter), f"/cases/{case_id}/documents"

    assert fields(drafter.send(place, role="x")).keys() == {"file"}
    assert fields(drafter.send(place, role="x", file="text")).keys() == {"file"}
    file = (io.BytesIO(word_file("x")), "x.docx")
    assert fields(drafter.send(place, file=file)).keys() == {"role"}
    for wrong in (drafter.post(place, {"role": "x"}), drafter.post(place)):
        assert "multipart/form-data" in sentence(wrong, 415)


def test_who_has_no_task_on_the_case_adds_nothing(
    programs: Programs, cast: Cast, case_id: int
) -> None:
    answer = programs(cast.unit_legal).upload(case_id, "submission_draft")
    assert "不在您的环节" in sentence(answer, 403)


def test_foreign_and_absent_files_are_alike(
    programs: Programs, as_: As, cast: Cast, case_id: int
) -> None:
    bring_to(as_, cast, case_id, "finalise_draft")
    document = body(programs(cast.drafter).get(f"/cases/{case_id}"))["documents"][0]
    stranger = programs(cast.other_drafter)

    absent = stranger.get("/documents/999/versions/1/content")
    sentence(absent, 404)
    for place in (
        f"{document['id']}/versions/1",
        f"{2**63}/versions/1",
        "1/versions/0",
    ):
        answer = stranger.get(f"/documents/{place}/content")
        assert (answer.status_code, answer.data) == (404, absent.data)
    own = programs(cast.drafter).get(f"/documents/{document['id']}/versions/9/content")
    assert (own.status_code, own.data) == (404, absent.data)

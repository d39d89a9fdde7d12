import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from reviewflow.errors import (
    Conflict,
    Invalid,
    Missing,
    Refused,
    SeparationOfDuties,
    TaskDone,
)
from reviewflow.model.filing import FilingObligation
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.filing_forms import answer_filing
from reviewflow.usecases.tasks import complete_task, return_task
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.steps import TEXT, waiting, word_file

REGISTER = {"decision": "REGISTER", "materials_complete": "yes"}


def test_sending_a_filing_twice_changes_nothing(
    press: Press, as_: As, cast: Cast
) -> None:
    (filing,) = press.publish(day("06-01"))
    task_id = waiting(as_, press.case_of(filing), "prepare_filing")
    press.submit(filing, day("06-10"))

    with as_(cast.department_filer, at(day("06-11"))) as work:
        upload = receive_upload(work.files, "其他.docx", io.BytesIO(word_file("其他")))
        with pytest.raises(TaskDone) as caught:
            answer_filing(work, filing, task_id, {}, [("basis_table", upload)])
    assert "罗文" in caught.value.message

    with as_(None) as work:
        assert len(work.get(FilingObligation, filing).submissions) == 1


def test_of_eight_who_register_at_once_one_does(
    press: Press, as_: As, cast: Cast
) -> None:
    (filing,) = press.publish(day("06-01"))
    press.submit(filing, day("06-10"))
    task_id = waiting(as_, press.case_of(filing), "examine_filing")

    def click(_: int) -> str:
        try:
            with as_(cast.city_filing_reviewer, at(day("06-12"))) as work:
                answer_filing(work, filing, task_id, REGISTER)
        except Conflict:
            return "conflict"
        return "registered"

    with ThreadPoolExecutor(8) as pool:
        outcomes = Counter(pool.map(click, range(8)))

    assert outcomes == {"registered": 1, "conflict": 7}


def test_a_stranger_finds_no_filing(press: Press, as_: As, cast: Cast) -> None:
    (filing,) = press.publish(day("06-01"))
    task_id = waiting(as_, press.case_of(filing), "prepare_filing")
    for stranger in (cast.other_drafter, cast.admin, cast.filing_reviewer):
        with as_(stranger) as work, pytest.raises(Missing):
            answer_filing(work, filing, task_id, {})


def test_who_sees_a_filing_without_the_post_may_not_act(
    press: Press, as_: As, cast: Cast
) -> None:
    (filing,) = press.publish(day("06-01"))
    task_id = waiting(as_, press.case_of(filing), "prepare_filing")
    for reader in (cast.drafter, cast.city_filing_reviewer, cast.auditor):
        with as_(reader) as work, pytest.raises(Refused):
            answer_filing(work, filing, task_id, {})


def test_who_filed_does_not_register(press: Press, as_: As) -> None:
    both = press.both_hands()
    (filing,) = press.publish(day("06-01"))
    press.submit(filing, day("06-10"))
    task_id = waiting(as_, press.case_of(filing), "examine_filing")

    with as_(both, at(day("06-12"))) as work:
        with pytest.raises(SeparationOfDuties):
            answer_filing(work, filing, task_id, REGISTER)
        with pytest.raises(SeparationOfDuties):
            return_task(work, task_id, TEXT)
        with pytest.raises(SeparationOfDuties):
            complete_task(work, task_id, REGISTER)


def test_a_task_of_another_case_is_not_answered_here(
    press: Press, as_: As, cast: Cast
) -> None:
    (first,), (second,) = press.publish(day("06-01")), press.publish(day("06-01"))
    task_id = waiting(as_, press.case_of(second), "prepare_filing")
    with as_(cast.department_filer) as work, pytest.raises(Missing):
        answer_filing(work, first, task_id, {})


def test_a_package_that_lacks_a_document_is_not_sent(
    press: Press, as_: As, cast: Cast
) -> None:
    (filing,) = press.publish(day("06-01"))
    task_id = waiting(as_, press.case_of(filing), "prepare_filing")

    now = at(day("06-10"))
    with as_(cast.department_filer, now) as work, pytest.raises(Invalid) as caught:
        answer_filing(work, filing, task_id, {})
    assert list(caught.value.errors) == ["drafting_note", "basis_table"]

    with as_(cast.department_filer, now) as work:
        uploads = [
            (
                role,
                receive_upload(work.files, f"{role}.docx", io.BytesIO(word_file(role))),
            )
            for role in caught.value.errors
        ]
        answer_filing(work, filing, task_id, {}, uploads)
    with as_(None) as work:
        assert len(work.get(FilingObligation, filing).submissions) == 1


def test_a_stale_page_is_told_of_the_change(press: Press, as_: As, cast: Cast) -> None:
    (filing,) = press.publish(day("06-01"))
    task_id = waiting(as_, press.case_of(filing), "prepare_filing")
    with as_(cast.department_filer) as work, pytest.raises(Conflict):
        answer_filing(work, filing, task_id, {}, version=7)

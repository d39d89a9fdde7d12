"""An error found after publication is put right; what changes rights is refused."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.integrity.verify import verify
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.letters import letter
from reviewflow.queries.library_page import library_page, public_document
from reviewflow.usecases.errata import correct_document
from reviewflow.usecases.library import change_document
from tests.cast import Cast
from tests.conftest import As
from tests.duties import Press, at, day
from tests.papers import published

FOUND = {
    "wrong": "第九条中的“15个工作曰”",
    "corrected": "15个工作日",
    "announced_on": "2026-06-10",
    "channel": "市政府门户网站",
    "keeps_rights": "yes",
}
LATER = at(day("06-12"))


def correct(as_: As, who: int, document_id: int, **typed: str) -> None:
    with as_(who, LATER) as work:
        correct_document(work, document_id, {**FOUND, **typed})


def document_of(as_: As, filing: int) -> int:
    with as_(None) as work:
        duty = work.get(FilingObligation, filing)
        return work.session.scalars(
            sa.select(LibraryDocument.id).where(
                LibraryDocument.publication_id == duty.publication_id
            )
        ).one()


def test_readers_and_receivers_learn_of_an_error_put_right(
    press: Press, as_: As, cast: Cast
) -> None:
    (filing,) = press.publish(day("05-20"))
    press.submit(filing, day("05-29"))
    document_id = document_of(as_, filing)
    with as_(None) as work:
        filings = sa.select(sa.func.count(FilingObligation.id))
        before = work.session.scalar(filings)

    correct(as_, cast.department_filer, document_id)

    with as_(None, LATER) as work:
        (shown,) = public_document(work, document_id).errata
        assert (shown.wrong, shown.corrected) == (FOUND["wrong"], FOUND["corrected"])
        page = library_page(work, document_id)
        assert page.events[-1].kind == "document.corrected"
        assert page.public.row.state == "IN_FORCE"
        sent = sa.select(OutboxMessage).where(
            OutboxMessage.template == "document_corrected"
        )
        (message,) = work.session.scalars(sent)
        assert message.user_id == cast.city_filing_reviewer
        assert "不需要重新报送备案" in message.text
        assert work.session.scalar(filings) == before
        assert verify(work) == []
        body = letter(work, page.public.row.document.case_id, "erratum_notice").body
        said = "".join(part.heading + part.text for part in body.paragraphs)
        assert body.addressee == ""
        assert "有误，现更正如下：第九条中的“15个工作曰”，应为：15个工作日。" in said


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"keeps_rights": "no"}, "keeps_rights"),
        ({"keeps_rights": ""}, "keeps_rights"),
        ({"wrong": " "}, "wrong"),
        ({"corrected": "错" * 501}, "corrected"),
        ({"corrected": FOUND["wrong"]}, "corrected"),
        ({"channel": ""}, "channel"),
        ({"announced_on": "昨天"}, "announced_on"),
        ({"announced_on": "2026-06-13"}, "announced_on"),  # tomorrow
        ({"announced_on": "2026-03-01"}, "announced_on"),  # before it was published
    ],
)
def test_what_is_no_error_or_is_not_told_in_full_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], named: str
) -> None:
    document_id = published(as_, cast)
    with pytest.raises(Invalid) as refused:
        correct(as_, cast.publisher, document_id, **typed)
    assert set(refused.value.errors) == {named}
    is_unsaid = typed.get("keeps_rights") == ""
    assert ("请选择是否改变" in str(refused.value.errors)) is is_unsaid
    with as_(None) as work:
        assert not public_document(work, document_id).errata


def test_once_by_who_publishes_and_only_while_it_holds(as_: As, cast: Cast) -> None:
    document_id = published(as_, cast)
    for who in (cast.drafter, cast.handler, cast.filer):
        with pytest.raises(Refused, match="公布经办人"):
            correct(as_, who, document_id)
    correct(as_, cast.publisher, document_id)
    with pytest.raises(Invalid, match="已经登记过"):
        correct(as_, cast.department_filer, document_id)
    correct(as_, cast.department_filer, document_id, wrong="第十条中的“经信局”")

    ended = {"sort": "REPEALS", "effective_on": "2026-06-12", "basis": "局长办公会议"}
    with as_(cast.publisher, LATER) as work:
        change_document(work, document_id, ended)
    with pytest.raises(Conflict, match="不再执行"):
        correct(as_, cast.publisher, document_id, wrong="第三条")

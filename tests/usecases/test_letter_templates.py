"""Templates of the place: who may change them, and which letters take them."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.letters.gatherers import GATHER
from reviewflow.letters.letter import Letter
from reviewflow.letters.render_docx import render_docx
from reviewflow.letters.sorts import SORTS
from reviewflow.letters.template_fields import known_names
from reviewflow.model.access import AuditRecord
from reviewflow.model.case import Case
from reviewflow.queries.letter_templates import (
    case_letter,
    list_templates,
    sample_letter,
)
from reviewflow.queries.letters import letter
from reviewflow.usecases.letter_templates import (
    add_template,
    adopt_template,
    receive_template,
    restore_shipped,
)
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import NOON_MONDAY, As
from tests.decisions import assessed_decision
from tests.duties import Press
from tests.hearings import HELD, holding, sit
from tests.letters import (
    ADOPTIONS,
    LACKING,
    TUESDAY,
    WEDNESDAY,
    Lettered,
    nothing_in,
)
from tests.meetings import heard, waiting_case
from tests.papers import ending_case, fire, published, put_right
from tests.rules import bring_rule_to
from tests.steps import bring_to, do_next, new_case
from tests.templates import saying, shipped_from, texts, wording_files

MARK = "本市自己的一段话。"
HOUR = timedelta(hours=1)
FILES = {path.stem: path for path in wording_files() if "major" not in path.parts[-3]}


def template(sort: str, line: str = MARK) -> bytes:
    return saying(line, content=shipped_from(FILES[sort]))


def adopt(there: Lettered, wording: str, content: bytes, at: int = 1) -> int:
    """Upload and adopt, so many hours after Monday noon; return the row."""
    sort, instant = wording.rpartition(".")[2], NOON_MONDAY + at * HOUR
    upload = receive_template(
        there.runtime.files, wording, f"{sort}.docx", io.BytesIO(content)
    )
    with there.begin(there.cast.admin, instant) as work:
        row = add_template(work, wording, upload)
        return adopt_template(work, wording, row.id).id


def read(there: Lettered, case_id: int, name: str, at: int = 100) -> Letter:
    with there.begin(None, NOON_MONDAY + at * HOUR) as work:
        return letter(work, case_id, name)


def has_mark(shown: Letter) -> bool:
    in_word = texts(render_docx(shown))
    assert (MARK in in_word) == (MARK in [p.text for p in shown.body.paragraphs])
    return MARK in in_word


def test_a_letter_carries_the_sentence_and_what_was_issued_stays(
    there: Lettered,
) -> None:
    before = read(there, there.signed, "review_opinion")
    assert not has_mark(read(there, there.draft, "review_opinion"))

    row_id = adopt(there, "review_opinion", template("review_opinion"))

    assert read(there, there.signed, "review_opinion") == before
    draft = read(there, there.draft, "review_opinion")
    assert has_mark(draft)
    assert not has_mark(read(there, there.draft, "review_opinion", at=0))
    assert (draft.state, draft.number, draft.is_final) == ("未签发", "", False)
    do_next(there.begin, there.cast, there.draft, "sign_opinion", WEDNESDAY)
    with there.begin(there.cast.admin, WEDNESDAY + HOUR) as work:
        restore_shipped(work, "review_opinion")
        with pytest.raises(Conflict):
            restore_shipped(work, "review_opinion")
    signed = read(there, there.draft, "review_opinion")
    assert has_mark(signed)  # it was signed while the template was in force
    assert "六司审〔2026〕4号" in texts(render_docx(signed))
    with there.begin(there.cast.admin, WEDNESDAY + 2 * HOUR) as work:
        assert adopt_template(work, "review_opinion", row_id).id > row_id


def test_every_letter_of_filing_knows_when_it_was_issued(there: Lettered) -> None:
    for sort in ("correction_notice", "return_notice", "registration_notice"):
        adopt(there, f"filing.{sort}", template(sort))
    assert not has_mark(read(there, there.filing, "correction_notice"))
    assert not has_mark(read(there, there.filing, "return_notice"))
    assert has_mark(read(there, there.filing, "registration_notice"))


def test_what_a_letter_lacks_is_named_by_a_template_too(there: Lettered) -> None:
    adopt(there, "filing.filing_report", template("filing_report"))
    assert has_mark(read(there, there.unsent, "filing_report"))
    with (
        nothing_in(there, "effective_on"),
        pytest.raises(Invalid, match="缺少“施行日期”，请补充后生成。"),
    ):
        read(there, there.unsent, "filing_report")


def test_a_preview_shows_samples_or_a_case_the_actor_sees(there: Lettered) -> None:
    admin, wording = there.cast.admin, "supplement_notice"
    row_id = adopt(there, wording, template(wording))
    with there.begin(admin) as work:
        sample = sample_letter(work, wording, row_id)
        assert (sample.state, has_mark(sample)) == ("示例内容", True)
        assert not has_mark(sample_letter(work, wording, 0))
        with pytest.raises(Missing):
            sample_letter(work, "review_opinion", row_id)
        number = "审登〔2026〕1号"
        with pytest.raises(Invalid, match="没有您可以查看的这个编号的事项"):
            case_letter(work, wording, row_id, number)
    with there.begin(None, TUESDAY) as work:
        assert has_mark(case_letter(work, wording, row_id, number))


def test_only_administrators_and_each_act_is_kept(there: Lettered) -> None:
    content = io.BytesIO(template("legal_advice"))
    files = there.runtime.files
    upload = receive_template(files, "legal_advice", "法律意见书.docx", content)
    for who in ("review_intake", "auditor", "drafter"):
        with pytest.raises(Refused), there.begin(there.cast.people[who]) as work:
            add_template(work, "legal_advice", upload)
        with pytest.raises(Refused), there.begin(there.cast.people[who]) as work:
            list_templates(work)
    with there.begin(there.cast.admin) as work:
        row_id = add_template(work, "legal_advice", upload).id
        with pytest.raises(Missing):
            adopt_template(work, "review_opinion", row_id)
        adopt_template(work, "legal_advice", row_id)
        with pytest.raises(Conflict, match="正在使用"):
            adopt_template(work, "legal_advice", row_id)
    with there.begin(there.cast.admin) as work:
        kinds = sa.select(AuditRecord.kind).where(
            AuditRecord.subject == "wording:legal_advice"
        )
        assert work.session.scalars(kinds.order_by(AuditRecord.id)).all() == [
            "letter_template.uploaded",
            "letter_template.adopted",
        ]
        entry = next(
            one for one in list_templates(work) if one.sort.name == "legal_advice"
        )
        assert entry.used is not None
        assert entry.used.by_id == there.cast.admin


def told(work: Work, case_id: int) -> dict[str, dict[str, frozenset[str]]]:
    """Return what the letters of a case may say, with the columns of lists."""
    found, case = {}, work.get(Case, case_id)
    for gather, sorts in GATHER.items():
        for occasion in gather(work, case):
            assert occasion.sort.name in sorts
            found[occasion.sort.name] = {
                name: frozenset(value[0] if isinstance(value, list) and value else ())
                for name, value in occasion.fields().items()
            }
    return found


def put_off(as_: As, cast: Cast) -> int:
    """Return a case whose review was given more time."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    asked = {"outcome": "EXTEND", "conclusion": "", "reasons": "", "reason": LACKING}
    do_next(as_, cast, case_id, "draft_opinion", **asked)
    given = {"outcome": "APPROVE", "extra_days": "5", "reason": LACKING}
    do_next(as_, cast, case_id, "approve_extension", **given)
    return case_id


def given_back(as_: As, cast: Cast) -> int:
    """Bring a new case to where the office returns it."""
    case_id = new_case(as_, cast)
    back: dict[str, Any] = {"outcome": "RETURN", "reason": LACKING}
    bring_to(as_, cast, case_id, "office_check")
    do_next(as_, cast, case_id, "office_check", **back)
    return case_id


def played(runtime: Runtime, as_: As, press: Press, cast: Cast) -> Iterator[int]:
    """Give cases that between them have a letter of every sort but of reviews."""
    yield from (given_back(as_, cast), put_off(as_, cast), press.object_to())
    yield from (assessed_decision(as_, cast), bring_rule_to(as_, cast, "sign_order"))
    hearing, heard_case = holding(as_, cast), waiting_case(as_, cast)
    sit(as_, cast, hearing)
    do_next(as_, cast, hearing, "hold_hearing", HELD, participants=4)
    heard(as_, cast, heard_case)
    yield from (hearing, heard_case)
    ending = published(as_, cast, valid_until="2028-08-31")
    yield put_right(as_, cast, ending)
    fire(runtime, date(2028, 8, 31))
    yield ending_case(as_, ending)


def test_samples_have_the_fields_that_letters_have(
    there: Lettered, runtime: Runtime, as_: As, press: Press, cast: Cast
) -> None:
    found: dict[str, dict[str, frozenset[str]]] = {}
    do_next(there.begin, there.cast, there.revise, "revise_draft", **ADOPTIONS)
    with there.begin(None) as work:
        for case_id in (there.draft, there.signed, there.filing, there.revise):
            found |= told(work, case_id)
    for case_id in played(runtime, as_, press, cast):
        with as_(None) as work:
            found |= told(work, case_id)

    assert set(found) == set(SORTS)
    for sort, fields in found.items():
        known = known_names(sort)
        assert set(fields) == set(known), sort
        for name, columns in fields.items():
            assert not columns or columns == known[name], (sort, name)


@pytest.mark.parametrize("sort", ["internal_opinion", "interpretation"])
def test_what_a_unit_wrote_before_a_template_stays(there: Lettered, sort: str) -> None:
    before = read(there, there.signed, sort)
    adopt(there, sort, template(sort))
    assert read(there, there.signed, sort) == before
    adopt(there, sort, template(sort), at=-1)
    assert has_mark(read(there, there.signed, sort))

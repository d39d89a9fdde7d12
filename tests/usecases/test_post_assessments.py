"""后评估: at least one a year, planned by the review office, finished with a report."""

import io

import pytest

from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.post_assessment import AssessmentConclusion, PostAssessment
from reviewflow.queries.post_assessments import assessment_year, report_of
from reviewflow.usecases.documents import receive_upload
from reviewflow.usecases.library import change_document
from reviewflow.usecases.post_assessments import finish_assessment, plan_assessment
from tests.cast import Cast
from tests.conftest import As
from tests.papers import number_of, published
from tests.steps import word_file

FINISHED = {
    "conclusion": "AMEND",
    "summary": "执行效果较好，第八条操作性不强。",
    "next_steps": "列入明年修订计划。",
    "done_on": "2026-03-02",
}


def planned(as_: As, cast: Cast, document_id: int, **typed: str) -> int:
    """Plan to assess a document this year."""
    raw = {
        "year": "2026",
        "number": number_of(as_, document_id),
        "reason": "施行已满两年。",
        "due_on": "2026-11-30",
        **typed,
    }
    with as_(cast.unit_legal) as work:
        return plan_assessment(work, raw).id


def finish(as_: As, who: int, assessment_id: int, **typed: str) -> None:
    with as_(who) as work:
        source = io.BytesIO(word_file("评估报告"))
        report = receive_upload(work.files, "评估报告.docx", source)
        finish_assessment(work, assessment_id, {**FINISHED, **typed}, report)


def test_an_organ_without_one_is_missing_until_one_is_finished(
    as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast)

    def short() -> tuple[list[int], list[int]]:
        with as_(cast.auditor) as work:
            page = assessment_year(work, 2026)
            return [u.id for u in page.missing], [u.id for u in page.unfinished]

    housing = cast.units["housing"]
    assert short() == ([housing], [])
    assessment_id = planned(as_, cast, document_id)
    assert short() == ([], [housing])
    with pytest.raises(Missing), as_(cast.auditor) as work:
        report_of(work, assessment_id)
    finish(as_, cast.drafter, assessment_id)
    assert short() == ([], [])

    with as_(cast.auditor) as work:
        row = work.get(PostAssessment, assessment_id)
        assert row.conclusion is AssessmentConclusion.AMEND
        assert report_of(work, assessment_id).report_name == "评估报告.docx"


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"year": "2025"}, "year"),
        ({"number": ""}, "number"),
        ({"number": "六住建规〔2019〕1号"}, "number"),
        ({"reason": " "}, "reason"),
        ({"due_on": "2026-03-01"}, "due_on"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    as_: As, cast: Cast, typed: dict[str, str], named: str
) -> None:
    document_id = published(as_, cast)
    with pytest.raises(Invalid) as refusal:
        planned(as_, cast, document_id, **typed)
    assert list(refusal.value.errors) == [named]


def test_a_document_is_planned_once_a_year_while_it_holds(as_: As, cast: Cast) -> None:
    document_id = published(as_, cast)
    planned(as_, cast, document_id)
    with pytest.raises(Invalid):
        planned(as_, cast, document_id)
    ended = published(as_, cast)
    said = {"sort": "REPEALS", "effective_on": "2026-03-02", "basis": "会议决定"}
    with as_(cast.publisher) as work:
        change_document(work, ended, said)
    with pytest.raises(Invalid, match="不再执行"):
        planned(as_, cast, ended)


def test_only_the_review_office_plans_and_only_the_unit_finishes(
    as_: As, cast: Cast
) -> None:
    document_id = published(as_, cast)
    number = number_of(as_, document_id)
    raw = {"year": "2026", "number": number, "reason": "理由", "due_on": "2026-05-01"}
    for who in (cast.drafter, cast.review_intake):
        with pytest.raises(Refused), as_(who) as work:
            plan_assessment(work, raw)
    assessment_id = planned(as_, cast, document_id)
    with pytest.raises(Refused):
        finish(as_, cast.other_drafter, assessment_id)


@pytest.mark.parametrize("lacking", FINISHED)
def test_a_result_is_whole_and_told_once(as_: As, cast: Cast, lacking: str) -> None:
    assessment_id = planned(as_, cast, published(as_, cast))
    with pytest.raises(Invalid) as refusal:
        finish(as_, cast.drafter, assessment_id, **{lacking: ""})
    assert list(refusal.value.errors) == [lacking]
    with pytest.raises(Invalid) as refusal, as_(cast.drafter) as work:
        finish_assessment(work, assessment_id, FINISHED, None)
    assert list(refusal.value.errors) == ["report"]
    finish(as_, cast.drafter, assessment_id)
    with pytest.raises(Conflict):
        finish(as_, cast.drafter, assessment_id)

"""The sample city has rosters, so that no figure of organs is empty in a demo."""

import pytest

from reviewflow.queries.definitions import book
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Group, Question
from reviewflow.work import Runtime
from tests.conftest import AS_OF


@pytest.mark.parametrize("before", [0, 1])
def test_organs_of_the_sample_city_are_covered_in_part(
    sample_city: Runtime, before: int
) -> None:
    question = Question(AS_OF.replace(year=AS_OF.year - before), group=Group.LEVEL)
    with sample_city.read(None) as work:
        answer = indicators(work, question)
    rates = {one.id: answer.total.rate(one) for one in book().each()}
    assert all(
        0 < rates[id_].numerator < rates[id_].denominator
        for id_ in ("I-8", "I-8-body", "I-11", "I-12")
    )
    lawyers = book().rate("I-12")
    assert lawyers is not None
    by_level = {one.key: one.rate(lawyers) for one in answer.groups}
    assert by_level["CITY"].value == "70.00"
    assert [by_level[key].denominator for key in ("COUNTY", "TOWN")] == [6, 0]


def test_one_post_assessment_is_done(sample_city: Runtime) -> None:
    with sample_city.read(None) as work:
        total = indicators(work, Question(AS_OF)).total
    assert total.counts["assessments_done"] == 1

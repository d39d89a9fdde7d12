"""A document of several organs: one in charge, one filing, counted once."""

import pytest
import sqlalchemy as sa

from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.joint_makers import candidates
from reviewflow.model.case import Case
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.queries.counted import counted
from reviewflow.queries.indicators import indicators
from reviewflow.queries.letters import letter
from reviewflow.queries.question import Group, Question
from reviewflow.work import Runtime
from tests.cast import Cast
from tests.conftest import AS_OF, As
from tests.duties import Press, at, day
from tests.steps import bring_to, do_next, new_case

TOGETHER = "六安市住房和城乡建设局（与六安市市场监督管理局、六安市司法局联合制定）"


@pytest.fixture
def filing(press: Press, cast: Cast) -> int:
    """The only filing of a document the housing bureau made with two others."""
    others = [cast.units["market"], cast.units["justice"]]
    (found,) = press.publish(day("03-10"), joint_makers=others)
    return found


def test_one_filing_is_owed_and_counted_for_the_maker_alone(
    filing: int, runtime: Runtime, cast: Cast
) -> None:
    with runtime.read(None, at(AS_OF)) as work:
        duty = work.session.scalars(sa.select(FilingObligation)).unique().one()
        assert (duty.id, duty.maker.id) == (filing, cast.units["housing"])
        assert duty.publication.makers_named == TOGETHER
        question = Question(AS_OF, group=Group.UNIT)
        found = indicators(work, question)
        assert found.total.tally.ids("due") == [filing]
        groups = {group.key: group.tally.ids("due") for group in found.groups}
        assert groups.pop(str(cast.units["housing"])) == [filing]
        assert set(map(tuple, groups.values())) <= {()}
        (row,) = counted(work, question, "due", "total", page=1).rows
        assert row.values[2] == TOGETHER
        (shelved,) = work.session.scalars(sa.select(LibraryDocument)).all()
        assert shelved.publication.joint_names == "六安市市场监督管理局、六安市司法局"
        assert verify(work) == []


def test_the_report_names_those_who_made_it_together(
    filing: int, runtime: Runtime, press: Press, cast: Cast
) -> None:
    with runtime.read(cast.department_filer, at(day("03-12"))) as work:
        report = letter(work, press.case_of(filing), "filing_report-1")
    said = "\n".join(p.heading + p.text for p in report.body.paragraphs)
    assert "由六安市住房和城乡建设局主办，与六安市市场监督管理局、六安市司法局" in said
    assert report.body.signature == "六安市住房和城乡建设局"


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("housing", "主办机关已经是制定机关"),
        ("province", "与主办机关同级"),
        ("congress", "与主办机关同级"),
        ("nowhere", "与主办机关同级"),
    ],
)
def test_only_organs_of_its_level_issue_with_the_maker(
    unit: str, words: str, press: Press, cast: Cast
) -> None:
    other = cast.units.get(unit, 9999)
    with pytest.raises(Invalid) as refused:
        press.publish(day("03-10"), joint_makers=[cast.units["market"], other])
    assert words in refused.value.errors["joint_makers"]


def test_a_document_of_the_system_may_be_made_together(as_: As, cast: Cast) -> None:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "publish")
    with as_(None) as work:
        offered = candidates(work, work.get(Case, case_id))
    assert cast.units["justice"] in {unit.id for unit in offered}
    do_next(as_, cast, case_id, "publish", joint_makers=[offered[0].id])
    with as_(None) as work:
        duties = work.session.scalars(sa.select(FilingObligation)).unique().all()
        for duty in duties:
            assert duty.maker.id == work.get(Case, case_id).issuing_organ_id
            joint = [unit.id for unit in duty.publication.joint_units]
            assert joint == [offered[0].id]
        assert len({duty.chain for duty in duties}) == len(duties)

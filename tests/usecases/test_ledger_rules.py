"""Rules of the past come in by ledger: four filings each, and their rates at once."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow import ledger_columns as of
from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.journal import canonical, text_digest
from reviewflow.model.case import Case
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.model.publication import Publication
from reviewflow.model.standing import ObligationStatus
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import indicators
from reviewflow.queries.question import Group, Question
from reviewflow.usecases.timers import fire_due_timers
from reviewflow.work import Runtime
from tests.conftest import AS_OF
from tests.ledgers import NOW, bring_in, example_rows, plain_row, rule_row

FOUR = {
    # the receiver: when it was sent, whether in time, when registered
    "国务院": (date(2026, 4, 9), ObligationStatus.ON_TIME, date(2026, 4, 20)),
    "安徽省人民政府": (date(2026, 4, 9), ObligationStatus.ON_TIME, None),
    "安徽省人民代表大会常务委员会": (date(2026, 4, 10), ObligationStatus.ON_TIME, None),
    "六安市人民代表大会常务委员会": (
        *(date(2026, 4, 17), ObligationStatus.LATE),
        date(2026, 4, 22),
    ),
}


def test_a_rule_has_its_four_filings(empty_city: Runtime) -> None:
    assert len(bring_in(empty_city, [rule_row()]).fresh) == 1
    with empty_city.read(None, NOW) as work:
        duties = work.session.scalars(sa.select(FilingObligation)).unique().all()
        assert {duty.due_on for duty in duties} == {date(2026, 4, 15)}
        assert {
            duty.authority.name: (
                *(duty.submissions[0].submitted_on, duty.standing.status(AS_OF)),
                duty.registered_on,
            )
            for duty in duties
        } == FOUR
        published = work.session.scalars(sa.select(Publication)).one()
        assert published.doc_number == "六安市人民政府令第11号"
        assert published.backfilled_at == NOW
        assert verify(work) == []


def test_the_rates_of_rules_are_right_by_chain_from_day_one(
    empty_city: Runtime,
) -> None:
    assert len(bring_in(empty_city, [rule_row(), *example_rows()]).fresh) == 17
    fire_due_timers(empty_city, NOW)
    rates = {}
    for chain in Chain:
        question = Question(AS_OF, group=Group.KIND, chain=chain)
        with empty_city.read(None, NOW) as work:
            told = document(indicators(work, question))
        groups = {part["key"]: part for part in told["groups"]}
        found = {row["id"]: row for row in groups["ZFGZ"]["indicators"]}
        rates[chain.value] = (found["I-1"]["value"], found["I-2"]["value"])
    assert rates == {"GOV": ("100.00", "100.00"), "NPC": ("100.00", "50.00")}


def test_the_same_rule_again_changes_nothing(empty_city: Runtime) -> None:
    bring_in(empty_city, [rule_row()])
    again = bring_in(empty_city, [rule_row(**{of.KIND: "ZFGZ"})])
    assert (len(again.fresh), again.known) == (0, 1)
    with pytest.raises(Invalid) as refused:
        bring_in(empty_city, [rule_row(**{of.TO_ABOVE: date(2026, 4, 11)})])
    (sentence,) = refused.value.errors.values()
    assert "与补录的内容不同" in sentence


@pytest.mark.parametrize(
    ("cells", "heading", "words"),
    [
        ({of.SENT: date(2026, 4, 9)}, of.SENT, "政府规章不填这一列"),
        ({of.JOINT: "市司法局"}, of.JOINT, "政府规章不填这一列"),
        ({of.NUMBER: "六政〔2026〕11号"}, of.NUMBER, "不是令号，请填写令号，例如"),
        ({of.MAKER: "霍邱县人民政府"}, of.KIND, "不制定政府规章"),
        ({of.MAKER: "市住建局"}, of.KIND, "不制定政府规章"),
        ({of.TO_ABOVE: date(2026, 3, 15)}, of.TO_ABOVE, "早于公布日期"),
        ({of.TO_NATION: None}, of.TO_NATION, "但填写了“国务院登记日期”"),
        (
            {of.PUBLISHED: date(2014, 3, 17), of.EFFECTIVE: date(2014, 5, 1)},
            of.TO_ABOVE,
            "不需要报送省人大常委会",
        ),
    ],
)
def test_a_rule_that_cannot_be_so_is_refused(
    cells: dict[str, object], heading: str, words: str, empty_city: Runtime
) -> None:
    rows = [rule_row(**cells), plain_row()]
    with pytest.raises(Invalid) as refused:
        bring_in(empty_city, rows)
    assert words in refused.value.errors[f"第 2 行“{heading}”"]
    with empty_city.read(None) as work:
        assert work.session.scalars(sa.select(Case.id)).all() == []


def test_columns_of_rules_are_for_rules_alone(empty_city: Runtime) -> None:
    with pytest.raises(Invalid) as refused:
        bring_in(empty_city, [plain_row(报国务院日期=date(2024, 3, 20))])
    assert list(refused.value.errors) == [f"第 2 行“{of.TO_NATION}”"]


def test_a_joint_document_comes_in_with_those_who_made_it(
    empty_city: Runtime,
) -> None:
    others = "市市场监管局、六安市司法局"
    bring_in(empty_city, [plain_row(联合制定机关=others)])
    again = bring_in(
        empty_city, [plain_row(联合制定机关="六安市市场监督管理局，市司法局")]
    )
    assert again.known == 1
    with empty_city.read(None, NOW) as work:
        duty = work.session.scalars(sa.select(FilingObligation)).unique().one()
        named = "六安市市场监督管理局、六安市司法局"
        assert duty.publication.joint_names == named
        assert duty.maker.name == "六安市住房和城乡建设局"
        assert verify(work) == []
    for wrong, words in (("市园林局", "没有“市园林局”"), ("市住建局", "是主办机关")):
        with pytest.raises(Invalid) as refused:
            bring_in(empty_city, [plain_row(2, 联合制定机关=wrong)])
        (sentence,) = refused.value.errors.values()
        assert words in sentence


def test_a_ledger_of_an_earlier_template_still_comes_in(empty_city: Runtime) -> None:
    earlier = [h for h in (c.heading for c in of.COLUMNS) if h not in of.ADDED]
    (entry,) = bring_in(empty_city, [plain_row()], headings=earlier).fresh
    assert bring_in(empty_city, [plain_row()]).known == 1

    kept = {name: said for name, said in entry.texts.items() if name in earlier}
    days = {name: day.isoformat() for name, day in entry.days.items()}
    units = {of.MAKER: entry.maker.name, of.DRAFTING: entry.unit.name}
    as_before = {**kept, **days, **units, of.KIND: entry.kind_code}
    assert entry.digest == text_digest(canonical(as_before))

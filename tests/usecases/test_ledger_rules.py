"""Rules of the past come in by ledger: four filings each, and their rates at once."""

from datetime import date

import pytest
import sqlalchemy as sa

from reviewflow import ledger_columns as of
from reviewflow.errors import Invalid
from reviewflow.integrity.verify import verify
from reviewflow.journal import canonical, text_digest
from reviewflow.model.case import Case, Task
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


def rates_of_rules(runtime: Runtime, chain: Chain, *asked: str) -> tuple[str, ...]:
    question = Question(AS_OF, group=Group.KIND, chain=chain)
    with runtime.read(None, NOW) as work:
        told = document(indicators(work, question))
    groups = {part["key"]: part for part in told["groups"]}
    found = {row["id"]: row["value"] for row in groups["ZFGZ"]["indicators"]}
    return tuple(found[one] for one in asked)


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
        rates[chain.value] = rates_of_rules(empty_city, chain, "I-1", "I-2")
    assert rates == {"GOV": ("100.00", "100.00"), "NPC": ("100.00", "50.00")}


BETWEEN: dict[str, object] = {
    # sent again too late; supplemented on the last day; never; too late
    of.NATION.returned: date(2026, 4, 13),
    of.NATION.sent_again: date(2026, 4, 20),
    of.NATION.registered: date(2026, 4, 27),
    of.PROVINCE.asked: date(2026, 4, 14),
    of.PROVINCE.corrected: date(2026, 4, 29),
    of.PROVINCE.registered: date(2026, 4, 30),
    of.ABOVE.asked: date(2026, 4, 15),
    of.TO_CONGRESS: date(2026, 4, 15),
    of.CONGRESS.asked: date(2026, 4, 16),
    of.CONGRESS.corrected: date(2026, 5, 8),
    of.BY_CONGRESS: date(2026, 5, 11),
}
STANDS = {
    "国务院": (ObligationStatus.LATE, None),
    "安徽省人民政府": (ObligationStatus.ON_TIME, date(2026, 4, 29)),
    "安徽省人民代表大会常务委员会": (
        *(ObligationStatus.LATE_UNREGISTERED, date(2026, 4, 30)),
    ),
    # the fifteenth day is Labour Day: the next working day
    "六安市人民代表大会常务委员会": (ObligationStatus.LATE, date(2026, 5, 6)),
}


def test_what_happened_between_decides_the_rates_of_rules(
    empty_city: Runtime,
) -> None:
    bring_in(empty_city, [rule_row(**BETWEEN)])
    assert fire_due_timers(empty_city, NOW) == 0  # what lapsed then has lapsed
    found = {}
    for chain in Chain:
        found[chain.value] = rates_of_rules(empty_city, chain, "I-1", "I-2", "I-3")
    assert found == {
        "GOV": ("100.00", "50.00", "0.00"),
        "NPC": ("50.00", "0.00", "0.00"),
    }
    with empty_city.read(None, NOW) as work:
        duties = work.session.scalars(sa.select(FilingObligation)).unique().all()
        assert {
            duty.authority.name: (
                duty.standing.status(AS_OF),
                next((asked.due_on for asked in duty.corrections), None),
            )
            for duty in duties
        } == STANDS
        waiting = sa.select(Task.step).where(Task.closed_at.is_(None))
        assert work.session.scalars(waiting).all() == ["correct_filing"]
        assert verify(work) == []


def test_what_happened_between_is_told_of_congress_filings_too(
    empty_city: Runtime,
) -> None:
    told: dict[str, object] = {
        of.MAKER: "霍邱县人民政府",
        of.KIND: "政府规范性文件",
        of.NUMBER: "霍政规〔2024〕1号",
        of.TO_CONGRESS: date(2024, 3, 21),
        of.CONGRESS.asked: date(2024, 3, 25),
        of.CONGRESS.corrected: date(2024, 3, 29),
        of.BY_CONGRESS: date(2024, 4, 1),
    }
    bring_in(empty_city, [plain_row(1, **told)])
    with empty_city.read(None, NOW) as work:
        duties = work.session.scalars(sa.select(FilingObligation)).unique().all()
        (asked,) = (one for duty in duties for one in duty.corrections)
        assert asked.obligation.chain is Chain.NPC
        assert (asked.due_on, asked.lapsed_on) == (date(2024, 4, 1), None)
        assert asked.obligation.standing.status(AS_OF) is ObligationStatus.ON_TIME


def test_the_same_rule_again_changes_nothing(empty_city: Runtime) -> None:
    bring_in(empty_city, [rule_row()])
    again = bring_in(empty_city, [rule_row(**{of.KIND: "ZFGZ"})])
    assert (len(again.fresh), again.known) == (0, 1)
    with pytest.raises(Invalid) as refused:
        bring_in(empty_city, [rule_row(**{of.ABOVE.sent: date(2026, 4, 11)})])
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
        ({of.ABOVE.sent: date(2026, 3, 15)}, of.ABOVE.sent, "早于公布日期"),
        (
            {of.NATION.returned: date(2026, 4, 12)},
            of.NATION.sent_again,
            "退回后没有重新报送，不能有“国务院登记日期”",
        ),
        (
            {of.NATION.asked: date(2026, 4, 12)},
            of.NATION.corrected,
            "请补充“补报国务院",
        ),
        (
            {of.PROVINCE.corrected: date(2026, 4, 12)},
            of.PROVINCE.asked,
            "但填写了“补报省",
        ),
        ({of.ABOVE.asked: date(2026, 4, 9)}, of.ABOVE.asked, "早于报省人大日期"),
        (
            {
                of.PUBLISHED: date(2024, 3, 18),
                of.EFFECTIVE: date(2024, 5, 1),
                of.ABOVE.asked: date(2024, 10, 9),
                of.ABOVE.sent: date(2024, 4, 9),
            },
            of.ABOVE.asked,
            "2024-10-09时还没有规定补充报送的期限",
        ),
        ({of.NATION.sent: None}, of.NATION.sent, "但填写了“国务院登记日期”"),
        (
            {of.PUBLISHED: date(2014, 3, 17), of.EFFECTIVE: date(2014, 5, 1)},
            of.ABOVE.sent,
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
    assert list(refused.value.errors) == [f"第 2 行“{of.NATION.sent}”"]


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

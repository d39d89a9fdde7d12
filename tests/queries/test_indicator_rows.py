import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from reviewflow.law.limits import Unit
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.queries.definitions import book
from reviewflow.queries.indicator_document import document
from reviewflow.queries.indicators import Indicators, indicators
from reviewflow.queries.question import ChangedLimit, Group, Question
from reviewflow.runtime import open_runtime
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import As, settings_in
from tests.queries.ledger import Ledger
from tests.queries.oracle import AS_OF, COUNTS, FIGURES, FILINGS, RATES

RATE = {definition.id: definition for definition in book().each()}


@dataclass(frozen=True)
class Filed:
    """The filings of the example, and who looks at them; nobody changes them."""

    runtime: Runtime
    cast: Cast
    ids: dict[str, int]

    def ask(self, question: Question, actor: str = "auditor") -> Indicators:
        return ask(self.runtime, self.cast.people[actor], question)


@pytest.fixture(scope="module")
def filed(
    prepared: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filed]:
    """The filings of the example, entered once."""
    folder = tmp_path_factory.mktemp("filed") / "data"
    shutil.copytree(prepared[0], folder)
    runtime, cast = open_runtime(settings_in(folder)), prepared[1]
    with runtime.begin(None) as work:
        ids = enter_all(work, cast)
    yield Filed(runtime, cast, ids)
    runtime.engine.dispose()


@pytest.fixture
def ids(as_: As, cast: Cast) -> dict[str, int]:
    """The filings of the example, by their names there, to be changed."""
    with as_(None) as work:
        return enter_all(work, cast)


def enter_all(work: Work, cast: Cast) -> dict[str, int]:
    ledger = Ledger(work, cast)
    return {filing.id: ledger.enter(filing) for filing in FILINGS}


def ask(runtime: Runtime, actor_id: int | None, question: Question) -> Indicators:
    with runtime.read(actor_id) as work:
        return indicators(work, question)


@pytest.mark.parametrize(("group", "key"), FIGURES)
def test_rows_give_the_figures_of_the_example(
    filed: Filed, group: str, key: str
) -> None:
    answer = filed.ask(Question(AS_OF, group=Group(group)))

    figures = answer.figures(key)
    assert figures is not None
    counts, rates = FIGURES[group, key]
    assert tuple(figures.counts[name] for name in COUNTS) == counts
    assert tuple(figures.rate(RATE[id_]).value for id_ in RATES) == rates


def test_numbers_name_the_rows_they_count(filed: Filed) -> None:
    answer, ids = document(filed.ask(Question(AS_OF))), filed.ids

    timely = next(row for row in answer["indicators"] if row["id"] == "I-2")
    missed = set(timely["denominator_ids"]) - set(timely["numerator_ids"])
    assert missed == {ids[name] for name in ("N03", "N05", "N07", "N10")}
    assert timely["not_due_ids"] == [ids["N13"]]
    assert (timely["numerator"], timely["denominator"], timely["not_due"]) == (
        11,
        15,
        1,
    )
    assert timely["value"] == "73.33"
    assert answer["scope"] == "all"


def test_working_days_put_two_more_in_time_and_change_the_rule_version(
    filed: Filed,
) -> None:
    what_if, law = (
        ChangedLimit("TL-13", 15, Unit.WORKING_DAY),
        filed.runtime.lawbooks.shipped,
    )

    before = filed.ask(Question(AS_OF))
    after = filed.ask(Question(AS_OF, limit=what_if))

    assert after.total.rate(RATE["I-2"]).value == "86.67"
    gained = set(after.total.tally.ids("on_time")) - set(
        before.total.tally.ids("on_time")
    )
    assert gained == {filed.ids["N03"], filed.ids["N10"]}
    assert before.rule_version == law.version
    assert after.rule_version == what_if.applied(law).version
    assert after.rule_version != before.rule_version


def test_the_other_chain_is_counted_apart(
    runtime: Runtime, as_: As, cast: Cast, ids: dict[str, int]
) -> None:
    with as_(None) as work:
        npc = Ledger(work, cast).enter(FILINGS[0], copy=1, chain=Chain.NPC)

    both = ask(runtime, cast.auditor, Question(AS_OF, group=Group.CHAIN))
    other = ask(runtime, cast.auditor, Question(AS_OF, chain=Chain.NPC))

    assert [(g.key, g.counts["all"]) for g in both.groups] == [("GOV", 16), ("NPC", 1)]
    assert both.total.counts["all"] == len(ids)  # the headline stays the government's
    assert other.total.tally.ids("all") == [npc]


@pytest.mark.parametrize(
    ("group", "keys"),
    [
        (Group.LEVEL, ["CITY", "COUNTY", "TOWN"]),
        (Group.AREA, ["市本级", "金安区", "霍邱县"]),
        (Group.KIND, ["ZFGFXWJ", "BMGFXWJ"]),
        (Group.QUARTER, ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]),
    ],
)
def test_groups_come_in_official_order(
    filed: Filed, group: Group, keys: list[str]
) -> None:
    answer = filed.ask(Question(AS_OF, group=group))

    assert [figures.key for figures in answer.groups] == keys


def test_makers_are_listed_by_their_official_number(filed: Filed) -> None:
    answer = filed.ask(Question(AS_OF, group=Group.UNIT))

    # the ledger numbers its makers backwards, and the city itself has a number
    names = [figures.label for figures in answer.groups]
    assert names[0] == "六安市人民政府"
    assert names.index("六安市烟草专卖局") < names.index("市政府办公室")


def test_vertical_departments_are_under_the_city_and_flagged(filed: Filed) -> None:
    answer = filed.ask(Question(AS_OF, group=Group.LEVEL))

    assert [figures.note for figures in answer.groups] == ["含垂直管理部门1件", "", ""]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (Question(AS_OF, from_on=date(2026, 8, 17)), "N10 N11 N12 N13"),
        (Question(AS_OF, to_on=date(2026, 2, 3)), "N01 N02"),
        (Question(date(2026, 2, 2)), "N01"),  # the rest is not published yet
        (Question(AS_OF, from_on=date(2026, 2, 4), to_on=date(2026, 3, 10)), "N03"),
    ],
)
def test_a_period_has_both_its_days(
    filed: Filed, question: Question, names: str
) -> None:
    answer = filed.ask(question)

    assert answer.total.tally.ids("all") == [filed.ids[name] for name in names.split()]


def test_an_official_gets_the_figures_of_what_he_may_see(filed: Filed) -> None:
    seen = filed.ask(Question(AS_OF), "drafter")
    unseen = filed.ask(Question(AS_OF), "other_drafter")

    city = [filed.ids[filing.id] for filing in FILINGS if filing.level == "CITY"]
    assert seen.total.tally.ids("all") == city
    assert not seen.sees_all
    assert unseen.total.counts["all"] == 0
    assert unseen.total.rate(RATE["I-1"]).percent == "—"


def test_a_waived_duty_is_left_out(
    runtime: Runtime, as_: As, cast: Cast, ids: dict[str, int]
) -> None:
    with as_(None) as work:
        duty = work.get(FilingObligation, ids["N07"])
        duty.exempt_reason = "公布前撤销"
        duty.settle()

    answer = ask(runtime, cast.auditor, Question(AS_OF))

    assert answer.total.counts["exempt"] == 1
    assert answer.total.rate(RATE["I-1"]).value == "100.00"


@contextmanager
def counted(runtime: Runtime) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    said: list[str] = []

    def note(*event: object) -> None:
        said.append(str(event[2]))

    sa.event.listen(runtime.engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        sa.event.remove(runtime.engine, "before_cursor_execute", note)


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("group", [None, Group.UNIT, Group.KIND])
def test_the_number_of_statements_does_not_grow_with_the_cases(
    runtime: Runtime, as_: As, cast: Cast, group: Group | None
) -> None:
    question = Question(AS_OF, group=group)
    document(ask(runtime, cast.drafter, question))  # kinds are read once
    with counted(runtime) as few:
        document(ask(runtime, cast.drafter, question))
    with as_(None) as work:
        for copy in (1, 2):
            for filing in FILINGS:
                Ledger(work, cast).enter(filing, copy)
    with counted(runtime) as many:
        answer = ask(runtime, cast.drafter, question)
        document(answer)

    assert answer.total.counts["all"] == 24
    assert len(many) == len(few) <= 42

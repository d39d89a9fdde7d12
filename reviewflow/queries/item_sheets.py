"""The board and an item of it as sheets of a workbook."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from reviewflow.letters.workbook import Sheet, Value
from reviewflow.queries.indicator_sheets import facts_of
from reviewflow.queries.indicators import Indicators
from reviewflow.queries.item_book import plan
from reviewflow.queries.item_states import Actual, Standing, State
from reviewflow.queries.items import Board, Evidence, ItemPage

BOARD = ("项", "任务", "指标", "目标", "实际", "分子", "分母", "情况", "说明", "依据")
UNITS = ("指标", "单位", "分子", "分母", "比率", "登记情况")
ABSENT = ("指标", "单位", "文件、事项或者机关", "原因", "怎么办", "说明")
PROOFS = ("指标", "单位", "文件、事项或者机关", "说明")

Words = Mapping[State, str]
Line = Sequence[Value]
OfPart = Callable[[ItemPage, Evidence], Iterator[Line]]


def board_sheets(found: Board, words: Words) -> list[Sheet]:
    """Return every item as it stands, and over what that is."""
    lines = [line for row in found.rows for line in _standing(row, words)]
    return [Sheet("工作任务", BOARD, lines), _scope(found.answer)]


def item_sheets(page: ItemPage, words: Words) -> list[Sheet]:
    """Return one item: its figures, by unit, who is missing, and the evidence."""
    number = page.standing.item.number
    return [
        Sheet(f"第{number}项", BOARD, list(_standing(page.standing, words))),
        Sheet("按单位", UNITS, _lines(page, _units)),
        Sheet("缺项", ABSENT, _lines(page, _absent)),
        Sheet("佐证", PROOFS, _lines(page, _proofs)),
        _scope(page.answer),
    ]


def _standing(standing: Standing, words: Words) -> Iterator[Line]:
    item = standing.item
    for actual in standing.actuals:
        yield (item.number, item.title, *_figures(actual, words))


def _figures(actual: Actual, words: Words) -> Line:
    measure = actual.measure
    return (
        measure.title,
        measure.goal,
        actual.shown,
        actual.numerator if actual.has_data else None,
        actual.denominator if actual.has_data and not actual.is_count else None,
        words[actual.state],
        actual.reason,
        measure.target_source,
    )


def _lines(page: ItemPage, of_part: OfPart) -> list[Line]:
    return [
        (part.actual.measure.title, *line)
        for part in page.parts
        for line in of_part(page, part)
    ]


def _units(_page: ItemPage, part: Evidence) -> Iterator[Line]:
    for share in part.units:
        total = None if part.actual.is_count else share.denominator
        percent = "" if part.actual.is_count else share.percent
        yield share.label, share.numerator, total, percent, share.told


def _absent(page: ItemPage, part: Evidence) -> Iterator[Line]:
    for one in part.absent:
        for proof in one.proofs:
            name = page.names.get(proof.unit_id or 0, "")
            yield name, proof.name, one.lack.reason, one.lack.todo, proof.told


def _proofs(page: ItemPage, part: Evidence) -> Iterator[Line]:
    for proof in part.proofs:
        yield page.names.get(proof.unit_id or 0, ""), proof.name, proof.told


def _scope(answer: Indicators) -> Sheet:
    return Sheet("范围", ("条件", "内容"), [("计划", plan().title), *facts_of(answer)])

"""One row of a ledger: every cell is checked, all that is wrong is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow import ledger_columns as of
from reviewflow import organs
from reviewflow.effects.publications import clean_number
from reviewflow.errors import Invalid
from reviewflow.journal import canonical, text_digest
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.model.people import Unit
from reviewflow.usecases.ledger_order import check_days, check_needs
from reviewflow.work import Work

DATE_FORM = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?")
EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
RULE, RULE_TITLE = "ZFGZ", "政府规章"
READABLE = "请填写日期，例如：2024-01-15"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that is right in itself."""

    number: int
    texts: Mapping[str, str]
    """Cells that are not days, by heading; empty ones too."""
    days: Mapping[str, date]
    """Days that are filled in, by heading."""
    kind_code: str
    maker: Unit
    unit: Unit
    joint: tuple[Unit, ...] = ()

    @property
    def is_rule(self) -> bool:
        """It is a rule of a government, filed with four organs."""
        return self.kind_code == RULE

    @property
    def doc_number(self) -> str:
        """The number of the document, in its proper form."""
        return self.texts[of.NUMBER]

    @property
    def digest(self) -> str:
        """What the row says, however dates and units were written.

        A column that earlier templates did not have counts once it is filled in.
        """
        said = {heading: day.isoformat() for heading, day in self.days.items()}
        units = {of.MAKER: self.maker.name, of.DRAFTING: self.unit.name}
        joint = "、".join(unit.name for unit in self.joint)
        whole = {
            **self.texts,
            **said,
            **units,
            of.KIND: self.kind_code,
            of.JOINT: joint,
        }
        return text_digest(
            canonical({k: v for k, v in whole.items() if v or k not in of.ADDED})
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows are held against: units by their names, the kinds, today."""

    kinds: Mapping[str, ProcessKind]
    """By the codes of the documents they register."""
    units: Mapping[str, list[Unit]]
    """Those in force by full and by short name; a short name may be several's."""


def read_row(
    work: Work, known: Known, number: int, cells: Mapping[str, str]
) -> tuple[Entry | None, dict[str, str]]:
    """Return a row, or a sentence for each column that is wrong.

    Args:
        work: The day it is, and which years have their holidays.
        known: What it is held against.
        number: Of the row, as the sheet shows it.
        cells: Its cells by heading.
    """
    errors: dict[str, str] = {}
    texts = _texts(cells, errors)
    days = _days(cells, errors)
    check_days(work, days, errors)
    check_needs(cells, errors)
    maker = _unit(known, cells, of.MAKER, errors)
    drafting = _unit(known, cells, of.DRAFTING, errors)
    joint = _joint(known, texts, maker, errors)
    kind_code = _kind_code(known.kinds, texts, maker, errors)
    _check_columns(cells, kind_code, errors)
    if errors or maker is None:
        order = [column.heading for column in of.COLUMNS]
        return None, dict(sorted(errors.items(), key=lambda one: order.index(one[0])))
    unit = drafting or organs.working_body(work, maker)
    return Entry(number, texts, days, kind_code, maker, unit, joint), {}


def _texts(cells: Mapping[str, str], errors: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in of.COLUMNS:
        heading, text = column.heading, " ".join(cells[column.heading].split())
        text = text.strip("《》") if heading == of.TITLE else text
        if column.is_required and not text:
            errors[heading] = f"没有填写，请填写{heading}，{column.hint}"
        elif len(text) > column.longest:
            errors[heading] = f"超过 {column.longest} 个字，请缩短。"
        if heading not in of.DATES:
            found[heading] = text
    if found[of.NUMBER] and of.NUMBER not in errors:
        is_order = found[of.KIND] in (RULE, RULE_TITLE)
        field, word = ("order_number", "令号") if is_order else ("doc_number", "文号")
        try:
            found[of.NUMBER] = clean_number(found[of.NUMBER], field)
        except Invalid as error:
            errors[of.NUMBER] = f"“{found[of.NUMBER]}”不是{word}，{error.message}"
    conclusion = found[of.CONCLUSION]
    if conclusion and conclusion not in of.CONCLUSIONS:
        words = "、".join(of.CONCLUSIONS)
        errors[of.CONCLUSION] = f"没有“{conclusion}”这种结论，请从{words}中选一种。"
    return found


def _days(cells: Mapping[str, str], errors: dict[str, str]) -> dict[str, date]:
    found: dict[str, date] = {}
    for heading in of.DATES:
        text = "".join(cells[heading].split())
        if not text or heading in errors:
            continue
        match = DATE_FORM.fullmatch(text) or EIGHT_DIGITS.fullmatch(text)
        parts = [] if match is None else [g for g in match.groups() if g.isdecimal()]
        try:
            year, month, day = map(int, parts)
            found[heading] = date(year, month, day)
        except ValueError:
            errors[heading] = f"“{text[:20]}”不是日期，{READABLE}，或者设为日期格式。"
    return found


def _unit(
    known: Known, cells: Mapping[str, str], heading: str, errors: dict[str, str]
) -> Unit | None:
    name = "".join(cells[heading].split())
    return _unit_named(known, name, heading, errors) if name else None


def _joint(
    known: Known, texts: Mapping[str, str], maker: Unit | None, errors: dict[str, str]
) -> tuple[Unit, ...]:
    """Return the others who issued the document, as often as named."""
    names = "".join(texts[of.JOINT].split()).replace("，", "、").split("、")
    units = [
        _unit_named(known, name, of.JOINT, errors)
        for name in dict.fromkeys(filter(None, names))
    ]
    found = tuple(dict.fromkeys(unit for unit in units if unit is not None))
    if maker is not None and maker in found:
        errors[of.JOINT] = f"“{maker.name}”是主办机关，请只填其他机关。"
    return found


def _unit_named(
    known: Known, name: str, heading: str, errors: dict[str, str]
) -> Unit | None:
    found = known.units.get(name, [])
    if not found:
        errors[heading] = (
            f"机构名册中没有“{name[:40]}”，请核对名称，"
            "或者请管理员先在“用户与机构”中添加。"
        )
    elif len(found) > 1:
        errors[heading] = f"简称“{name}”有 {len(found)} 个机构，请填写全称。"
    return found[0] if len(found) == 1 else None


def _kind_code(
    kinds: Mapping[str, ProcessKind],
    texts: Mapping[str, str],
    maker: Unit | None,
    errors: dict[str, str],
) -> str:
    named = texts[of.KIND]
    codes = {kind.codes[code]: code for code, kind in kinds.items()}
    code = codes.get(named, named)
    if not named:
        return ""
    if code not in kinds:
        words = "”“".join(codes)
        errors[of.KIND] = f"没有“{named[:20]}”这种类别，请填写“{words}”中的一种。"
    elif maker is not None and not organs.can_make(maker, kinds[code], code):
        errors[of.KIND] = (
            f"“{maker.name}”不制定{kinds[code].codes[code]}，请核对类别和制定机关。"
        )
    return code


def _check_columns(
    cells: Mapping[str, str], kind_code: str, errors: dict[str, str]
) -> None:
    """A rule is filed with four organs, each with columns of its own."""
    foreign = of.NOT_OF_RULES if kind_code == RULE else of.OF_RULES
    sentence = (
        "政府规章不填这一列，请填写向国务院、省政府、省人大和同级人大报送的日期。"
        if kind_code == RULE
        else "只有政府规章才填这一列，请删去，或者核对类别。"
    )
    for heading in foreign:
        if cells[heading]:
            errors.setdefault(heading, sentence)

"""What may stand in a row of a table of bases: a form's answers or a sheet's row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reviewflow import provisions
from reviewflow.basis_rows import NATURES, Draft
from reviewflow.errors import Invalid
from reviewflow.model.basis import Basis, Nature
from reviewflow.usecases.comment_forms import UNFIT

LONGEST_CLAUSE, LONGEST_SOURCE = 30, 300
LONGEST_QUOTE, LONGEST_NOTE = 5_000, 2_000
COLUMNS = {
    # field of a form: heading of a sheet
    "clause": "条款",
    "provision": "条文内容",
    "source": "依据名称及条款",
    "quote": "依据原文",
    "note": "说明",
}
HEADINGS = tuple(COLUMNS.values())
NOTE = re.compile(rf"({'|'.join(NATURES.values())})\s*[：:，,。；;]?\s*(.*)", re.DOTALL)
"""说明 as a sheet has it: 自设：为规范停车收费."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A checked row, not yet stored."""

    clause: str
    provision: str
    nature: Nature
    source: str
    quote: str
    note: str


def read_entry(typed: Mapping[str, str], draft: Draft) -> Entry:
    """Return a row from a form.

    Args:
        typed: Answers by field; the nature by its code.
        draft: What the row has to speak of.

    Raises:
        Invalid: With a sentence for each answer that breaks a rule.
    """
    names = ("clause", "source", "quote", "note")
    values = {name: UNFIT.sub("", typed.get(name, "")).strip() for name in names}
    nature = typed.get("nature", "")
    clause = provisions.named(values["clause"])
    errors = _too_long(values) | _about_clause(clause, draft)
    if nature not in set(Nature):
        errors["nature"] = "请选择执行性、细化性或者自设。"
    else:
        errors |= _about_nature(Nature(nature), values)
    if errors:
        raise Invalid(errors)
    return Entry(
        clause=clause,
        provision=draft.provisions[clause],
        nature=Nature(nature),
        source=values["source"],
        quote=values["quote"],
        note=values["note"],
    )


def read_line(cells: Mapping[str, str], draft: Draft) -> Entry:
    """Return a row from a row of a sheet.

    Args:
        cells: Texts by heading.
        draft: What the row has to speak of.

    Raises:
        Invalid: With a sentence for each cell that breaks a rule, by its heading.
    """
    found = NOTE.fullmatch(cells.get("说明", "").strip())
    codes = {label: nature for nature, label in NATURES.items()}
    typed = {
        "clause": cells.get("条款", ""),
        "source": cells.get("依据名称及条款", ""),
        "quote": cells.get("依据原文", ""),
        "nature": codes[found[1]] if found else "",
        "note": found[2] if found else "",
    }
    errors = _about_text(cells.get("条文内容", ""), typed["clause"], draft)
    try:
        entry = read_entry(typed, draft)
    except Invalid as error:
        errors |= {COLUMNS.get(name, "说明"): s for name, s in error.errors.items()}
    if found is None:
        errors["说明"] = "请以执行性、细化性或者自设开头，例如：自设：为规范停车收费。"
    if errors:
        raise Invalid(errors)
    return entry


def said_of(row: Basis | Entry) -> tuple[str, ...]:
    """Return what a row says, by which equal rows are known."""
    return (row.clause, row.nature, row.source, row.quote, row.note)


def _about_clause(clause: str, draft: Draft) -> dict[str, str]:
    if not clause:
        return {"clause": "请填写条款，例如：第三条。"}
    if clause not in draft.provisions:
        return {"clause": f"最新草案中没有{clause[:LONGEST_CLAUSE]}，请核对。"}
    return {}


def _about_nature(nature: Nature, values: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    if nature is Nature.OWN:
        if values["source"] or values["quote"]:
            errors["nature"] = (
                "自设的条款不填写依据；有依据的，请选择执行性或者细化性。"
            )
        if not values["note"]:
            errors["note"] = "自设的条款没有上位依据，请说明设定的理由。"
        return errors
    if not values["source"]:
        errors["source"] = (
            "请填写依据名称及条款，例如：《安徽省物业管理条例》第二十条。"
        )
    if not values["quote"]:
        errors["quote"] = "请填写依据原文。"
    return errors


def _about_text(text: str, clause: str, draft: Draft) -> dict[str, str]:
    """Return what is wrong with the text of a provision, if a sheet gives it."""
    now = draft.provisions.get(provisions.named(clause))
    if not text or now is None or provisions.plain(text) == provisions.plain(now):
        return {}
    return {"条文内容": "与最新草案的条文不一致，请按最新草案更正，或者留空。"}


def _too_long(values: Mapping[str, str]) -> dict[str, str]:
    longest = {
        "clause": LONGEST_CLAUSE,
        "source": LONGEST_SOURCE,
        "quote": LONGEST_QUOTE,
        "note": LONGEST_NOTE,
    }
    return {
        name: f"{COLUMNS[name]}不超过 {most} 字，请精简。"
        for name, most in longest.items()
        if len(values[name]) > most
    }

"""Government rules: who is above the city, and what is usually answered."""

from typing import Any

import pytest

from reviewflow import passwords
from reviewflow.errors import Invalid
from reviewflow.model.people import Level, Role, Unit, UnitSort
from reviewflow.usecases.people import add_unit, add_user
from tests.cast import HIRED, PASSWORD, Cast
from tests.steps import TEXT, As, bring_to, do_next, new_case, open_steps

RULE = "government_rule"
CODE = {"kind_code": "ZFGZ"}
ORDER = "六安市人民政府令第12号"
ABOVE = {
    # key: name, level, sort, government
    "nation": ("国务院", "NATION", "GOVERNMENT", ""),
    "province_congress": (
        *("安徽省人民代表大会常务委员会", "PROVINCE", "CONGRESS", "province"),
    ),
}
USUAL: dict[str, dict[str, Any]] = {
    # step: what is usually answered there, where a rule is asked more
    "apply_project": {
        **dict.fromkeys(("purpose", "main_rules"), TEXT),
        "subject": "URBAN",
        "is_trial": "no",
    },
    "assess_project": {
        "listed": "LISTED",
        "plan": "2026年规章制定工作计划",
        "due_on": "2026-11-30",
    },
    "sign_submission": {"is_joint": "no"},
    "consult_again": {"opinions_heard": TEXT, "public_again": "no"},
    "close_second_consultation": {
        "closed_on": "2026-02-04",
        "comments": 3,
        "adopted": 1,
    },
    "coordinate_dissent": {"coordination": "NONE"},
    "finalise_rule": {"changes": TEXT},
    "present_rule": {"outcome": "APPROVE"},
    "hold_meeting": {"explained_by": "市司法局局长钱立"},
    "sign_order": {
        "order_number": ORDER,
        "signed_on": "2026-03-02",
        "effective_on": "2026-05-01",
    },
    "publish": {"is_early": "no", "effective_on": ""},
}


def settle_above(as_: As, cast: Cast) -> Cast:
    """Add the State Council and the congress of the province to the cast."""
    wider = Cast(dict(cast.people), dict(cast.units))
    with as_(None, HIRED) as work:
        for key, (name, level, sort, government) in ABOVE.items():
            unit = Unit(
                name=name,
                short_name=name,
                level=Level(level),
                sort=UnitSort(sort),
                government_id=wider.units.get(government),
            )
            wider.units[key] = add_unit(work, unit).id
            password = passwords.accepted(PASSWORD, "")
            held = [(Role.FILING_REVIEWER, unit.id)]
            add_user(work, f"reader.{key}", f"{name}备案员", password, held)
        work.get(Unit, wider.units["province"]).government_id = wider.units["nation"]
    return wider


def bring_rule_to(
    as_: As, cast: Cast, step: str, case_id: int = 0, **answers: Any
) -> int:
    """Do the usual until a rule waits at a step; a new one if none is named."""
    case_id = case_id or new_case(as_, cast, RULE, **CODE)
    said = {at: {**USUAL.get(at, {}), **answers.get(at, {})} for at in USUAL | answers}
    bring_to(as_, cast, case_id, step, **said)
    assert step == "never" or step in open_steps(as_, case_id)
    return case_id


def do_rule(as_: As, cast: Cast, case_id: int, step: str, **answers: Any) -> None:
    """Do one step of a rule, with the usual answers but for some."""
    said = {**USUAL.get(step, {}), **answers}
    do_next(as_, cast, case_id, step, **said)


def refused(as_: As, cast: Cast, case_id: int, step: str, **answers: Any) -> list[str]:
    """Return the questions for whose answers a step is refused."""
    with pytest.raises(Invalid) as failure:
        do_rule(as_, cast, case_id, step, **answers)
    return sorted(failure.value.errors)

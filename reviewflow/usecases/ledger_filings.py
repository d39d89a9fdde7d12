"""What a row of a ledger tells of each filing: sent, returned, registered, and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reviewflow import ledger_columns as of
from reviewflow.errors import Invalid
from reviewflow.law.routes import RouteKey
from reviewflow.model.filing import Chain, FilingObligation
from reviewflow.usecases.ledger_forms import Entry
from reviewflow.work import Work

SEND, EXAMINE, CORRECT = "prepare_filing", "examine_filing", "correct_filing"
NOT_TOLD = "台账没有记载。"
CHAINS = {Chain.GOV: of.GOVERNMENT, Chain.NPC: of.CONGRESS}
RECEIVERS = {
    # who receives a rule: which columns tell of it
    "state_council": of.NATION,
    "superior_government": of.PROVINCE,
    "superior_congress": of.ABOVE,
    "same_level_congress": of.CONGRESS,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done about a filing, and the day it was done."""

    on: date
    step: str
    answers: dict[str, Any] = field(default_factory=dict)


Owed = tuple[of.FilingColumns, list[FilingObligation]]
"""What tells of the filings with one organ, and what the document owes it."""


def steps_by_duty(
    work: Work, entry: Entry, duties: Sequence[FilingObligation]
) -> Iterator[tuple[FilingObligation, list[Step]]]:
    """Return each duty something is told of, with that.

    Raises:
        Invalid: A filing is told that nobody owed, or a request to supplement of a
            day on which no law said until when.
    """
    told = _of_rule(work, entry, duties) if entry.is_rule else _of(duties)
    for filing, owed in told:
        steps = _steps(entry, filing)
        if steps and not owed:
            sentence = (
                f"这一文件不需要报送{filing.organ}，请删去，或者核对类别和制定机关。"
            )
            raise Invalid({filing.sent: sentence})
        for duty in owed:
            if steps:
                _require_limit(work, entry, filing, duty)
                yield duty, steps


def _of(duties: Sequence[FilingObligation]) -> Iterator[Owed]:
    for chain, filing in CHAINS.items():
        yield filing, [duty for duty in duties if duty.chain is chain]


def _of_rule(
    work: Work, entry: Entry, duties: Sequence[FilingObligation]
) -> Iterator[Owed]:
    routes = work.law.routes(RouteKey.RULE, entry.days[of.PUBLISHED])
    receivers = {route.id: route.receiver for route in routes}
    for receiver, filing in RECEIVERS.items():
        owed = [duty for duty in duties if receivers[duty.route_id] == receiver]
        yield filing, owed


def _steps(entry: Entry, filing: of.FilingColumns) -> list[Step]:
    days, texts = entry.days, entry.texts
    back = texts.get(filing.return_reason) or NOT_TOLD
    lacking = texts.get(filing.ask_reason) or NOT_TOLD
    registered = {
        "decision": "REGISTER",
        "materials_complete": True,
        "register_number": texts.get(filing.register_number, ""),
    }
    acts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (filing.sent, SEND, {}),
        (filing.returned, EXAMINE, {"decision": "WRONG_ROUTE", "reason": back}),
        (filing.sent_again, SEND, {}),
        (filing.asked, EXAMINE, {"decision": "SUPPLEMENT", "reason": lacking}),
        (filing.corrected, CORRECT, {}),
        (filing.registered, EXAMINE, registered),
    )
    return [Step(days[at], step, given) for at, step, given in acts if at in days]


def _require_limit(
    work: Work, entry: Entry, filing: of.FilingColumns, duty: FilingObligation
) -> None:
    asked_on = entry.days.get(filing.asked)
    kind = work.process(duty.case).kind
    limit_id = kind.limit_of(CORRECT, duty.kind_code, duty.case.facts)
    if asked_on is not None and not work.law.knows(limit_id, asked_on):
        sentence = (
            f"{asked_on}时还没有规定补充报送的期限，系统算不出是否逾期，"
            f"请不填“{filing.asked}”和“{filing.corrected}”。"
        )
        raise Invalid({filing.asked: sentence})

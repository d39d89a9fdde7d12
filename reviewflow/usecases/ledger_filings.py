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
CHAINS = {Chain.GOV: (of.SENT, "备案机关"), Chain.NPC: (of.TO_CONGRESS, "人大常委会")}
RECEIVERS = {
    # who receives a rule: when it was sent and registered, and who that is
    "state_council": (of.TO_NATION, of.BY_NATION, "国务院"),
    "superior_government": (of.TO_PROVINCE, of.BY_PROVINCE, "省人民政府"),
    "superior_congress": (of.TO_ABOVE, of.BY_ABOVE, "省人大常委会"),
    "same_level_congress": (of.TO_CONGRESS, of.BY_CONGRESS, "同级人大常委会"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done about a filing, and the day it was done."""

    on: date
    step: str
    answers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells of the filings with one organ."""

    heading: str
    organ: str
    steps: list[Step]
    duties: list[FilingObligation]
    """What the document owes that organ."""


def steps_by_duty(
    work: Work, entry: Entry, duties: Sequence[FilingObligation]
) -> Iterator[tuple[FilingObligation, list[Step]]]:
    """Return each duty something is told of, with that.

    Raises:
        Invalid: A filing is told that nobody owed.
    """
    found = _of_rule(work, entry, duties) if entry.is_rule else _of(entry, duties)
    for told in found:
        if told.steps and not told.duties:
            sentence = (
                f"这一文件不需要报送{told.organ}，请删去，或者核对类别和制定机关。"
            )
            raise Invalid({told.heading: sentence})
        for duty in told.duties:
            if told.steps:
                yield duty, told.steps


def _of(entry: Entry, duties: Sequence[FilingObligation]) -> Iterator[Told]:
    steps = {Chain.GOV: _government(entry), Chain.NPC: _congress(entry)}
    for chain, (heading, organ) in CHAINS.items():
        owed = [duty for duty in duties if duty.chain is chain]
        yield Told(heading, organ, steps[chain], owed)


def _of_rule(
    work: Work, entry: Entry, duties: Sequence[FilingObligation]
) -> Iterator[Told]:
    routes = work.law.routes(RouteKey.RULE, entry.days[of.PUBLISHED])
    receivers = {route.id: route.receiver for route in routes}
    for receiver, (sent, registered, organ) in RECEIVERS.items():
        owed = [duty for duty in duties if receivers[duty.route_id] == receiver]
        yield Told(sent, organ, _sent_and_registered(entry, sent, registered), owed)


def _government(entry: Entry) -> list[Step]:
    days, texts = entry.days, entry.texts
    back = texts[of.RETURN_REASON] or NOT_TOLD
    lacking = texts[of.ASK_REASON] or NOT_TOLD
    registered = _registered(texts[of.REGISTER_NUMBER])
    acts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (of.SENT, SEND, {}),
        (of.RETURNED, EXAMINE, {"decision": "WRONG_ROUTE", "reason": back}),
        (of.SENT_AGAIN, SEND, {}),
        (of.ASKED, EXAMINE, {"decision": "SUPPLEMENT", "reason": lacking}),
        (of.CORRECTED, CORRECT, {}),
        (of.REGISTERED, EXAMINE, registered),
    )
    return [Step(days[at], step, given) for at, step, given in acts if at in days]


def _congress(entry: Entry) -> list[Step]:
    return _sent_and_registered(entry, of.TO_CONGRESS, of.BY_CONGRESS)


def _sent_and_registered(entry: Entry, sent: str, registered: str) -> list[Step]:
    days = entry.days
    acts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (sent, SEND, {}),
        (registered, EXAMINE, _registered("")),
    )
    return [Step(days[at], step, given) for at, step, given in acts if at in days]


def _registered(number: str) -> dict[str, Any]:
    complete = {"decision": "REGISTER", "materials_complete": True}
    return {**complete, "register_number": number}

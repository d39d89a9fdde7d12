"""What may stand in a comment: a form's answers or a table's row, checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reviewflow import chinese
from reviewflow.comments.clauses import clause
from reviewflow.errors import Invalid
from reviewflow.model.consultation import Channel, Consultation, Sender

LONGEST_TEXT, LONGEST_CLAUSE = 2_000, 30
LONGEST_NAME, LONGEST_CONTACT = 50, 100
SHORTEST_TEXT = 2
UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters and what turns the text round; new lines may stay."""
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SENDERS: Mapping[str, Sender] = {
    "公众": Sender.PUBLIC,
    "个人": Sender.PUBLIC,
    "企业": Sender.ENTERPRISE,
    "协会": Sender.ASSOCIATION,
    "部门": Sender.DEPARTMENT,
}
BY_HAND = frozenset({Channel.LETTER, Channel.MAIL, Channel.MEETING})
COLUMNS = {
    # field of a form: heading of a table
    "name": "姓名",
    "contact": "联系方式",
    "sender": "来源",
    "clause": "对应条款",
    "text": "意见内容",
    "received_on": "收到日期",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A checked comment, not yet a row."""

    text: str
    clause: str
    sender: Sender
    name: str
    contact: str
    channel: Channel = Channel.WEB
    received_on: date | None = None


def read_remark(
    typed: Mapping[str, str],
    consultation: Consultation | None = None,
    today: date | None = None,
) -> Remark:
    """Return a comment from a form.

    Args:
        typed: Answers by field; senders by their codes.
        consultation: For what came by hand: its day has to lie in the period.
        today: No later day is taken.

    Raises:
        Invalid: With a sentence for each answer that breaks a rule.
    """
    values = {name: UNFIT.sub("", typed.get(name, "")).strip() for name in COLUMNS}
    errors = _too_long(values)
    sender = values["sender"] or Sender.PUBLIC
    if sender not in set(Sender):
        errors["sender"] = "请从列表中选择意见来源。"
    channel, received_on = Channel.WEB, None
    if consultation is not None and today is not None:
        channel = _channel(typed.get("channel", ""), errors)
        received_on = _received_on(values["received_on"], consultation, today, errors)
    if errors:
        raise Invalid(errors)
    return Remark(
        text=values["text"],
        clause=clause(values["clause"]),
        sender=Sender(sender),
        name=values["name"],
        contact=values["contact"],
        channel=channel,
        received_on=received_on,
    )


def read_line(
    cells: Mapping[str, str], consultation: Consultation, today: date
) -> Remark:
    """Return a comment from a row of a table.

    Raises:
        Invalid: With a sentence for each cell that breaks a rule, by its heading.
    """
    typed = {name: cells.get(heading, "") for name, heading in COLUMNS.items()}
    errors: dict[str, str] = {}
    named = SENDERS.get(typed["sender"] or "公众")
    if named is None:
        errors[COLUMNS["sender"]] = "请填写公众、企业、协会或部门。"
    known = {**typed, "sender": named or "", "channel": Channel.LETTER}
    try:
        remark = read_remark(known, consultation, today)
    except Invalid as error:
        wrong = {COLUMNS[name]: said for name, said in error.errors.items()}
        raise Invalid(errors | wrong) from error
    if errors:
        raise Invalid(errors)
    return remark


def _too_long(values: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    length = len(values["text"])
    if length < SHORTEST_TEXT:
        errors["text"] = "请填写意见内容。"
    elif length > LONGEST_TEXT:
        errors["text"] = f"意见内容不超过 {LONGEST_TEXT} 字，现有 {length} 字，请精简。"
    longest = {
        "clause": LONGEST_CLAUSE,
        "name": LONGEST_NAME,
        "contact": LONGEST_CONTACT,
    }
    for name, most in longest.items():
        if len(values[name]) > most:
            errors[name] = f"{COLUMNS[name]}不超过 {most} 字，请精简。"
    return errors


def _channel(typed: str, errors: dict[str, str]) -> Channel:
    if typed not in BY_HAND:
        errors["channel"] = "请选择收到意见的方式。"
        return Channel.LETTER
    return Channel(typed)


def _received_on(
    typed: str, consultation: Consultation, today: date, errors: dict[str, str]
) -> date | None:
    day = _day(typed)
    last = min(consultation.ends_on or today, today)
    if day is None:
        errors["received_on"] = "请填写收到日期，例如：2026-03-02。"
    elif day > today:
        errors["received_on"] = "收到日期不能晚于今天。"
    elif not consultation.starts_on <= day <= last:
        errors["received_on"] = (
            f"收到日期应在征求意见期间（{chinese.day(consultation.starts_on)}至{chinese.day(last)}）。"
        )
    return day


def _day(typed: str) -> date | None:
    found = DAY.fullmatch(typed)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None

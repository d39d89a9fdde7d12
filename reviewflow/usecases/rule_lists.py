"""The yearly list of rules is sent, and its receipt kept (规章目录)."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from reviewflow import chinese, organs
from reviewflow.effects.rule_lists import (
    is_owed,
    list_deadline,
    opens_on,
    rule_makers,
    rules_of,
)
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.people import Role, Unit
from reviewflow.model.rule_list import RuleList, RuleListLine
from reviewflow.usecases.documents import Upload
from reviewflow.usecases.people import audit
from reviewflow.work import Work

NOT_FILING = "规章目录由规章制定机关的报备人报送。"
LONGEST = 200


def send_rule_list(work: Work, raw: Mapping[str, str]) -> RuleList:
    """Note that the list of a year was sent, with what stands on it today.

    Args:
        work: Actor, instant and transaction.
        raw: As typed: `organ_id year receiver sent_on`.

    Raises:
        Refused: The actor does not file for the organ.
        Conflict: The year is not over, or the same list was sent.
        Invalid: The organ makes no rules, the year asks for no list, or a part is
            missing or impossible.

    Source: 《法规规章备案审查条例》第二十二条 (TL-24).
    """
    if Role.FILER not in work.actor.roles:
        raise Refused(NOT_FILING)
    year = _year(work, raw.get("year", ""))
    organ = _organ(work, year, raw.get("organ_id", ""))
    if not work.actor.holds(Role.FILER, organs.filer_of(work, organ).id):
        raise Refused(NOT_FILING)
    if work.today < opens_on(year):
        raise Conflict(f"{year}年还没有结束，{year + 1}年1月1日起才能报送该年的目录。")
    receiver, sent_on = _said(work, year, raw)
    documents = [
        d.id for d in rules_of(work, year) if d.publication.maker_id == organ.id
    ]
    _require_other(work, organ, year, documents)
    row = RuleList(
        organ=organ,
        year=year,
        due_on=list_deadline(work, year).due_on,
        receiver=receiver,
        sent_on=sent_on,
        sent_at=work.now,
        sent_by_id=work.actor.id,
        lines=[RuleListLine(document_id=one) for one in documents],
    )
    work.session.add(row)
    work.session.flush()
    audit(work, "rule_list.sent", f"rule_list:{row.id}")
    return row


def keep_receipt(
    work: Work, rule_list_id: int, received_on: str, receipt: Upload | None
) -> RuleList:
    """Keep what the receiver answered (回执).

    Raises:
        Missing: There is no such list.
        Refused: The actor does not file for its organ.
        Conflict: Its receipt is there.
        Invalid: The day is impossible, or the file is missing.
    """
    row = work.get(RuleList, rule_list_id, lock=True)
    if not work.actor.holds(Role.FILER, organs.filer_of(work, row.organ).id):
        raise Refused(NOT_FILING)
    if row.received_on is not None:
        raise Conflict("回执已经登记，请刷新后查看。")
    day, errors = _day(received_on), {}
    if day is None or not row.sent_on <= day <= work.today:
        errors["received_on"] = (
            f"请填写报送之日（{chinese.day(row.sent_on)}）以后、今天以前的日期。"
        )
    if receipt is None:
        errors["receipt"] = "请上传回执。"
    if errors or receipt is None:
        raise Invalid(errors)
    row.received_on = day
    row.receipt_name, row.receipt_type = receipt.name, receipt.sort.media_type
    row.receipt_sha256 = receipt.stored.sha256
    audit(work, "rule_list.received", f"rule_list:{row.id}")
    return row


def _year(work: Work, typed: str) -> int:
    years = [str(work.today.year - back) for back in range(3)]
    if typed not in years or not is_owed(work, int(typed)):
        raise Invalid({"year": "请选择应当报送目录的年度。"})
    return int(typed)


def _organ(work: Work, year: int, typed: str) -> Unit:
    found = [one for one in rule_makers(work, year) if str(one.id) == typed.strip()]
    if not found:
        raise Invalid({"organ_id": "该机关没有制定过规章，不需要报送目录。"})
    return found[0]


def _said(work: Work, year: int, raw: Mapping[str, str]) -> tuple[str, date]:
    receiver, sent_on = raw.get("receiver", "").strip(), _day(raw.get("sent_on", ""))
    errors = {}
    if not receiver or len(receiver) > LONGEST:
        errors["receiver"] = "请填写接收目录的机关，例如：司法部。"
    if sent_on is None or not opens_on(year) <= sent_on <= work.today:
        errors["sent_on"] = f"请填写{chinese.day(opens_on(year))}以后、今天以前的日期。"
    if errors or sent_on is None:
        raise Invalid(errors)
    return receiver, sent_on


def _require_other(work: Work, organ: Unit, year: int, documents: list[int]) -> None:
    """Insist that what is sent again differs from what was sent last."""
    last = work.session.scalars(
        sa.select(RuleList)
        .where(RuleList.organ_id == organ.id, RuleList.year == year)
        .order_by(RuleList.id.desc())
        .limit(1)
    ).first()
    if last is not None and {one.document_id for one in last.lines} == set(documents):
        raise Conflict("该年的目录已经报送，没有新的规章需要补报。")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None

"""The figures of a period that is over are told, frozen and signed (情况通报)."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese, journal, signing
from reviewflow.bulletin_rows import governments, settled
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.bulletin import Bulletin, Period, read_period
from reviewflow.model.people import Unit, User
from reviewflow.usecases.people import audit
from reviewflow.work import Work

Document = Mapping[str, Any]
Figures = Callable[[Work, Unit, Period, date], Document]

SORT, SCHEMA = "reviewflow.bulletin", 1
TODAY, SETTLED = "TODAY", "SETTLED"
"""As of the day it is made, or of the day on which the last limit ended."""
NOT_MAKING = "情况通报由本级审查机构的签发人、备案审查人或者监督人员制作和查看。"
SAME = "这个时段、同一截至日期的数字没有变化，请使用已有的通报。"


def freeze_bulletin(work: Work, raw: Mapping[str, str], figures: Figures) -> Bulletin:
    """Keep the figures of a period as they are now, signed by the installation.

    Args:
        work: Actor, instant and transaction.
        raw: As typed: `organ_id period as_of`.
        figures: Gives the figures of a government's area, as a document.

    Raises:
        Refused: The actor makes no bulletins.
        Conflict: There is one with the same figures.
        Invalid: A part is missing or not understood, the period is not over, or the
            day as of which is still to come.

    Source: domain rules 6.4 and 6.6 (c) (product rules).
    """
    organs = governments(work)
    if not organs or work.actor.user is None:
        raise Refused(NOT_MAKING)
    organ, period, as_of = _read(work, raw, organs)
    found = figures(work, organ, period, as_of)
    _require_news(work, organ, period, as_of, found)
    text = _text(work.actor.user, work.now, (organ, period), found)
    row = Bulletin(
        organ=organ,
        period=period.key,
        from_on=period.from_on,
        to_on=period.to_on,
        as_of=as_of,
        rule_version=found["rule_version"],
        snapshot=text,
        sha256=signing.digest(text),
        signature=work.signer.sign(text),
        public_key=work.signer.public_key,
        made_at=work.now,
        made_by=work.actor.user,
    )
    work.session.add(row)
    work.session.flush()
    audit(work, "bulletin.frozen", f"bulletin:{row.id}", sha256=row.sha256)
    return row


def _read(
    work: Work, raw: Mapping[str, str], organs: Sequence[Unit]
) -> tuple[Unit, Period, date]:
    errors: dict[str, str] = {}
    typed = raw.get("organ_id", "").strip()
    organ = next((one for one in organs if str(one.id) == typed), None)
    if organ is None:
        errors["organ_id"] = "请选择要通报的人民政府。"
    period = read_period(raw.get("period", ""))
    if period is None:
        errors["period"] = "请选择统计时段，例如 2026Q3、2026-10、2026/10 或者 2026。"
    elif not period.is_over(work.today):
        errors["period"] = (
            f"{period.label}还没有结束，{chinese.day(period.to_on)}以后才能制作通报。"
        )
    if organ is None or period is None or errors:
        raise Invalid(errors)
    return organ, period, _as_of(work, raw.get("as_of", ""), period)


def _as_of(work: Work, typed: str, period: Period) -> date:
    if typed == TODAY:
        return work.today
    if typed != SETTLED:
        raise Invalid({"as_of": "请选择统计截至哪一天。"})
    end = settled(work, period)
    if end is None:
        raise Invalid({"as_of": f"{period.label}还没有报备时限，请选择截至今天。"})
    day = end.due_on
    if day > work.today:
        raise Invalid(
            {
                "as_of": f"{period.label}的报备时限{chinese.day(day)}才届满，"
                "请届满后制作，或者选择截至今天。"
            }
        )
    return day


def _require_news(
    work: Work, organ: Unit, period: Period, as_of: date, found: Document
) -> None:
    """Insist that figures as of a day differ from those told last as of that day."""
    last = work.session.scalars(
        sa.select(Bulletin)
        .where(
            Bulletin.organ_id == organ.id,
            Bulletin.period == period.key,
            Bulletin.as_of == as_of,
        )
        .order_by(Bulletin.id.desc())
        .limit(1)
    ).first()
    if last is not None and _told(last) == journal.plain(found):
        raise Conflict(SAME)


def _told(row: Bulletin) -> Document | None:
    """Return the figures a bulletin tells; none if somebody has spoilt it."""
    try:
        figures: Document = json.loads(row.snapshot)["figures"]
    except (ValueError, LookupError, TypeError):
        return None
    return figures


def _text(user: User, now: datetime, of: tuple[Unit, Period], figures: Document) -> str:
    """Return what is signed: who told what about whom, in one canonical text."""
    organ, period = of
    return journal.canonical(
        {
            "sort": SORT,
            "schema": SCHEMA,
            "organ": {"id": organ.id, "name": organ.name},
            "period": {"key": period.key, "label": period.label},
            "made_at": now,
            "made_by": {"id": user.id, "name": user.display_name},
            "figures": figures,
        }
    )

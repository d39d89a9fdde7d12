"""That a yearly report was sent is written down, and put right (年度报告的报送)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reviewflow import chinese, signing
from reviewflow.days import read_day
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.people import Unit
from reviewflow.model.report import ReportSending, SendingWay
from reviewflow.report_sendings import Owed, proof_of, sendings_of
from reviewflow.storage.files import Stored
from reviewflow.usecases.documents import Upload
from reviewflow.usecases.people import audit
from reviewflow.usecases.reports import NOTHING_READ, Asked, writing_organ
from reviewflow.work import Work

NEVER_SENT = "no"
LONGEST_NAME, LONGEST_REASON = 200, 2_000


@dataclass(frozen=True, slots=True)
class Paper:
    """The report as the product made it: as of when, by which rules, which bytes."""

    as_of: date
    rule_version: str
    stored: Stored


def record_sending(
    work: Work,
    year: int,
    raw: Mapping[str, str],
    reports: Mapping[str, Asked],
    enclosed: tuple[Paper | None, Upload | None],
) -> ReportSending:
    """Write down that a report was sent, or that what was written down is wrong.

    Args:
        work: Actor, instant and transaction.
        year: On which year the report is.
        raw: As typed: `organ report receiver sent_on way number`; `read` is the id of
            the record that stood before, 0 if there was none. If there was one,
            `reason` says why it is wrong; `sent` is `no` if nothing was ever sent.
        reports: Which reports there are.
        enclosed: The report as the product makes it now, and what really went out.
            Either is taken over from the record before if it is not given.

    Raises:
        Missing: There is no such report or year, or the actor does not read the
            reports of that government.
        Refused: The actor reads but does not write.
        Conflict: The year is not over, somebody else has written meanwhile, or
            nothing was sent in the first place.
        Invalid: A part is missing or impossible.

    Source: 《六安市推进法治政府建设率先突破行动计划（2023—2024年）》第15项 (TL-26).
    """
    organ = writing_organ(work, year, raw, reports)
    if year >= work.today.year:
        raise Conflict(f"{year}年还没有结束，{year + 1}年1月1日起才能登记报送。")
    work.get(Unit, organ.id, lock=True)
    before = _read(work, Owed(organ.id, year, raw["report"]), raw)
    said, papers = _said(work, year, raw, before), _papers(before, *enclosed)
    _require_then_known(said["sent_on"], papers["as_of"])
    row = ReportSending(
        organ_id=organ.id,
        year=year,
        report=raw["report"],
        **said,
        **papers,
        replaces_id=before.id if before else None,
        recorded_at=work.now,
        recorded_by_id=work.actor.id,
        public_key=work.signer.public_key,
    )
    return _signed(work, row)


def _signed(work: Work, row: ReportSending) -> ReportSending:
    text = proof_of(row)
    row.signature = work.signer.sign(text)
    work.session.add(row)
    work.session.flush()
    kind = "report.sending_corrected" if row.replaces_id else "report.sent"
    audit(work, kind, f"report_sending:{row.id}", sha256=signing.digest(text))
    return row


def _read(work: Work, of: Owed, raw: Mapping[str, str]) -> ReportSending | None:
    """Return the last record after making sure that the actor has read it."""
    rows = sendings_of(work, [of.organ_id], [of.year]).get(of, ())
    last = rows[-1] if rows else None
    if (str(last.id) if last else NOTHING_READ) != raw.get("read", "").strip():
        said = f"{last.recorded_by.display_name}已经" if last else "他人已经"
        raise Conflict(f"{said}登记过报送情况，请核对现在的记录后再登记。")
    return last


def _said(
    work: Work, year: int, raw: Mapping[str, str], before: ReportSending | None
) -> dict[str, Any]:
    reason = raw.get("reason", "").strip() if before else ""
    errors: dict[str, str] = {}
    if before and not 0 < len(reason) <= LONGEST_REASON:
        errors["reason"] = f"请写明更正的理由，{LONGEST_REASON} 字以内。"
    if before and raw.get("sent") == NEVER_SENT:
        if before.sent_on is None:
            raise Conflict("已经登记为没有报送，不需要再次更正。")
        if errors:
            raise Invalid(errors)
        nothing = {"receiver": "", "sent_on": None, "way": None, "number": ""}
        return {**nothing, "reason": reason}
    told = _told(work, year, raw, errors)
    if errors:
        raise Invalid(errors)
    return {**told, "reason": reason}


def _told(
    work: Work, year: int, raw: Mapping[str, str], errors: dict[str, str]
) -> dict[str, Any]:
    receiver, number = (raw.get(name, "").strip() for name in ("receiver", "number"))
    way = raw.get("way", "")
    if not 0 < len(receiver) <= LONGEST_NAME:
        errors["receiver"] = f"请填写收到报告的机关，{LONGEST_NAME} 字以内。"
    if len(number) > LONGEST_NAME:
        errors["number"] = f"文号最多 {LONGEST_NAME} 字。"
    if way not in list(SendingWay):
        errors["way"] = "请选择报送方式。"
    sent_on = read_day(raw, "sent_on", errors)
    if "sent_on" not in errors and (
        sent_on is None or not date(year, 12, 31) < sent_on <= work.today
    ):
        errors["sent_on"] = f"请填写报送日期，应在{year}年结束以后、今天以前。"
    told = {"receiver": receiver, "sent_on": sent_on, "number": number}
    return told if errors else {**told, "way": SendingWay(way)}


def _require_then_known(sent_on: date | None, as_of: date) -> None:
    """Insist that no figure of what was sent is of a later day."""
    if sent_on is not None and as_of > sent_on:
        day = chinese.day(as_of)
        raise Invalid({"as_of": f"数字统计到{day}，晚于报送日期，请核对。"})


def _papers(
    before: ReportSending | None, paper: Paper | None, file: Upload | None
) -> dict[str, Any]:
    """Return which bytes went out; what is not given anew is as it was before."""
    if paper is None and before is None:
        raise Invalid({"paper": "请固定本次报送的报告。"})
    found: dict[str, Any] = {"file_name": "", "file_type": "", "file_sha256": ""}
    found["file_bytes"] = 0
    if before is not None:
        kept = (*found, "as_of", "rule_version", "paper_sha256", "paper_bytes")
        found = {name: getattr(before, name) for name in kept}
    if paper is not None:
        found |= {"as_of": paper.as_of, "rule_version": paper.rule_version}
        found["paper_sha256"] = paper.stored.sha256
        found["paper_bytes"] = paper.stored.size_bytes
    if file is not None:
        found |= {"file_name": file.name, "file_type": file.sort.media_type}
        found["file_sha256"] = file.stored.sha256
        found["file_bytes"] = file.stored.size_bytes
    return found

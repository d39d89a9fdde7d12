"""Clean-up campaigns: started, answered by units, confirmed, published (清理)."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from reviewflow import chinese, clerks, notices
from reviewflow.effects.relations import Change, make_change
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case
from reviewflow.model.cleanup import Cleanup, CleanupItem, CleanupResult
from reviewflow.model.library import (
    HOLDING,
    LibraryDocument,
    RelationSort,
    state_column,
)
from reviewflow.model.people import Role, Unit, UnitSort
from reviewflow.model.publication import Publication
from reviewflow.usecases.people import audit
from reviewflow.work import Work

ANSWERING = (Role.DRAFTER, Role.UNIT_LEGAL, Role.UNIT_HEAD)
TOLD = (Role.UNIT_LEGAL, Role.UNIT_HEAD)
DONE_TO = {
    CleanupResult.REPEAL: RelationSort.REPEALS,
    CleanupResult.LAPSE: RelationSort.LAPSES,
}
NOT_REVIEWING = "只有制定机关的合法性审查机构可以组织清理。"


def start_cleanup(work: Work, raw: Mapping[str, str]) -> Cleanup:
    """Begin a campaign: all that holds on the reference day is its list.

    Args:
        work: Actor, instant and transaction.
        raw: As typed: `organ_id title basis reference_on due_on`.

    Raises:
        Refused: The actor reviews for no organ.
        Invalid: Something is missing, or the organ had nothing in force that day.

    Source: 《安徽省行政规范性文件管理办法》第四章 (to be verified).
    """
    cleanup = _read(work, raw)
    documents = _in_force(work, cleanup.organ, cleanup.reference_on)
    if not documents:
        name = cleanup.organ.name
        raise Invalid({"reference_on": f"{name}在基准日没有现行有效的文件。"})
    work.session.add(cleanup)
    work.session.flush()
    for row in documents:
        item = CleanupItem(cleanup=cleanup, document=row, unit_id=row.unit_id)
        work.session.add(item)
    _tell(work, cleanup, documents)
    audit(work, "cleanup.started", f"cleanup:{cleanup.id}", documents=len(documents))
    return cleanup


def _tell(work: Work, cleanup: Cleanup, documents: list[LibraryDocument]) -> None:
    """Tell each unit that is asked, by the case of the first of its documents."""
    of_unit: dict[int, list[LibraryDocument]] = {}
    for row in documents:
        of_unit.setdefault(row.unit_id, []).append(row)
    for unit_id, rows in of_unit.items():
        with work.beyond_sight():  # who begins it need not see every case
            case = work.session.get_one(Case, rows[0].case_id)
        to = [one for role in TOLD for one in notices.holders(work, role, unit_id)]
        facts = {
            "others": f"等{len(rows)}件文件" if len(rows) > 1 else "",
            "cleanup": cleanup.title,
            "due": chinese.day(cleanup.due_on),
        }
        notices.notify(work, case, to, "cleanup_started", **facts)


def _read(work: Work, raw: Mapping[str, str]) -> Cleanup:
    offered = clerks.organs_reviewed_by(work)
    if not offered:
        raise Refused(NOT_REVIEWING)
    organ = next((one for one in offered if str(one.id) == raw.get("organ_id")), None)
    title, basis = raw.get("title", "").strip(), raw.get("basis", "").strip()
    reference_on, due_on = _day(raw, "reference_on"), _day(raw, "due_on")
    is_past = reference_on is not None and reference_on <= work.today
    is_ahead = due_on is not None and due_on >= work.today
    errors = {
        "organ_id": "" if organ else "请选择制定机关。",
        "title": "" if title else "请填写名称，例如：2026年规范性文件清理。",
        "basis": "" if basis else "请填写依据，例如：省政府办公厅通知。",
        "reference_on": "" if is_past else "请填写基准日，不能晚于今天。",
        "due_on": "" if is_ahead else "请填写截止日，不能早于今天。",
    }
    wrong = {name: text for name, text in errors.items() if text}
    if wrong or organ is None or reference_on is None or due_on is None:
        raise Invalid(wrong)
    return Cleanup(
        organ=organ,
        title=title,
        basis=basis,
        reference_on=reference_on,
        due_on=due_on,
        started_at=work.now,
        started_by_id=work.actor.id,
    )


def answer_item(work: Work, item_id: int, proposal: str, reason: str) -> CleanupItem:
    """Say for the drafting unit what is to become of a document.

    Raises:
        Missing: There is no such item for the actor.
        Refused: It is another unit's.
        Conflict: It is confirmed already.
        Invalid: The proposal or its reason is missing.
    """
    item = work.get(CleanupItem, item_id, lock=True)
    if not any(work.actor.holds(role, item.unit_id) for role in ANSWERING):
        raise Refused(f"本件由{item.unit.name}提出清理意见。")
    _require_open(item)
    item.proposal, item.reason = _result(proposal, reason)
    item.answered_at, item.answered_by_id = work.now, work.actor.id
    audit(work, "cleanup.answered", f"cleanup_item:{item.id}", proposal=proposal)
    return item


def confirm_item(work: Work, item_id: int, result: str, reason: str) -> CleanupItem:
    """Confirm for the review office what is to become of a document.

    Raises:
        Missing: There is no such item for the actor.
        Refused: The actor is not of the organ's review office.
        Conflict: The unit has not answered, or it is confirmed already.
        Invalid: The result is missing, or differs without a reason.
    """
    item = work.get(CleanupItem, item_id, lock=True)
    _require_reviewing(work, item.cleanup.organ)
    _require_open(item)
    if item.proposal is None:
        raise Conflict(f"{item.unit.name}还没有提出意见，请催办后再确认。")
    is_same = result == item.proposal.value
    item.result, item.result_reason = _result(result, reason or item.reason)
    if not is_same and not reason.strip():
        raise Invalid({"reason": "与起草单位意见不同的，请写明理由。"})
    item.confirmed_at, item.confirmed_by_id = work.now, work.actor.id
    audit(work, "cleanup.confirmed", f"cleanup_item:{item.id}", result=result)
    return item


def publish_cleanup(work: Work, cleanup_id: int, raw: Mapping[str, str]) -> Cleanup:
    """Publish the result; what is to be repealed or to lapse ends on that day.

    Raises:
        Missing, Refused: As for confirming.
        Conflict: It is published, or a document is not confirmed.
        Invalid: Day, channel or decision is missing.
    """
    cleanup = work.get(Cleanup, cleanup_id, lock=True)
    _require_reviewing(work, cleanup.organ)
    if cleanup.published_on is not None:
        raise Conflict("清理结果已经公布。")
    items = items_of(work, cleanup)
    if left := sum(item.result is None for item in items):
        raise Conflict(f"还有 {left} 件没有确认，请逐件确认后再公布。")
    day, decision = _day(raw, "published_on"), raw.get("decision", "").strip()
    errors = {
        "published_on": ""
        if day and cleanup.reference_on <= day <= work.today
        else "公布日期应在基准日以后，不能晚于今天。",
        "channel": "" if raw.get("channel", "").strip() else "请填写公布渠道。",
        "decision": "" if decision else "请填写决定，例如：市政府第88次常务会议决定。",
    }
    wrong = {name: text for name, text in errors.items() if text}
    if wrong or day is None:
        raise Invalid(wrong)
    cleanup.published_on, cleanup.decision = day, decision
    cleanup.channel = raw["channel"].strip()
    _end_documents(work, cleanup, items, day)
    audit(work, "cleanup.published", f"cleanup:{cleanup.id}")
    return cleanup


def items_of(work: Work, cleanup: Cleanup) -> list[CleanupItem]:
    """Return every document of a campaign, in the order of the list."""
    return list(
        work.session.scalars(
            sa.select(CleanupItem)
            .where(CleanupItem.cleanup_id == cleanup.id)
            .order_by(CleanupItem.id)
        ).unique()
    )


def _end_documents(
    work: Work, cleanup: Cleanup, items: list[CleanupItem], day: date
) -> None:
    basis = f"{cleanup.title}（{cleanup.decision}）"
    for item in items:
        sort = DONE_TO.get(item.result) if item.result else None
        row = item.document
        if sort and row.ended_on is None and row.holds_on(work.today):
            make_change(work, Change(row, sort, day, basis=basis))


def _in_force(work: Work, organ: Unit, day: date) -> list[LibraryDocument]:
    of_office = sa.and_(Unit.government_id == organ.id, Unit.sort == UnitSort.OFFICE)
    is_its = Unit.id == organ.id
    if organ.sort is UnitSort.GOVERNMENT:
        is_its = sa.or_(is_its, of_office)
    makers = sa.select(Unit.id).where(is_its)
    return list(
        work.session.scalars(
            sa.select(LibraryDocument)
            .join(LibraryDocument.publication)
            .where(
                Publication.maker_id.in_(makers),
                Publication.published_on <= day,
                state_column(day).in_(HOLDING),
            )
            .order_by(Publication.published_on, LibraryDocument.id)
        ).unique()
    )


def _require_reviewing(work: Work, organ: Unit) -> None:
    if not clerks.actor_reviews_for(work, organ):
        raise Refused(NOT_REVIEWING)


def _require_open(item: CleanupItem) -> None:
    if item.result is not None or item.cleanup.published_on is not None:
        raise Conflict("本件已经确认，请刷新后查看。")


def _result(typed: str, reason: str) -> tuple[CleanupResult, str]:
    errors = {
        "proposal": "" if typed in list(CleanupResult) else "请选择处理意见。",
        "reason": "" if reason.strip() else "请写明理由。",
    }
    if wrong := {name: text for name, text in errors.items() if text}:
        raise Invalid(wrong)
    return CleanupResult(typed), reason.strip()


def _day(raw: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(raw.get(name, "").strip())
    except ValueError:
        return None

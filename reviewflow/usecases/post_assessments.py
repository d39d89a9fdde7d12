"""Post-assessments: planned for a year, finished with a report (后评估)."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from reviewflow import clerks
from reviewflow.effects.relations import get_by_number
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Role
from reviewflow.model.post_assessment import AssessmentConclusion, PostAssessment
from reviewflow.usecases.documents import Upload
from reviewflow.usecases.people import audit
from reviewflow.work import Work

NOT_REVIEWING = "只有制定机关的合法性审查机构可以安排后评估。"
ASSESSING = (Role.DRAFTER, Role.UNIT_LEGAL, Role.UNIT_HEAD)


def plan_assessment(work: Work, raw: Mapping[str, str]) -> PostAssessment:
    """Put a document in force into the plan of a year.

    Args:
        work: Actor, instant and transaction.
        raw: As typed: `year number reason due_on`.

    Raises:
        Refused: The actor is not of the review office of its maker.
        Invalid: Something is missing, it is not in force, or planned already.

    Source: 《六安市推进法治政府建设率先突破行动计划（2023—2024年）》第14项 (TL-31).
    """
    if not clerks.organs_reviewed_by(work):
        raise Refused(NOT_REVIEWING)
    year, due_on, reason = _read_plan(work, raw)
    document = get_by_number(work, raw["number"].strip(), "number")
    organ = document.publication.maker
    if not clerks.actor_reviews_for(work, organ):
        raise Refused(NOT_REVIEWING)
    _require_free(work, document, year)
    row = PostAssessment(
        organ=organ,
        year=year,
        document=document,
        unit_id=document.unit_id,
        reason=reason,
        due_on=due_on,
        planned_at=work.now,
        planned_by_id=work.actor.id,
    )
    work.session.add(row)
    work.session.flush()
    audit(work, "post_assessment.planned", f"post_assessment:{row.id}")
    return row


def finish_assessment(
    work: Work, assessment_id: int, raw: Mapping[str, str], report: Upload | None
) -> PostAssessment:
    """Note what a post-assessment came to, with its report.

    Raises:
        Missing: There is no such assessment.
        Refused: It is another unit's.
        Conflict: It is finished.
        Invalid: A part is missing, or the day is impossible.
    """
    row = work.get(PostAssessment, assessment_id, lock=True)
    if not any(work.actor.holds(role, row.unit_id) for role in ASSESSING):
        raise Refused(f"本件由{row.unit.name}评估。")
    if row.done_on is not None:
        raise Conflict("本件后评估已经完成，请刷新后查看。")
    done_on, concluded = _day(raw.get("done_on", "")), raw.get("conclusion", "")
    texts = {name: raw.get(name, "").strip() for name in ("summary", "next_steps")}
    is_known = concluded in list(AssessmentConclusion)
    is_past = done_on is not None and done_on <= work.today
    errors = {
        "conclusion": "" if is_known else "请选择评估结论。",
        "summary": "" if texts["summary"] else "请写明执行效果和主要问题。",
        "next_steps": "" if texts["next_steps"] else "请写明下一步安排。",
        "done_on": "" if is_past else "请填写完成日期，不能晚于今天。",
        "report": "" if report else "请上传评估报告。",
    }
    wrong = {name: text for name, text in errors.items() if text}
    if wrong or report is None:
        raise Invalid(wrong)
    row.done_on, row.conclusion = done_on, AssessmentConclusion(concluded)
    row.summary, row.next_steps = texts["summary"], texts["next_steps"]
    row.report_name, row.report_type = report.name, report.sort.media_type
    row.report_sha256 = report.stored.sha256
    row.finished_at, row.finished_by_id = work.now, work.actor.id
    audit(work, "post_assessment.finished", f"post_assessment:{row.id}")
    return row


def _read_plan(work: Work, raw: Mapping[str, str]) -> tuple[int, date, str]:
    year, due_on = raw.get("year", ""), _day(raw.get("due_on", ""))
    reason = raw.get("reason", "").strip()
    years = (str(work.today.year), str(work.today.year + 1))
    is_ahead = due_on is not None and due_on >= work.today
    errors = {
        "year": "" if year in years else f"年度请选 {' 或者 '.join(years)}。",
        "number": "" if raw.get("number", "").strip() else "请填写文号。",
        "reason": "" if reason else "请写明选定的理由。",
        "due_on": "" if is_ahead else "请填写完成的期限，不能早于今天。",
    }
    wrong = {name: text for name, text in errors.items() if text}
    if wrong or due_on is None:
        raise Invalid(wrong)
    return int(year), due_on, reason


def _require_free(work: Work, document: LibraryDocument, year: int) -> None:
    if not document.holds_on(work.today):
        raise Invalid({"number": "该文件已经不再执行，请另选一件现行有效的文件。"})
    planned = sa.select(PostAssessment.id).where(
        PostAssessment.document_id == document.id, PostAssessment.year == year
    )
    if work.session.scalar(planned) is not None:
        raise Invalid({"number": "该文件已经列入这一年的后评估。"})


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None

"""Effects on the review opinion: written, checked, signed, answered."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reviewflow import clocks, journal, notices, numbering
from reviewflow.effects.cases import review_limit
from reviewflow.errors import Invalid, Missing
from reviewflow.model.case import Case, CaseParty, Part
from reviewflow.model.document import Document
from reviewflow.model.opinion import Adoption, Conclusion, Finding, Nature, Opinion
from reviewflow.work import Answers, Work

LABELS = {
    Conclusion.LEGAL: "合法",
    Conclusion.REVISE: "应当予以修改",
    Conclusion.ILLEGAL: "不合法",
    Conclusion.RISK_FLAGGED: "探索性改革·明示风险",
}


def find_opinion(work: Work, case: Case) -> Opinion | None:
    """Return the latest opinion on a case, signed or not."""
    return work.session.scalar(
        sa.select(Opinion)
        .where(Opinion.case_id == case.id)
        .order_by(Opinion.id.desc())
        .limit(1)
    )


def latest_opinion(work: Work, case: Case) -> Opinion:
    """Return the latest opinion on a case.

    Raises:
        Missing: None has been written.
    """
    opinion = find_opinion(work, case)
    if opinion is None:
        raise Missing("该事项还没有审查意见。")
    return opinion


def write_opinion(work: Work, case: Case, answers: Answers) -> None:
    """Keep what the handler holds as a new draft of the opinion.

    Raises:
        Invalid: Only the risk is named, and the matter is no exploratory reform.
        Missing: The system itself holds no opinion.
    """
    if work.actor.id is None:
        raise Missing
    opinion = Opinion(
        case_id=case.id,
        round=case.round,
        conclusion=_conclusion(case, answers),
        reasons=str(answers.get("reasons") or ""),
        grounds=list(answers.get("grounds") or []),
        written_at=work.now,
        written_by_id=work.actor.id,
        findings=[
            _finding(position, row)
            for position, row in enumerate(answers.get("findings") or [], start=1)
        ],
    )
    work.session.add(opinion)
    work.session.flush()
    journal.record(
        work,
        case,
        "opinion.written",
        opinion=opinion.id,
        conclusion=opinion.conclusion,
        findings=len(opinion.findings),
    )


def _conclusion(case: Case, answers: Answers) -> Conclusion:
    """Source: 《重大行政决策程序暂行条例》第二十五条（探索性改革决策事项）."""
    conclusion = Conclusion(answers["conclusion"])
    is_open = case.facts.get("is_exploratory_reform") is True
    if conclusion is Conclusion.RISK_FLAGGED and not is_open:
        sentence = "登记时不是探索性改革事项，不能只提示法律风险，请选择其他结论。"
        raise Invalid({"conclusion": sentence})
    return conclusion


def _finding(position: int, row: Mapping[str, Any]) -> Finding:
    return Finding(
        position=position,
        clause=str(row["clause"]),
        quote=str(row.get("quote") or ""),
        problem=str(row["problem"]),
        basis=str(row.get("basis") or ""),
        suggestion=str(row["suggestion"]),
        nature=Nature(row["nature"]),
    )


def check_opinion(work: Work, case: Case, _answers: Answers) -> None:
    """Note who checked the opinion."""
    opinion = latest_opinion(work, case)
    opinion.checked_by_id = work.actor.id
    journal.record(work, case, "opinion.checked", opinion=opinion.id)


def sign_opinion(work: Work, case: Case, _answers: Answers) -> None:
    """Sign the latest opinion in the actor's name and tell the drafter.

    What is signed names the exact versions of the documents reviewed.

    Raises:
        AlreadySigned: The latest opinion is final.
        Missing: There is none, or nobody who could sign it.
    """
    opinion = latest_opinion(work, case)
    if work.actor.user is None:
        raise Missing
    number = numbering.next_number(work, _series(work, case))
    statement = journal.canonical(_statement(work, case, opinion, number))
    digest = journal.text_digest(statement)
    opinion.sign(work.actor.user, work.now, number, statement, digest)
    case.conclusion = opinion.conclusion.value
    clocks.meet_clock(work, case, review_limit(work, case))
    journal.record(
        work,
        case,
        "opinion.signed",
        opinion=opinion.id,
        conclusion=opinion.conclusion,
        number=number,
        statement=digest,
    )
    notices.notify(
        work,
        case,
        [case.drafter_id],
        "opinion_signed",
        conclusion=LABELS[opinion.conclusion],
    )


def answer_opinion(work: Work, case: Case, answers: Answers) -> None:
    """Keep the drafting unit's answer to every finding.

    Raises:
        Invalid: A finding is left without an answer.

    Source: 国办发〔2018〕115号（六）: what is not adopted is explained.
    """
    opinion = latest_opinion(work, case)
    by_position = {
        int(row["finding_id"]): row for row in answers.get("adoptions") or []
    }
    left = [f for f in opinion.findings if f.position not in by_position]
    if left:
        numbers = "、".join(str(finding.position) for finding in left)
        raise Invalid({"adoptions": f"第 {numbers} 条意见还没有答复，请逐条答复。"})
    for finding in opinion.findings:
        row = by_position[finding.position]
        finding.adoption = Adoption(row["adoption"])
        finding.adoption_reason = str(row.get("reason") or "")
    journal.record(
        work,
        case,
        "opinion.answered",
        opinion=opinion.id,
        adoptions=[f.adoption for f in opinion.findings],
    )


def _series(work: Work, case: Case) -> str:
    office = work.session.scalars(
        sa.select(CaseParty).where(
            CaseParty.case_id == case.id, CaseParty.part == Part.REVIEW_OFFICE
        )
    ).one()
    return f"{office.unit.document_prefix}审"


def _statement(
    work: Work, case: Case, opinion: Opinion, number: str
) -> dict[str, object]:
    documents = work.session.scalars(
        sa.select(Document).where(Document.case_id == case.id).order_by(Document.id)
    )
    return {
        "case": case.number,
        "title": case.title,
        "after": case.head,
        "conclusion": opinion.conclusion.value,
        "reasons": journal.text_digest(opinion.reasons),
        "findings": [
            [f.clause, f.problem, f.basis, f.suggestion, f.nature.value]
            for f in opinion.findings
        ],
        "documents": [
            [d.role, d.latest.number, d.latest.name, d.latest.sha256] for d in documents
        ],
        "signer": work.actor.id,
        "at": work.now,
        "number": number,
    }

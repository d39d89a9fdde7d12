"""What the letters of the review office may say of a case."""

from collections.abc import Iterator
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import chinese, clock
from reviewflow.law.checkpoints import Ground
from reviewflow.letters.case_fields import (
    case_fields,
    consulted_fields,
    hearing_day,
)
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.advice import Advice
from reviewflow.model.case import Case, CasePerson
from reviewflow.model.opinion import Finding, Nature, Opinion
from reviewflow.model.people import Role
from reviewflow.work import Work

PROBLEM = "PROBLEM"
NOT_SIGNED = "（未签发）"
NOT_CHECKED = "（未复核）"

Row = dict[str, str | int]


def review_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a letter of the review office, oldest first."""
    opinion = SORTS["review_opinion"]
    for place, row in enumerate(_opinions(work, case), start=1):
        since = clock.beijing_date(row.signed_at or row.written_at)
        fields = partial(opinion_fields, work, case, row)
        is_final, settled = bool(row.signed_at), partial(getattr, row, "signed_at")
        yield Occasion(
            opinion, place, since, is_final=is_final, fields=fields, settled=settled
        )


def opinion_fields(work: Work, case: Case, opinion: Opinion) -> Fields:
    """Return what an opinion letter may say (合法性审查意见书)."""
    signed_at, signer, checker = (
        opinion.signed_at,
        opinion.signed_by,
        opinion.checked_by,
    )
    strict = [row for row in opinion.findings if row.nature is not Nature.TEXT]
    texts = [row for row in opinion.findings if row.nature is Nature.TEXT]
    return {
        **case_fields(work, case, opinion.written_at),
        **consulted_fields(work, case),
        **_grounds(work, opinion),
        "basis": work.process(case).kind.source.replace("；", "、"),
        "conclusion": opinion.conclusion.value,
        "reasons": opinion.reasons,
        "counsel_names": _counsel(work, case),
        "hearing_held_on": hearing_day(work, case),
        "findings": _findings(strict),
        "text_findings": _findings(texts),
        "handler_name": opinion.written_by.display_name,
        "checker_name": checker.display_name if checker else _no_checker(work, case),
        "signer_name": signer.display_name if signer else NOT_SIGNED,
        "letter_number": opinion.doc_number,
        "signed_on": chinese.day(clock.beijing_date(signed_at))
        if signed_at
        else NOT_SIGNED,
    }


def _opinions(work: Work, case: Case) -> list[Opinion]:
    """Return every signed opinion, and the latest if it is still a draft."""
    rows = list(
        work.session.scalars(
            sa.select(Opinion)
            .where(Opinion.case_id == case.id)
            .options(
                joinedload(Opinion.written_by),
                joinedload(Opinion.checked_by),
                joinedload(Opinion.signed_by),
            )
            .order_by(Opinion.id)
        )
    )
    return [row for row in rows if row.signed_at or row is rows[-1]]


def _grounds(work: Work, opinion: Opinion) -> Fields:
    """Return the points with a problem by their side, unknown ones as substance."""
    points = work.law.checkpoints(clock.beijing_date(opinion.written_at))
    sides = {key: p.ground for p in points for key in (p.id, p.title)}
    titles = {point.id: point.title for point in points}
    rows: dict[Ground, list[Row]] = {ground: [] for ground in Ground}
    for answer in opinion.grounds:
        if answer.get("verdict") != PROBLEM:
            continue
        point = str(answer.get("point") or "")
        rows[sides.get(point, Ground.SUBSTANCE)].append(
            {
                "point": titles.get(point, point),
                "verdict": PROBLEM,
                "note": chinese.end_of_sentence(answer.get("note")),
            }
        )
    return {ground.value: found for ground, found in rows.items()}


def _no_checker(work: Work, case: Case) -> str:
    """Return what stands for a checker: nothing where the kind has no such post."""
    posts = work.process(case).kind.lanes.values()
    is_checked = any(post.role == Role.REVIEW_CHECKER for post in posts)
    return NOT_CHECKED if is_checked else ""


def _findings(rows: list[Finding]) -> list[Row]:
    return [
        {
            "number": chinese.count(place),
            "clause": chinese.line(row.clause),
            "quote": chinese.line(row.quote),
            "problem": chinese.line(row.problem),
            "basis": chinese.end_of_sentence(row.basis),
            "suggestion": chinese.end_of_sentence(row.suggestion),
            "nature": row.nature.value,
        }
        for place, row in enumerate(rows, start=1)
    ]


def _counsel(work: Work, case: Case) -> str:
    """Return who has advised; before commissions were kept, who was asked."""
    advised = sa.select(Advice).where(
        Advice.case_id == case.id, Advice.released_at.is_not(None)
    )
    rows = work.session.scalars(advised.order_by(Advice.id)).all()
    if rows:
        names = [row.counsel.display_name for row in rows]
        return "、".join(dict.fromkeys(names))
    asked = work.session.scalars(
        sa.select(CasePerson)
        .where(CasePerson.case_id == case.id, CasePerson.role == Role.COUNSEL)
        .order_by(CasePerson.id)
    )
    return "、".join(row.user.display_name for row in asked)

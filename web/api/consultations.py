"""Asking the public and other units: what came in, its groups, the answers."""

from http import HTTPStatus

from flask import Response

from reviewflow.queries.consultations import consultation_page, group_slice
from reviewflow.queries.unit_opinions import unit_opinions_page
from reviewflow.usecases.comment_groups import group_comments
from reviewflow.usecases.comments import enter_comment
from reviewflow.usecases.consultation_extensions import extend_consultation
from reviewflow.usecases.consultations import Answer, answer_groups
from reviewflow.usecases.unit_opinions import (
    ask_units,
    record_stance,
    settle_dispute,
)
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import CasePath, OpinionPath
from web.api.shapes.consultations import (
    Comment,
    Consultation,
    Extension,
    GroupAnswers,
    GroupQuery,
    Groups,
    NewComment,
    Question,
    Settling,
    Statement,
    UnitOpinions,
    consultation_shape,
    group_shape,
    units_shape,
)

bp = noun("consultations")
PLACE = f"/cases/{CasePath.RULE}/consultation"
UNITS = f"/cases/{CasePath.RULE}/units"


@bp.get(PLACE, responses={200: Consultation})
def show(path: CasePath) -> Response:
    """Show the period and how the comments add up."""
    with tokens.begin_reading() as work:
        return tokens.show(_consultation(work, path.case_id))


@bp.get(f"{PLACE}/groups", responses={200: Groups})
def groups(path: CasePath, query: GroupQuery) -> Response:
    """List the groups of what was said, those said most first."""
    with tokens.begin_reading() as work:
        found = group_slice(work, path.case_id, query.answer, pages.window(query))
        return tokens.show(
            Groups(
                items=[group_shape(row) for row in found.items],
                total=found.total,
                next=pages.next_part(query, found.total),
            )
        )


@bp.post(f"{PLACE}/comments", responses={201: Comment})
def enter(path: CasePath, body: NewComment) -> Response:
    """Enter a comment that came on paper or by mail."""
    with tokens.begin_work() as work:
        comment = enter_comment(work, path.case_id, body.model_dump())
        work.settle()
        shape = Comment.model_validate(comment)
        return tokens.reply(work, shape, HTTPStatus.CREATED)


@bp.post(f"{PLACE}/extension", responses={200: Consultation})
def extend(path: CasePath, body: Extension) -> Response:
    """Give the public more time."""
    with tokens.begin_work() as work:
        extend_consultation(work, path.case_id, str(body.ends_on), body.reason)
        work.settle()
        return tokens.reply(work, _consultation(work, path.case_id))


@bp.post(f"{PLACE}/grouping", responses={200: Consultation})
def arrange(path: CasePath) -> Response:
    """Group what has no group yet."""
    with tokens.begin_work() as work:
        group_comments(work, path.case_id)
        work.settle()
        return tokens.reply(work, _consultation(work, path.case_id))


@bp.post(f"{PLACE}/answers", responses={200: Consultation})
def answer(path: CasePath, body: GroupAnswers) -> Response:
    """Answer groups: all of them, or none."""
    with tokens.begin_work() as work:
        said = {one.group_id: Answer(one.adoption, one.reason) for one in body.answers}
        answer_groups(work, path.case_id, said)
        work.settle()
        return tokens.reply(work, _consultation(work, path.case_id))


@bp.get(UNITS, responses={200: UnitOpinions})
def units(path: CasePath) -> Response:
    """List the units asked, and what they say."""
    with tokens.begin_reading() as work:
        return tokens.show(_units(work, path.case_id))


@bp.post(UNITS, responses={200: UnitOpinions})
def ask(path: CasePath, body: Question) -> Response:
    """Ask further units."""
    with tokens.begin_work() as work:
        ask_units(work, path.case_id, body.unit_ids, str(body.due_on))
        work.settle()
        return tokens.reply(work, _units(work, path.case_id))


@bp.post(f"{UNITS}/{OpinionPath.RULE}/answer", responses={200: UnitOpinions})
def record(path: OpinionPath, body: Statement) -> Response:
    """Keep what a unit answered."""
    with tokens.begin_work() as work:
        said = {**body.model_dump(), "answered_on": str(body.answered_on)}
        record_stance(work, path.case_id, path.opinion_id, said)
        work.settle()
        return tokens.reply(work, _units(work, path.case_id))


@bp.post(f"{UNITS}/{OpinionPath.RULE}/settlement", responses={200: UnitOpinions})
def settle(path: OpinionPath, body: Settling) -> Response:
    """Say what became of a disagreement."""
    with tokens.begin_work() as work:
        settle_dispute(work, path.case_id, path.opinion_id, body.settlement, body.note)
        work.settle()
        return tokens.reply(work, _units(work, path.case_id))


def _consultation(work: Work, case_id: int) -> Consultation:
    return consultation_shape(consultation_page(work, case_id))


def _units(work: Work, case_id: int) -> UnitOpinions:
    return units_shape(unit_opinions_page(work, case_id))

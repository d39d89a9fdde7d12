"""Who the token stands for."""

from flask import Response

from reviewflow.errors import Missing
from reviewflow.model.people import User
from reviewflow.work import Work
from web.api import tokens
from web.api.blueprints import noun
from web.api.shapes.people import Me, OwnOrgan, Post

bp = noun("me")


@bp.get("/me", responses={200: Me})
def show() -> Response:
    """Show who asks, with units and roles."""
    with tokens.begin_reading() as work:
        return tokens.show(_me(work))


def _me(work: Work) -> Me:
    user = _user(work)
    posts = [post for post in user.memberships if post.in_force(work.today)]
    units = {post.unit_id: post.unit for post in posts}
    return Me(
        id=user.id,
        name=user.name,
        display_name=user.display_name,
        units=[OwnOrgan.model_validate(unit) for unit in units.values()],
        roles=sorted({post.role for post in posts}),
        posts=[Post(role=post.role, unit_id=post.unit_id) for post in posts],
    )


def _user(work: Work) -> User:
    if work.actor.user is None:
        raise Missing
    return work.actor.user

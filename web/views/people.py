"""Users: list, add, give and end posts, disable; for administrators."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow import passwords
from reviewflow.errors import Conflict, Invalid, ReviewflowError
from reviewflow.model.people import Role
from reviewflow.passwords import Hash
from reviewflow.queries.people import all_units
from reviewflow.queries.roster import Account, WantedPeople, list_people, person
from reviewflow.usecases import people
from reviewflow.usecases.roster_rules import user_errors
from reviewflow.work import Work
from web.addresses import row_key
from web.administration import admit_administrators, typed_position
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("people", __name__, url_prefix="/people")
bp.before_request(admit_administrators)


@bp.get("")
def index() -> str:
    """List the users that the filter of the address leaves."""
    account = request.args.get("account")
    wanted = WantedPeople(
        text=request.args.get("q", ""),
        unit_id=request.args.get("unit", None, row_key),
        account=Account(account) if account in list(Account) else None,
    )
    with begin_reading() as work:
        return render_template(
            "people/index.html",
            page=list_people(work, wanted, request.args.get("page", 1, int)),
            wanted=wanted,
            units=all_units(work),
            accounts=Account,
        )


@bp.get("/new")
def new() -> str:
    """Ask who is to be added."""
    return _new_page({"password": passwords.random_password()}, {})


@bp.post("/new")
def add() -> ResponseReturnValue:
    """Add a user with a first post and a password for one sign-in."""
    typed = request.form
    name, display_name = typed.get("name", "").strip(), typed.get("display_name", "")
    try:
        first = _first_password(name, display_name)
        with begin_work() as work:
            posts = [_post()] if typed.get("role") or typed.get("unit_id") else []
            user = people.add_user(
                work, name, display_name, first, posts, must_change_password=True
            )
            answer_with(
                url_for("people.show", user_id=user.id),
                f"已新增用户{user.display_name}。请把登录名和初始密码当面告知本人。",
            )
    except Invalid as error:
        return _new_page(typed, error.errors), status_of(error)
    return answered()


@bp.get("/<int:user_id>")
def show(user_id: int) -> ResponseReturnValue:
    """Show one user with every post."""
    return _page(user_id)


@bp.post("/<int:user_id>")
def change(user_id: int) -> ResponseReturnValue:
    """Call or place somebody anew."""

    def act(work: Work) -> None:
        name = request.form.get("display_name", "")
        people.change_user(work, user_id, name, typed_position())

    return _act(user_id, act, "已保存。")


@bp.post("/<int:user_id>/posts")
def give(user_id: int) -> ResponseReturnValue:
    """Give a post from today on."""

    def act(work: Work) -> None:
        people.give_post(work, user_id, *_post())

    return _act(user_id, act, "已安排岗位，自今日起生效。")


@bp.post("/<int:user_id>/posts/<int:post_id>/end")
def end(user_id: int, post_id: int) -> ResponseReturnValue:
    """End a post after its last day."""

    def act(work: Work) -> None:
        people.end_post(work, post_id, _last_day())

    return _act(user_id, act, "已记录岗位的最后一日。", f"-{post_id}")


@bp.post("/<int:user_id>/disable")
def disable(user_id: int) -> ResponseReturnValue:
    """Keep somebody from signing in."""
    return _act(user_id, lambda work: people.disable_user(work, user_id), "已停用。")


@bp.post("/<int:user_id>/enable")
def enable(user_id: int) -> ResponseReturnValue:
    """Let somebody sign in again."""
    return _act(user_id, lambda work: people.enable_user(work, user_id), "已恢复。")


@bp.post("/<int:user_id>/password")
def reset_password(user_id: int) -> ResponseReturnValue:
    """Give somebody a password for one sign-in."""
    try:
        first = passwords.accepted(request.form.get("password", ""), "")
    except Invalid as error:
        return _page(user_id, error)

    def act(work: Work) -> None:
        people.reset_password(work, user_id, first)

    return _act(user_id, act, "已重置密码。请把新密码当面告知本人。")


def _act(
    user_id: int, act: Callable[[Work], object], said: str, suffix: str = ""
) -> ResponseReturnValue:
    """Do something about a user; what is refused is said on the same page."""
    try:
        with begin_work() as work:
            act(work)
            answer_with(url_for("people.show", user_id=user_id), said)
    except Invalid as error:
        named = {name + suffix: sentence for name, sentence in error.errors.items()}
        return _page(user_id, Invalid(named, error.message))
    except Conflict as error:
        return _page(user_id, error)
    return answered()


def _page(user_id: int, refused: ReviewflowError | None = None) -> ResponseReturnValue:
    with begin_reading() as work:
        text = render_template(
            "people/show.html",
            row=person(work, user_id),
            today=work.today,
            units=all_units(work),
            roles=Role,
            typed=request.form,
            suggestion=passwords.random_password(),
            errors=refused.errors if isinstance(refused, Invalid) else {},
            refused=refused,
        )
    return text, status_of(refused) if refused else 200


def _new_page(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    with begin_reading() as work:
        return render_template(
            "people/new.html",
            units=all_units(work),
            roles=Role,
            typed=typed,
            errors=errors,
        )


def _first_password(name: str, display_name: str) -> Hash:
    """Return the hash of the first password; name everything that is wrong at once."""
    try:
        return passwords.accepted(request.form.get("password", ""), name)
    except Invalid as error:
        with begin_reading() as work:
            wrong = user_errors(work, name, display_name)
        raise Invalid(wrong | error.errors) from error


def _post() -> tuple[Role, int]:
    """Return the post that was chosen.

    Raises:
        Invalid: A part of it was not.
    """
    role, unit_id = request.form.get("role"), request.form.get("unit_id", None, row_key)
    errors = {}
    if role not in list(Role):
        errors["role"] = "请选择岗位。"
    if unit_id is None:
        errors["unit_id"] = "请选择单位。"
    if errors or role is None or unit_id is None:
        raise Invalid(errors)
    return Role(role), unit_id


def _last_day() -> date:
    typed = request.form.get("last_day", "")
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        sentence = "请填写最后一日，例如：2026-11-30。"
        raise Invalid({"last_day": sentence}) from error

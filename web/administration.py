"""Pages of administrators: nobody else gets so far as to the view."""

from flask import request

from reviewflow.errors import Invalid, Refused
from web import sessions

LONGEST = 6


def admit_administrators() -> None:
    """Stop everybody else; given to `before_request` of such a blueprint.

    Raises:
        Refused: Somebody else is signed in.
    """
    person = sessions.me()
    if person is None or not person.is_admin:
        raise Refused("只有系统管理员可以打开这一页面。")


def typed_position() -> int:
    """Return the place in the official order that was typed; 0 if none was.

    Raises:
        Invalid: It is not a number.
    """
    typed = request.form.get("position", "").strip()
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST):
        raise Invalid({"position": "排序号请填写不超过六位的整数，例如：12。"})
    return int(typed or 0)

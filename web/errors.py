"""Failure to status and page: one table."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from reviewflow.errors import (
    Conflict,
    Invalid,
    Missing,
    Refused,
    ReviewflowError,
    TooMany,
    Unavailable,
)
from web import problems
from web.signin import AnsweredBefore

log = logging.getLogger(__name__)

STATUS: dict[type[ReviewflowError], HTTPStatus] = {
    Missing: HTTPStatus.NOT_FOUND,
    Refused: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}

SENTENCES: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "浏览器发来的内容不完整，请返回上一页刷新后再试。",
    HTTPStatus.UNAUTHORIZED: "登录已过期，内容没有提交。请重新登录后再提交。",
    HTTPStatus.NOT_FOUND: Missing.message,
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不能直接打开，请从页面上的按钮进入。",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "上传的内容过大。单个文件不超过 50 MB。",
    HTTPStatus.TOO_MANY_REQUESTS: "操作过于频繁，请稍后再试。",
}
AGAIN_SECONDS = "10"
SHORTEST_KEPT = 2
SECRET_FIELDS = frozenset({"csrf_token", "submit_key", "password", "again", "next"})


def install(app: Flask) -> None:
    """Answer every failure with a page that says what to do."""
    app.register_error_handler(ReviewflowError, refuse)
    app.register_error_handler(HTTPException, refuse_request)
    app.register_error_handler(AnsweredBefore, answer_again)
    app.register_error_handler(Exception, admit_fault)


def status_of(error: ReviewflowError) -> HTTPStatus:
    """Return the status of a failure by the nearest class in the table."""
    kinds = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return next(kinds, HTTPStatus.INTERNAL_SERVER_ERROR)


def refuse(error: ReviewflowError) -> ResponseReturnValue:
    """Show what we raised on purpose."""
    status = status_of(error)
    if problems.are_wanted():
        return problems.refuse(error, status)
    headers = {}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        log.warning("unavailable", exc_info=error)
        headers["Retry-After"] = AGAIN_SECONDS
    return _page(status, error.message), status, headers


def refuse_request(error: HTTPException) -> ResponseReturnValue:
    """Show what the server refused before a view saw it."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return error
    if problems.are_wanted():
        return problems.refuse_request(error)
    sentence = SENTENCES.get(status, SENTENCES[HTTPStatus.BAD_REQUEST])
    return _page(status, sentence), status


def answer_again(error: AnsweredBefore) -> ResponseReturnValue:
    """Give the first answer of a form that was sent twice."""
    flash(error.message or "这份表单已经提交，没有重复办理。")
    return redirect(error.location or "/", 303)


def admit_fault(error: Exception) -> ResponseReturnValue:
    """Say that it is our fault; the number leads to the log."""
    number = secrets.token_hex(3).upper()
    log.error("request failed", extra={"number": number}, exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    sentence = (
        f"系统出现问题，已记录（编号 {number}）。请稍后再试，或把编号告诉管理员。"
    )
    if problems.are_wanted():
        return problems.problem(status, sentence)
    return _page(status, sentence), status


def typed_texts() -> list[str]:
    """Return the texts somebody typed into the form, so that none is lost."""
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:  # the body itself is what is wrong
        return []
    return [
        value
        for name, value in sent
        if name not in SECRET_FIELDS
        and len(value) >= SHORTEST_KEPT
        and not value.isascii()
    ]


def _page(status: int, sentence: str) -> str:
    g.failed = True
    return render_template(
        "error.html", status=status, sentence=sentence, kept=typed_texts()
    )

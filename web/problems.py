"""Failure to problem document (RFC 9457): the sentences of the pages, for programs."""

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, request
from werkzeug.exceptions import HTTPException

from reviewflow.errors import Invalid, ReviewflowError
from reviewflow.kinds.findings import BadKind

log = logging.getLogger(__name__)

API = "/api/"
"""Below it programs are answered, and they are answered with problem documents."""

MEDIA_TYPE = "application/problem+json"
AGAIN_SECONDS = "10"

TITLES: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "请求有误",
    HTTPStatus.UNAUTHORIZED: "没有有效的令牌",
    HTTPStatus.FORBIDDEN: "无权办理",
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.METHOD_NOT_ALLOWED: "方法不对",
    HTTPStatus.CONFLICT: "情况已有变化",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容过大",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "格式不能接收",
    HTTPStatus.UNPROCESSABLE_ENTITY: "内容有误",
    HTTPStatus.INTERNAL_SERVER_ERROR: "系统出现问题",
    HTTPStatus.SERVICE_UNAVAILABLE: "暂时不能使用",
}
SENTENCES: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "请求内容不是有效的 JSON，请对照接口说明核对。",
    HTTPStatus.UNAUTHORIZED: "请在 Authorization 头中携带有效的令牌：Bearer <令牌>。",
    HTTPStatus.NOT_FOUND: "没有这项内容，或者您无权查看。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不支持这种方法，请对照接口说明核对。",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "发来的内容过大。单个文件不超过 50 MB。",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "请发送 application/json；上传文件的，请用 multipart/form-data。"
    ),
}


def are_wanted() -> bool:
    """The request came from a program."""
    return request.path.startswith(API)


def problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """Return a problem document.

    Args:
        status: The HTTP status.
        detail: One Chinese sentence: what is wrong, what to do.
        headers: Further headers.
        more: Further members, such as `errors`.
    """
    title = TITLES.get(status, TITLES[HTTPStatus.BAD_REQUEST])
    whole = {
        "type": "about:blank",
        "title": title,
        "status": int(status),
        "detail": detail,
        **more,
    }
    text = json.dumps(whole, ensure_ascii=False)
    answer = Response(text.encode(errors="replace"), status, mimetype=MEDIA_TYPE)
    answer.headers.update(headers or {})
    return answer


def refuse(error: ReviewflowError, status: HTTPStatus) -> Response:
    """Answer what we raised on purpose."""
    if status is HTTPStatus.NOT_FOUND:
        return problem(status, SENTENCES[status])
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        log.warning("unavailable", exc_info=error)
        return problem(status, error.message, {"Retry-After": AGAIN_SECONDS})
    if isinstance(error, BadKind):
        return _refuse_kind(error, status)
    if isinstance(error, Invalid):
        each = error.errors or {"": error.message}
        errors = [{"field": f, "message": m} for f, m in each.items()]
        return problem(status, error.message, errors=errors)
    return problem(status, error.message)


def _refuse_kind(error: BadKind, status: HTTPStatus) -> Response:
    errors = [{"field": one.file, "message": str(one)} for one in error.findings]
    findings = [one.plain() for one in error.findings]
    return problem(status, error.message, errors=errors, findings=findings)


def refuse_request(error: HTTPException) -> Response:
    """Answer what was refused before a view saw it."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    sentence = SENTENCES.get(status, SENTENCES[HTTPStatus.BAD_REQUEST])
    kept = {"Allow", "WWW-Authenticate"}
    headers = {name: text for name, text in error.get_headers() if name in kept}
    return problem(status, sentence, headers)

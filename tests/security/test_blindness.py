"""Nothing shows what one counsel holds before all who were asked have answered."""

import io
import re
from collections.abc import Iterator
from itertools import product

import docx
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from reviewflow.model.advice import Advice
from reviewflow.model.case import Task
from reviewflow.model.document import Document
from reviewflow.usecases.documents import attach_document, receive_upload
from reviewflow.usecases.signins import make_token
from tests.cast import Cast
from tests.conftest import As
from tests.counsels import advise, asked, engage_others
from tests.security.crawler import crawl, read_lists, said
from tests.security.knocks import ASKED, WORDS, plain
from tests.web.browser import sign_in

SECRET = "金丝雀丙"
WORDING = dict.fromkeys(("scope", "facts_told", "advice", "risks"), f"认为{SECRET}。")
READERS = ("second", "handler", "drafter", "signer", "auditor", "admin")


def paper() -> io.BytesIO:
    """Return an opinion on paper that says the word."""
    document, stream = docx.Document(), io.BytesIO()
    document.add_paragraph(SECRET)
    document.save(stream)
    return stream


@pytest.fixture
def both(as_: As, cast: Cast) -> Cast:
    """The cast with other counsel."""
    return engage_others(as_, cast)


@pytest.fixture
def case_id(as_: As, both: Cast) -> int:
    """A case on which one of two counsel has answered, in words and on paper."""
    number = asked(as_, both, both.second)
    with as_(both.counsel) as work:
        received = receive_upload(work.files, f"{SECRET}.docx", paper())
        attach_document(work, number, "legal_advice", received)
    advise(as_, number, both.counsel, verdict="SERIOUS_PROBLEM", **WORDING)
    return number


def addresses(app: Flask, as_: As, case_id: int) -> Iterator[str]:
    """Give every address of every GET route, with all that belongs to the case."""
    with as_(None) as work:
        ids = work.session.scalars
        tasks = ids(sa.select(Task.id).where(Task.case_id == case_id)).all()
        papers = ids(sa.select(Document.id).where(Document.case_id == case_id)).all()
        advices = len(ids(sa.select(Advice.id)).all())
        counsel = ids(sa.select(Advice.counsel_id)).all()
    named = [f"legal_advice-{place}" for place in range(1, advices + 1)]
    known: dict[str, list[object]] = {
        "case_id": [case_id],
        "task_id": list(tasks),
        "document_id": list(papers),
        "counsel_id": list(counsel),
        "number": [1, 2],
        "name": [*named, "legal_advice", "review_opinion-1"],
        "digest": ["0"],
    }
    for rule in app.url_map.iter_rules():
        path = plain(rule)
        if "GET" in (rule.methods or ()) and not path.startswith("/static"):
            names = re.findall(r"<(\w+)>", path)
            offered = [known.get(name, [WORDS.get(name, 1)]) for name in names]
            for values in product(*offered):
                filled = path
                for name, value in zip(names, values, strict=True):
                    filled = filled.replace(f"<{name}>", str(value))
                yield filled + ASKED.get(path, "")


def read(client: FlaskClient, as_: As, case_id: int, who: str) -> dict[str, str]:
    """Return all that somebody gets to read, by browser and by token."""
    sign_in(client, who.replace("_", "."))
    with as_(None) as work:
        token = make_token(work, who.replace("_", "."))
    headers = {"Authorization": f"Bearer {token}"}
    found = crawl(client) | read_lists(client, token)
    for address in addresses(client.application, as_, case_id):
        with client.get(
            address, headers=headers if address.startswith("/api/v1") else {}
        ) as answer:
            found[address] = said(answer)
    return found


@pytest.mark.parametrize("who", READERS)
def test_nobody_else_reads_it_before_all_are_in(
    app: Flask, as_: As, case_id: int, who: str
) -> None:
    found = read(app.test_client(), as_, case_id, who)

    assert len(found) > 60
    assert [a for a, text in found.items() if SECRET in text] == []
    page = f"/cases/{case_id}/advice"
    if who != "admin":
        assert "收到 1 / 2 份法律意见" in found[page]
        assert "存在重大合法性问题" not in found[page]
        history = found[f"/cases/{case_id}/history"]
        assert "存在重大合法性问题" not in history


def test_its_author_reads_it_and_afterwards_the_others_do(
    app: Flask, as_: As, both: Cast, case_id: int
) -> None:
    own = read(app.test_client(), as_, case_id, "counsel")
    where = [a for a, text in own.items() if SECRET in text]
    assert f"/cases/{case_id}/advice" in where
    assert f"/cases/{case_id}/letters/legal_advice-1" in where
    assert f"/cases/{case_id}/letters/legal_advice-1.docx" in where

    advise(as_, case_id, both.second)
    for who in ("second", "handler", "auditor"):
        found = read(app.test_client(), as_, case_id, who)
        where = [a for a, text in found.items() if SECRET in text]
        assert f"/cases/{case_id}/advice" in where, who
        assert [a for a in where if "/materials/" in a], who
    found = read(app.test_client(), as_, case_id, "drafter")
    inside = f"/cases/{case_id}/letters/legal_advice-1"
    assert SECRET not in found[inside]  # not before the review opinion is signed

"""Markup in everything people type: shown as they typed it, never understood."""

import io
from contextlib import AbstractContextManager

import pytest

from reviewflow.usecases.cases import submit_case
from reviewflow.usecases.documents import attach_document, receive_upload
from reviewflow.usecases.tasks import complete_task
from reviewflow.work import Runtime, Work
from tests.cast import Cast
from tests.conftest import NOON_MONDAY
from tests.security.conftest import SignIn
from tests.security.crawler import crawl
from tests.steps import ANSWERS, START, waiting, word_file

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//x>",
    "</title><script>alert(2)</script>",
    "</textarea><script>alert(3)</script>",
    "</option></select><img src=x onerror=alert(4)>",
    '"><img src=x onerror=alert(5)>',
    "'><svg/onload=alert(6)>",
    '" autofocus onfocus="alert(7)',
    "' onmouseover='alert(8)",
    "<iframe srcdoc='<script>alert(9)</script>'>",
    "<svg><animate onbegin=alert(10) attributeName=x>",
    "<math><mi xlink:href='javascript:alert(11)'>x",
    "<a href='javascript:alert(12)'>x</a>",
    "<a href='java\tscript:alert(13)'>x</a>",
    "<form action=//x><input name=csrf_token>",
    "<meta http-equiv=refresh content='0;url=//x'>",
    "<base href=//x>",
    "<link rel=stylesheet href=//x>",
    "<style>@import '//x'</style>",
    "<object data=//x>",
    "<embed src=//x>",
    "<details open ontoggle=alert(22)>",
    "<video><source onerror=alert(23)>",
    "<body onload=alert(24)>",
    "<!--><script>alert(25)</script>-->",
    "<![CDATA[<script>alert(26)</script>]]>",
    "＜script＞alert(27)＜/script＞<b>",
    "<script>alert(28)//",
    "&lt;script&gt;<i>",
    "<x onclick=alert(30)>",
)
SUMS = "{{1234*4321}}${1234*4321}#{1234*4321}<%=1234*4321%>{title.__class__}"


@pytest.fixture
def typed(world_runtime: Runtime, cast: Cast) -> int:
    """A case in which somebody typed all of that everywhere."""
    text = "\n".join((*PAYLOADS, SUMS))

    def as_(who: int | None) -> AbstractContextManager[Work]:
        return world_runtime.begin(who, NOON_MONDAY)

    with as_(cast.drafter) as work:
        fields = {**START, "is_emergency": "yes", "emergency_reason": text}
        title = f"{PAYLOADS[2]}{PAYLOADS[5]}{PAYLOADS[6]}{SUMS}"
        unit_id = cast.units["housing"]
        case = submit_case(work, "normative_document", title, unit_id, fields)
        for role, name in enumerate_roles():
            source = io.BytesIO(word_file(text))
            upload = receive_upload(work.files, name, source)
            attach_document(work, case.id, role, upload)
    for who, step, answers in (
        (cast.drafter, "register_matter", {"purpose": text}),
        (cast.unit_legal, "classify", {**ANSWERS["classify"], "reason": text}),
        (cast.unit_head, "endorse_emergency", {"outcome": "REFUSE", "reason": text}),
        (cast.drafter, "draft_text", {"assessment": text}),
        (cast.drafter, "consult_units", {"units_consulted": text, "has_dissent": "no"}),
    ):
        task_id = waiting(as_, case.id, step)
        with as_(who) as work:
            complete_task(work, task_id, answers)
    return case.id


def enumerate_roles() -> list[tuple[str, str]]:
    """Return a file of the dossier for each of a few hostile names."""
    names = (PAYLOADS[5], PAYLOADS[7], SUMS)
    roles = ("submission_draft", "drafting_note", "basis_table")
    return [(role, f"{name}.docx") for role, name in zip(roles, names, strict=True)]


@pytest.mark.parametrize("who", ["drafter", "unit_legal"])
def test_markup_is_shown_and_never_understood(
    signed_in: SignIn, typed: int, who: str
) -> None:
    found = crawl(signed_in(who))
    html = {a: text for a, text in found.items() if "Content-Type: text/html" in text}
    of_case = [a for a in html if a.startswith(f"/cases/{typed}")]

    assert any("&lt;script&gt;alert(2)" in html[a] for a in of_case), (
        "nothing was shown"
    )
    raw = {
        (address, payload)
        for address, text in html.items()
        for payload in PAYLOADS
        if payload in text
    }
    assert raw == set()


def test_nothing_typed_is_worked_out(signed_in: SignIn, typed: int) -> None:
    found = crawl(signed_in("drafter"))
    assert typed
    assert [a for a, text in found.items() if str(1234 * 4321) in text] == []
    assert [a for a, text in found.items() if "&lt;class " in text] == []


def test_a_hostile_name_stays_inside_its_header(signed_in: SignIn, typed: int) -> None:
    client = signed_in("drafter")
    page = client.get(f"/cases/{typed}/materials").text
    links = {part.partition('"')[0] for part in page.split('href="')[1:]}
    files = [link for link in links if link.startswith(f"/cases/{typed}/materials/")]
    assert len(files) == 3
    for link in files:
        with client.get(link) as answer:
            said = answer.headers["Content-Disposition"]
            assert said.startswith("attachment;")
            assert "\n" not in said
            assert said.replace('\\"', "").count('"') in {0, 2}
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store"

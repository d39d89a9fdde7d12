from io import BytesIO
from urllib.parse import quote

import docx
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.letters import HOSTILE, Lettered, nothing_in
from tests.pages import new_app
from tests.web.browser import sign_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def client(there: Lettered) -> FlaskClient:
    return new_app(there.settings, there.runtime).test_client()


def path(case_id: int, name: str = "review_opinion") -> str:
    return f"/cases/{case_id}/letters/{name}"


def read(client: FlaskClient, name: str, address: str) -> TestResponse:
    sign_in(client, name)
    return client.get(address)


def test_a_letter_is_shown_as_on_paper(there: Lettered, client: FlaskClient) -> None:
    answer = read(client, "drafter", path(there.signed))

    assert answer.status_code == 200
    assert '<p class="gongwen-number">六司审〔2026〕1号</p>' in answer.text
    assert '<p class="gongwen-masthead points-48">六安市司法局文件</p>' in answer.text
    assert '<span class="level-1">一、关于制定主体和权限。</span>' in answer.text
    assert f'href="{path(there.signed, "review_opinion-1")}.docx"' in answer.text
    assert "下载 Word" in answer.text
    assert "letter.css" in answer.text
    assert "未签发" not in answer.text
    assert "gongwen-mark" not in answer.text


def test_a_draft_says_so_and_names_the_other_letters(
    there: Lettered, client: FlaskClient
) -> None:
    page = read(client, "handler", path(there.draft)).text

    assert '<p class="gongwen-mark">未签发</p>' in page
    assert "本件未签发，只供核对，不能作为正式文书使用。" in page
    assert f'href="{path(there.draft, "supplement_notice-1")}"' in page
    assert 'review_opinion-1" aria-current="page"' in page


def test_word_comes_as_an_attachment_under_its_own_name(
    there: Lettered, client: FlaskClient
) -> None:
    address = f"{path(there.signed, 'review_opinion-1')}.docx"

    answer = read(client, "drafter", address)

    assert (answer.status_code, answer.mimetype) == (200, WORD)
    disposition = answer.headers["Content-Disposition"]
    name = quote("六司审〔2026〕1号-审查意见书.docx", safe="")
    assert disposition.startswith("attachment; ")
    assert f"filename*=UTF-8''{name}" in disposition
    texts = [p.text for p in docx.Document(BytesIO(answer.data)).paragraphs]
    assert texts[:2] == ["六安市司法局文件", "六司审〔2026〕1号"]
    assert texts[-1] == "承办：赵敏　复核：孙浩　签发：钱立"


@pytest.mark.parametrize("ending", ["", ".docx"])
def test_what_one_may_not_see_does_not_exist(
    there: Lettered, client: FlaskClient, ending: str
) -> None:
    sign_in(client, "other.drafter")

    foreign = client.get(path(there.signed) + ending)
    absent = client.get(path(10_000) + ending)

    assert foreign.status_code == absent.status_code == 404


@pytest.mark.parametrize("ending", ["", ".docx"])
def test_a_draft_does_not_exist_for_the_drafting_unit(
    there: Lettered, client: FlaskClient, ending: str
) -> None:
    sign_in(client, "drafter")

    assert client.get(path(there.signed) + ending).status_code == 200
    assert client.get(path(there.draft) + ending).status_code == 404
    assert client.get(path(there.signed, "other") + ending).status_code == 404


@pytest.mark.parametrize("ending", ["", ".docx"])
def test_a_stranger_is_asked_to_sign_in(
    there: Lettered, client: FlaskClient, ending: str
) -> None:
    answer = client.get(path(there.signed) + ending)
    assert answer.status_code == 303
    assert answer.location.startswith("/signin")


@pytest.mark.parametrize("ending", ["", ".docx"])
def test_what_a_letter_lacks_is_said(
    there: Lettered, client: FlaskClient, ending: str
) -> None:
    with nothing_in(there, "effective_on"):
        answer = read(client, "filer", path(there.unsent, "filing_report") + ending)

    assert answer.status_code == 422
    assert "缺少“施行日期”，请补充后生成。" in answer.text


def test_a_title_that_looks_like_code_stays_text(
    there: Lettered, client: FlaskClient
) -> None:
    page = read(client, "drafter", path(there.hostile)).text
    word = client.get(f"{path(there.hostile)}.docx").data

    assert "六安市{{ 7*7 }}&lt;script&gt;alert(1)&lt;/script&gt;管理办法" in page
    assert "<script>alert" not in page
    texts = [p.text for p in docx.Document(BytesIO(word)).paragraphs]
    assert f"关于《{HOSTILE}（送审稿）》的合法性审查意见" in texts

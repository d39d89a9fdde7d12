"""文书模板: downloaded, edited, uploaded, looked at, put to use, given up."""

import io
import re
from typing import Any

import pytest
from docx.document import Document
from flask import Flask
from werkzeug.test import TestResponse

from reviewflow import clock
from tests.cast import Cast
from tests.conftest import As
from tests.letters import LACKING
from tests.steps import bring_to, do_next, new_case
from tests.templates import edited, saying, texts
from tests.web.desk import Desk, place

PAGE = "/templates/supplement_notice"
FORMER, NEW = "补正时间不计入审查期限", "补正期间审查期限中止计算"


@pytest.fixture
def admin(app: Flask) -> Desk:
    """The administrator's desk."""
    return Desk(app, "admin")


def send(desk: Desk, content: bytes, name: str = "补正通知书.docx") -> TestResponse:
    return desk.send(PAGE, {"file": (io.BytesIO(content), name)})


def noticed(as_: As, cast: Cast) -> str:
    """Bring a case to a notice; return the address of the letter."""
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "accept_submission")
    lacking: dict[str, Any] = {"outcome": "SUPPLEMENT", "reason": LACKING}
    do_next(as_, cast, case_id, "accept_submission", clock.now(), **lacking)
    return f"/cases/{case_id}/letters/supplement_notice-1"


def reworded(template: bytes) -> bytes:
    """Change a sentence, as somebody would in Word."""

    def edit(document: Document) -> None:
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace(FORMER, NEW)

    return edited(template, edit)


def put_to_use(admin: Desk) -> str:
    """Download the template, change it, upload it, look at it, adopt it."""
    assert "材料补正通知书" in admin.page("/templates")
    assert f"{PAGE}/shipped.docx" in admin.links(PAGE)
    sent = send(admin, reworded(admin.get(f"{PAGE}/shipped.docx").data))
    assert place(sent) == f"{PAGE}/preview"
    preview = sent.headers["Location"]
    assert NEW in admin.page(preview)
    assert "启用这份模板" in admin.page(preview)
    assert "有待启用" in admin.page("/templates")
    row = preview.rpartition("=")[2]
    chosen = {"template_id": row}
    assert place(admin.send(preview, chosen, f"{PAGE}/adopt")) == PAGE
    assert "本地模板" in admin.page("/templates")
    return f"{PAGE}/{row}.docx"


def test_a_sentence_changed_in_word_is_in_the_next_letter(
    app: Flask, admin: Desk, as_: As, cast: Cast
) -> None:
    kept = put_to_use(admin)
    letter, drafter = noticed(as_, cast), Desk(app, "drafter")

    page = drafter.page(letter)
    assert NEW in page
    assert FORMER not in page
    assert "本件使用本地模板" in page
    in_word = texts(drafter.get(f"{letter}.docx").data)
    assert any(NEW in line for line in in_word)
    assert LACKING.split("\n")[1] in in_word
    with admin.get(kept) as answer:
        assert any(NEW in line for line in texts(answer.data))

    admin.send(PAGE, {}, f"{PAGE}/adopt")
    assert "恢复系统自带模板" in admin.page(PAGE)
    assert NEW in drafter.page(letter)  # it was issued with that template
    assert FORMER in drafter.page(noticed(as_, cast))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (saying("{{ 主送单位 }}"), "a.docx", "模板中的“{{ 主送单位 }}”没有对应字段"),
        (saying("{{ title.upper() }}"), "a.docx", "不支持的写法"),
        (saying("甲"), "a.txt", "文书模板须是 docx 文件"),
        (b"PK\x03\x04", "a.docx", "文件已损坏"),
        (b"", "", "请选择修改好的 docx 文件"),
    ],
)
def test_a_wrong_file_is_refused_whole_with_one_sentence(
    admin: Desk, content: bytes, name: str, says: str
) -> None:
    refused = send(admin, content, name)
    assert refused.status_code == 422
    assert says in refused.text
    assert "还没有上传过本地模板。" in admin.page(PAGE)


def test_only_administrators_edit_letters(app: Flask, admin: Desk) -> None:
    clerk = Desk(app, "review.intake")
    assert "/templates" not in clerk.links("/inbox")
    assert "/templates" in admin.links("/inbox")
    for path in ("/templates", PAGE, f"{PAGE}/shipped.docx", f"{PAGE}/preview"):
        assert clerk.status(path) == 403, path
    form = {"file": (io.BytesIO(saying("甲")), "a.docx")}
    assert clerk.send("/password", form, PAGE).status_code == 403
    assert clerk.send("/password", {}, f"{PAGE}/adopt").status_code == 403


@pytest.mark.parametrize("path", ["other", "supplement_notice/9.docx", "shared.x"])
def test_what_is_not_there_is_missing(admin: Desk, path: str) -> None:
    assert admin.status(f"/templates/{path}") == 404


def test_a_preview_of_a_case_one_may_not_see_says_so(
    admin: Desk, as_: As, cast: Cast
) -> None:
    noticed(as_, cast)
    answer = admin.get(f"{PAGE}/preview?number=审登〔2026〕1号")
    assert answer.status_code == 422
    assert "没有您可以查看的这个编号的事项，请核对。" in answer.text
    assert "示例市停车管理办法" in answer.text
    assert admin.status(f"{PAGE}/preview.docx") == 200


def test_codes_among_the_samples_are_said_in_words(admin: Desk) -> None:
    for address in re.findall(r'href="(/templates/\w[^"]*)"', admin.page("/templates")):
        page = admin.page(address)
        cells = re.findall(r'data-label="示例">([^<]+)<', page)
        codes = [cell for cell in cells if re.match("[A-Z_]{4,}", cell)]
        assert [cell for cell in codes if "（" not in cell] == [], address
    assert "REVISE（应当予以修改）" in admin.page("/templates/review_opinion")

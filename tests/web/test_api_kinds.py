import io
import zipfile
from typing import Any

import pytest

from reviewflow.runtime import SHIPPED
from tests.cast import Cast
from tests.web.program import Programs, body, fields, sentence

FOLDER = SHIPPED / "filing"


def packed(files: dict[str, bytes | str]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def folder(top: str = "", **changes: str | None) -> dict[str, bytes | str]:
    """The files of the filing kind with changes; None leaves one out."""
    found: dict[str, bytes | str] = {
        top + path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file()
    }
    for name, content in changes.items():
        place = top + name.replace("__", ".")
        if content is None:
            del found[place]
        else:
            found[place] = content
    return found


def test_kinds_say_what_is_asked_of_whom(programs: Programs, cast: Cast) -> None:
    drafter = programs(cast.drafter)

    kinds = {kind["key"]: kind for kind in body(drafter.get("/kinds"))["items"]}

    assert kinds["filing"]["startable"] is False
    assert kinds["normative_document"]["startable"] is True
    assert "kind_code" in kinds["normative_document"]["start_form"]["properties"]
    steps = {step["id"]: step for step in kinds["filing"]["steps"]}
    assert steps["examine_filing"]["role"] == "filing_reviewer"
    asked = steps["examine_filing"]["form"]["properties"]["decision"]["oneOf"]
    assert {"const": "REGISTER", "title": "予以登记"} in asked
    limits = {one["id"]: one for one in kinds["filing"]["deadlines"]}
    assert (limits["TL-16"]["days"], limits["TL-16"]["unit"]) == (5, "工作日")
    assert body(drafter.get("/kinds/filing")) == kinds["filing"]


@pytest.mark.parametrize("key", ["nothing", "FILING", "%00", "filing%20"])
def test_an_unknown_kind_is_not_found(programs: Programs, cast: Cast, key: str) -> None:
    sentence(programs(cast.drafter).get(f"/kinds/{key}"), 404)


def test_an_administrator_deploys_a_folder(programs: Programs, cast: Cast) -> None:
    admin = programs(cast.admin)
    kind_yaml = (FOLDER / "kind.yaml").read_text("utf-8")
    changed = kind_yaml.replace("规章、决策和规范性文件备案", "文件备案")
    files = folder("filing/", kind__yaml=changed)

    answer = admin.send("/kinds", file=(packed(files), "filing.zip"))
    again = admin.send("/kinds", file=(packed(files), "filing.zip"))

    version = body(answer, 201)
    assert (version["key"], version["version"]) == ("filing", 2)
    assert body(again, 201) == version
    assert body(admin.get(answer.headers["Location"]))["title"] == "文件备案"


def test_a_folder_with_faults_is_refused_with_every_finding(
    programs: Programs, cast: Cast
) -> None:
    forms = (FOLDER / "forms.yaml").read_text("utf-8")
    files = folder(forms__yaml=forms.replace("examine_filing:", "examine_files:"))

    answer = programs(cast.admin).send("/kinds", file=(packed(files), "filing.zip"))

    assert "forms.yaml" in fields(answer)
    findings: list[dict[str, Any]] = answer.get_json()["findings"]
    assert {"file", "line", "element", "sentence"} <= findings[0].keys()
    assert any("examine_filing" in str(finding) for finding in findings)


def test_what_is_no_package_is_refused(programs: Programs, cast: Cast) -> None:
    admin = programs(cast.admin)
    for content in (b"", b"no archive"):
        answer = admin.send("/kinds", file=(io.BytesIO(content), "kind.zip"))
        assert "压缩包" in fields(answer)["file"]
    assert fields(admin.send("/kinds", file="text")).keys() == {"file"}
    sentence(admin.post("/kinds", {"file": "x"}), 415)


def test_only_an_administrator_deploys(programs: Programs, cast: Cast) -> None:
    for person in (cast.drafter, cast.signer, cast.auditor):
        answer = programs(person).send("/kinds", file=(packed(folder()), "kind.zip"))
        assert "管理员" in sentence(answer, 403)

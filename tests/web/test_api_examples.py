"""The examples of docs/api.md, one after the other."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.cast import Cast
from tests.house.sources import ROOT
from tests.steps import word_file
from tests.web.program import Program, Programs

PAGE = ROOT / "docs/api.md"


@dataclass(frozen=True)
class Example:
    method: str
    address: str
    headers: dict[str, str]
    content: str


def examples() -> Iterator[Example]:
    text = PAGE.read_text(encoding="utf-8")
    for block in re.findall(r"```http\n(.*?)```", text, re.DOTALL):
        head, _, content = block.partition("\n\n")
        first, *lines = head.strip().splitlines()
        method, address = first.split()
        headers = dict(line.split(": ", 1) for line in lines)
        yield Example(method, address, headers, content.strip())


def run(example: Example, program: Program, known: dict[str, Any]) -> Any:
    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]), text)

    options: dict[str, Any] = {"headers": program.headers() | example.headers}
    if "multipart" in example.headers.get("Content-Type", ""):
        fields = dict(line.split("=", 1) for line in example.content.splitlines())
        file = (io.BytesIO(word_file("正文")), fields["file"].removeprefix("@"))
        options["data"] = {**fields, "file": file}
    elif example.content:
        options |= {"data": filled(example.content), "content_type": "application/json"}
    return program.client.open(
        filled(example.address), method=example.method, **options
    )


def test_the_examples_work_as_they_stand(programs: Programs, cast: Cast) -> None:
    drafter = programs(cast.drafter)
    known: dict[str, Any] = {"unit_id": cast.units["housing"]}
    ran = []

    for example in examples():
        answer = run(example, drafter, known)
        assert answer.status_code in {200, 201}, (example.address, answer.text)
        if example.address == "/api/v1/cases":
            known["case_id"] = answer.json["id"]
            known["task_id"] = answer.json["open_tasks"][0]["id"]
        ran.append(answer.status_code)

    assert ran == [200, 201, 200, 200, 201, 200, 200, 200, 200, 200]

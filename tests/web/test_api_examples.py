"""The examples of docs/api.md, one after the other, each as the person it names."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine

from tests.asking import asked_case
from tests.bases import drafted
from tests.cast import Cast
from tests.conftest import NOON_MONDAY
from tests.house.sources import ROOT
from tests.meetings import waiting_case
from tests.papers import number_of, published
from tests.steps import As, bring_to, new_case, word_file
from tests.web.program import Program, Programs

PAGE = ROOT / "docs/api.md"
BLOCK = re.compile(r"(?:<!-- as (\w+) -->\n)?```http\n(.*?)```", re.DOTALL)
Known = dict[str, Any]


@dataclass(frozen=True)
class Example:
    who: str
    method: str
    address: str
    headers: dict[str, str]
    content: str


def examples() -> dict[str, list[Example]]:
    """Return the examples of each section that has some."""
    sections = re.split(r"(?m)^## ", PAGE.read_text(encoding="utf-8"))
    named = {text.partition("\n")[0]: list(_examples(text)) for text in sections}
    return {name: found for name, found in named.items() if found}


def _examples(text: str) -> Iterator[Example]:
    for who, block in BLOCK.findall(text):
        head, _, content = block.partition("\n\n")
        first, *lines = head.strip().splitlines()
        method, address = first.split()
        headers = dict(line.split(": ", 1) for line in lines)
        yield Example(who or "drafter", method, address, headers, content.strip())


def run(example: Example, program: Program, known: Known) -> Any:
    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]), text)

    options: dict[str, Any] = {"headers": program.headers() | example.headers}
    if "multipart" in example.headers.get("Content-Type", ""):
        lines = filled(example.content).splitlines()
        fields = dict(line.split("=", 1) for line in lines)
        file = {
            name: (io.BytesIO(word_file("正文")), value.removeprefix("@"))
            for name, value in fields.items()
            if value.startswith("@")
        }
        options["data"] = {**fields, **file}
    elif example.content:
        options |= {"data": filled(example.content), "content_type": "application/json"}
    return program.client.open(
        filled(example.address), method=example.method, **options
    )


def two_of(attendance: list[Known]) -> Known:
    """Return the ids of the two who are there."""
    first, second = (one["id"] for one in attendance)
    return {"first_id": first, "second_id": second}


def learn(example: Example, said: Any, known: Known) -> None:
    """Keep the ids that later examples of a section ask with."""
    first: Known = next(iter(said.get("items") or said.get("agenda") or ()), {})
    learnt: dict[str, Callable[[], Known]] = {
        "/cases": lambda: {
            "case_id": said["id"],
            "task_id": said["open_tasks"][0]["id"],
        },
        "/cases/{case_id}/bases": lambda: {"basis_id": said.get("id")},
        "/cases/{case_id}/consultation/groups?answer=NEW": lambda: {
            "group_id": first["id"]
        },
        "/meetings": lambda: {"meeting_id": said["id"]},
        "/meetings/{meeting_id}/agenda": lambda: {"item_id": first["id"]},
        "/meetings/{meeting_id}/attendance": lambda: two_of(said["attendance"]),
        "/catalogues/proposals": lambda: {
            "catalogue_id": said["id"],
            "item_id": first["id"],
        },
        "/reconciliations": lambda: {"reconciliation_id": said["id"]},
        "/cleanups": lambda: {"cleanup_id": said["id"], "cleanup_item_id": first["id"]},
        "/bulletins": lambda: {"bulletin_id": said["id"]},
        "/post-assessments": lambda: {"assessment_id": said["id"]},
    }
    if example.address.removeprefix("/api/v1") in learnt:
        known |= learnt[example.address.removeprefix("/api/v1")]()


def hearing_case(as_: As, cast: Cast) -> int:
    case_id = new_case(as_, cast)
    wanted = {"needs_hearing": "yes"}
    bring_to(as_, cast, case_id, "announce_hearing", decide_hearing=wanted)
    return case_id


def reviewed_case(as_: As, cast: Cast) -> int:
    case_id = new_case(as_, cast)
    bring_to(as_, cast, case_id, "draft_opinion")
    return case_id


def document(as_: As, cast: Cast) -> Known:
    library_id = published(as_, cast)
    return {"library_id": library_id, "doc_number": number_of(as_, library_id)}


ARRANGED: dict[str, Callable[[As, Cast], Known]] = {
    "一件事项从登记到办理": lambda _as, _cast: {},
    "条文依据对照表": lambda as_, cast: {"case_id": drafted(as_, cast)},
    "征求意见": lambda as_, cast: {"case_id": asked_case(as_, cast)},
    "听证": lambda as_, cast: {"case_id": hearing_case(as_, cast)},
    "紧急程序": lambda as_, cast: {"case_id": reviewed_case(as_, cast)},
    "法律顾问": lambda as_, cast: {"case_id": new_case(as_, cast)},
    "会议": lambda as_, cast: {"case_id": waiting_case(as_, cast)},
    "年度目录": lambda _as, _cast: {},
    "文件库": document,
    "时限规则和工作日历": lambda _as, _cast: {},
    "应报未报核对": lambda _as, _cast: {},
    "清理": document,
    "后评估": document,
    "统计和情况通报": lambda _as, _cast: {},
}
"""What is there before the first example of a section."""


def test_every_section_with_examples_is_run() -> None:
    assert list(examples()) == list(ARRANGED)


@pytest.mark.parametrize("section", ARRANGED)
def test_the_examples_work_as_they_stand(
    programs: Programs, as_: As, cast: Cast, section: str
) -> None:
    units = {"unit_id": cast.units["housing"], "organ_id": cast.units["city"]}
    known: Known = units | ARRANGED[section](as_, cast)

    with time_machine.travel(NOON_MONDAY, tick=False):
        for example in examples()[section]:
            answer = run(example, programs(cast.people[example.who]), known)
            assert answer.status_code in {200, 201}, (example.address, answer.text)
            learn(example, answer.json, known)

"""Files that attack the reader are refused before anybody looks inside."""

from collections.abc import Callable

import pytest

from tests.kinds.drawing import draw, files_of
from tests.kinds.refusals import MAIN, TABLE, Files, refused
from tests.kinds.soundness import sound_files

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
LAUGHS = b"".join(
    b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
SUBSETS = {
    "empty": b"<!DOCTYPE definitions>",
    "external file": b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "external address": b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter": b'<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    "laughs": b'<!DOCTYPE d [<!ENTITY a0 "ha">' + LAUGHS + b"]>",
    "default": b'<!DOCTYPE d [<!ATTLIST d id CDATA "&a;">]>',
}


@pytest.mark.parametrize("subset", SUBSETS.values(), ids=SUBSETS)
@pytest.mark.parametrize("file", [MAIN, TABLE])
def test_a_doctype_is_refused(file: str, subset: bytes) -> None:
    files = sound_files()
    body = files[file].partition(b"\n")[2]
    files[file] = HEAD + subset + b"\n" + body.replace(b"user_sign", b"&a9;", 1)

    findings = refused(files)

    assert next(one.sentence for one in findings if one.file == file) in (
        "文件里不能有 DOCTYPE 声明。",
        "不是格式正确的 XML 文件。",
    )


def many_nodes(files: Files) -> bytes:
    task = '<bpmn:userTask id="t{}" name="x" />'
    nodes = "".join(task.format(number) for number in range(10_000))
    return files[MAIN].replace(
        b"<bpmn:startEvent", nodes.encode() + b"<bpmn:startEvent"
    )


def deep(files: Files) -> bytes:
    inner = b"<bpmn:documentation>" * 5_000 + b"</bpmn:documentation>" * 5_000
    return files[MAIN].replace(b"<bpmn:startEvent", inner + b"<bpmn:startEvent")


def rather_deep(files: Files) -> bytes:
    inner = b"<bpmn:documentation>" * 60 + b"</bpmn:documentation>" * 60
    return files[MAIN].replace(b"<bpmn:startEvent", inner + b"<bpmn:startEvent")


SHAPES: dict[str, Callable[[Files], bytes]] = {
    "ten thousand nodes": many_nodes,
    "five thousand levels": deep,
    "sixty levels": rather_deep,
    "three megabytes": lambda files: files[MAIN] + b" " * 3_000_000,
    "a huge attribute": lambda files: files[MAIN].replace(
        b'name="user_sign"', b'name="' + b"a" * 11_000_000 + b'"'
    ),
    "nothing": lambda _: b"",
    "no XML": lambda _: b"\x89PNG\r\n",
    "cut off": lambda files: files[MAIN][:-200],
    "two roots": lambda files: files[MAIN] + b"<x />",
    "a NUL": lambda files: files[MAIN].replace(b"user_sign", b"user\x00sign", 1),
    "a lying encoding": lambda files: files[MAIN].replace(b"UTF-8", b"UTF-16", 1),
    "an unknown encoding": lambda files: files[MAIN].replace(b"UTF-8", b"x-evil", 1),
    "a web page": lambda _: b"<html><body onload='x()'></body></html>",
    "another process": lambda files: files["shared/block.bpmn"],
    "the same process twice": lambda files: files[MAIN].replace(
        b"</bpmn:process>",
        b'</bpmn:process><bpmn:process id="sample" isExecutable="true" />',
    ),
    "the same id twice": lambda files: files[MAIN].replace(
        b'id="user_sign"', b'id="user_draft"', 1
    ),
    "an included file": lambda files: files[MAIN].replace(
        b"<bpmn:startEvent",
        b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude"'
        b' href="file:///etc/passwd" parse="text" /><bpmn:startEvent',
    ),
    "an imported file": lambda files: files[MAIN].replace(
        b"<bpmn:process",
        b'<bpmn:import namespace="x" location="http://127.0.0.1:9/x"'
        b' importType="x" /><bpmn:process',
        1,
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_malformed_or_swollen_file_is_refused(
    shape: Callable[[Files], bytes],
) -> None:
    files = sound_files()
    files[MAIN] = shape(files)

    assert MAIN in {one.file for one in refused(files)}


def test_duplicate_ids_are_named_with_their_lines() -> None:
    files = sound_files()
    files[MAIN] = files[MAIN].replace(b'id="user_sign"', b'id="user_draft"', 1)

    twice = [one for one in refused(files) if "重复" in one.sentence]

    assert {one.element for one in twice} == {"user_draft"}
    assert len({one.line for one in twice}) == 2


def test_processes_that_call_each_other_are_refused() -> None:
    there = draw("there", [("start_t", "call_t"), ("call_t", "end_t")],
                 calls={"call_t": "back"}, gives=["x"])  # fmt: skip
    back = draw("back", [("start_k", "call_k"), ("call_k", "end_k")],
                calls={"call_k": "there"}, gives=["y"])  # fmt: skip
    main = draw(
        "sample",
        [("start_a", "call_a"), ("call_a", "end_a")],
        calls={"call_a": "there"},
    )

    findings = refused(files_of(main, shared={"there": there, "back": back}))

    said = {(one.file, one.element, one.sentence) for one in findings}
    assert ("shared/there.bpmn", "call_t", "流程“back”会循环调用自己。") in said
    assert ("shared/back.bpmn", "call_k", "流程“there”会循环调用自己。") in said


@pytest.mark.parametrize("name", ["../evil.bpmn", "/etc/evil.bpmn", "letters/../../x"])
def test_a_file_outside_the_folder_is_refused(name: str) -> None:
    files = sound_files() | {name: b"x"}

    assert name in {one.file for one in refused(files)}


def test_too_many_files_are_refused() -> None:
    files = sound_files() | {f"letters/{n}.txt": b"x" for n in range(300)}

    assert "kind.yaml" in {one.file for one in refused(files)}

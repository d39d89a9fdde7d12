import io
import zipfile

import pytest

from reviewflow.errors import Invalid
from reviewflow.kinds.gathering import gather
from reviewflow.kinds.packed import unpack
from reviewflow.runtime import SHIPPED

SHARED = SHIPPED / "shared"
FOLDER = SHIPPED / "normative_document"
Files = dict[str, bytes | str]


def packed(files: Files) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    stream.seek(0)
    return stream


def folder(top: str = "") -> Files:
    return {
        top + path.relative_to(FOLDER).as_posix(): path.read_bytes()
        for path in FOLDER.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("top", ["", "normative_document/", "bpmn/normative_document/"])
def test_a_packed_folder_is_the_folder(top: str) -> None:
    files = folder(top)
    files["__MACOSX/._kind.yaml.txt"] = b"\xff"
    files[f"{top}README.md"] = "not part of a kind"
    files[f"{top}letters/drafts/old.txt"] = "too deep"

    assert unpack(packed(files), SHARED) == gather(FOLDER)


@pytest.mark.parametrize(
    ("top", "beside"),
    [
        ("", "shared/"),
        ("normative_document/", "shared/"),
        ("normative_document/", "normative_document/shared/"),
        ("bpmn/normative_document/", "bpmn/shared/"),
    ],
)
def test_a_shared_file_in_the_package_comes_before_the_one_here(
    top: str, beside: str
) -> None:
    files = folder(top)
    files[f"{beside}counsel.forms.yaml"] = "own: {}"

    found = unpack(packed(files), SHARED)

    assert found["shared/counsel.forms.yaml"] == b"own: {}"
    assert found.keys() == gather(FOLDER).keys()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "只有一个流程文件夹"),
        ({"a/kind.yaml": "", "b/kind.yaml": ""}, "只有一个流程文件夹"),
        ({"kind.yaml": "", "../process.bpmn": ""}, "路径不安全"),
        ({"kind.yaml": "", "/etc/process.bpmn": ""}, "路径不安全"),
        ({"kind.yaml": "", "..\\process.bpmn": ""}, "路径不安全"),
        ({"kind.yaml": b"0" * (5 << 20)}, "过大"),
        (
            {
                "kind.yaml": "",
                **{f"letters/{n}.txt": b"0" * (4 << 20) for n in range(5)},
            },
            "解压后过大",
        ),
        ({f"letters/{n}.txt": "" for n in range(1001)}, "文件过多"),
        ({"kind.yaml": b"\xff\xfe"}, "UTF-8"),
    ],
)
def test_an_unsafe_package_is_refused(files: Files, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        unpack(packed(files), SHARED)


@pytest.mark.parametrize(
    "kind_yaml", ["[1", "calls: [../../x, '\\0', 7]", 'calls: ["\\0"]', "calls: {a: b}"]
)
def test_a_kind_yaml_that_makes_no_sense_is_left_to_the_check(kind_yaml: str) -> None:
    assert unpack(packed({"kind.yaml": kind_yaml}), SHARED) == {
        "kind.yaml": kind_yaml.encode()
    }


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("kind.yaml")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    with pytest.raises(Invalid, match="不安全"):
        unpack(stream, SHARED)


@pytest.mark.parametrize("cut", [0, 10, -40])
def test_a_broken_package_is_refused(cut: int) -> None:
    whole = packed(folder()).getvalue()
    with pytest.raises(Invalid, match="压缩包"):
        unpack(io.BytesIO(whole[:cut]), SHARED)


def test_a_file_whose_size_lies_is_refused() -> None:
    whole = packed({"kind.yaml": "key: x"}).getvalue()
    lying = whole.replace(b"\x06\x00\x00\x00kind", b"\x07\x00\x00\x00kind")
    flipped = whole.replace(b"key: x", b"key: y")
    for content in (lying[:-1], flipped[:30] + b"\xff" * 20 + flipped[50:]):
        with pytest.raises(Invalid):
            unpack(io.BytesIO(content), SHARED)

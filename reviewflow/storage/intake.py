"""Whether an uploaded file is what its name says, and safe to keep."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

from reviewflow.errors import Invalid

MEGABYTE = 1 << 20
LARGEST_BYTES = 50 * MEGABYTE
LARGEST_UNPACKED = 500 * MEGABYTE
MOST_ENTRIES = 5_000
HIGHEST_RATIO = 100
LARGEST_XML = 64 * MEGABYTE
OLD_FORM = bytes.fromhex("D0CF11E0A1B11AE1")
"""How files of the old Office begin, and new ones under a password."""
LOCKED = (
    "文件设有打开密码，或者是旧格式换了扩展名，不能读取。"
    "请取消密码、另存为 {ending} 后上传。"
)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of file that may be filed."""

    ending: str
    media_type: str
    magic: bytes
    member: str | None = None
    """For archives: the part that makes it this sort."""


OOXML = "application/vnd.openxmlformats-officedocument."
SORTS = {
    sort.ending: sort
    for sort in (
        Sort("pdf", "application/pdf", b"%PDF-"),
        Sort("jpg", "image/jpeg", b"\xff\xd8\xff"),
        Sort("jpeg", "image/jpeg", b"\xff\xd8\xff"),
        Sort("png", "image/png", b"\x89PNG\r\n\x1a\n"),
        Sort(
            "docx",
            f"{OOXML}wordprocessingml.document",
            b"PK\x03\x04",
            "word/document.xml",
        ),
        Sort("xlsx", f"{OOXML}spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"),
        Sort("ofd", "application/ofd", b"PK\x03\x04", "OFD.xml"),
    )
}
ACCEPTED = (
    "仅接受 docx、pdf、ofd、xlsx、jpg、png；请将 .doc、.wps 另存为 .docx 后上传。"
)


def check_upload(name: str, source: BinaryIO) -> Sort:
    """Return the sort of a file after looking into it.

    Args:
        name: File name as uploaded.
        source: The open file; read from its beginning.

    Raises:
        Invalid: Wrong ending, wrong content, too large, or unsafe inside.
    """
    sort = SORTS.get(name.rpartition(".")[2].lower())
    if sort is None:
        raise _refuse(ACCEPTED)
    size_bytes = source.seek(0, 2)
    if size_bytes > LARGEST_BYTES:
        raise _refuse("文件超过 50 MB，请压缩图片或拆分后上传。")
    if size_bytes == 0:
        raise _refuse("文件是空的，请重新选择。")
    source.seek(0)
    first = source.read(len(OLD_FORM))
    if first == OLD_FORM and sort.member is not None:
        raise _refuse(LOCKED.format(ending=sort.ending))
    if not first.startswith(sort.magic):
        raise _refuse(f"文件内容不是 {sort.ending} 格式，请用原软件重新保存后上传。")
    if sort.member is not None:
        _check_archive(sort, source)
    return sort


def _check_archive(sort: Sort, source: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(source) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            names = {entry.filename for entry in entries}
            if sort.member not in names:
                raise _refuse(f"文件内容不是 {sort.ending} 格式，请重新保存后上传。")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise _refuse("文件含有宏，请去除宏后上传。")
            read_xml(archive, sort.member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _refuse("文件已损坏或已加密，请重新保存后上传。") from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > LARGEST_UNPACKED
        or unpacked / packed > HIGHEST_RATIO
    ):
        raise _refuse("文件解压后过大，不能接收。请重新生成后上传。")
    if any(_leaves_folder(entry.filename) for entry in entries):
        raise _refuse("文件内部路径不安全，不能接收。")


def _leaves_folder(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def read_xml(
    archive: zipfile.ZipFile, member: str, most: int = LARGEST_XML
) -> etree._Element:
    """Return a part of a packed file, read for real: a lying size hides no bomb.

    Args:
        archive: The open file.
        member: Name of the part.
        most: How many bytes it may have, unpacked.

    Raises:
        Invalid: It is too large, no XML, or defines entities.
    """
    with archive.open(member) as part:
        text = part.read(most + 1)
    if len(text) > most:
        raise _refuse("文件解压后过大，不能接收。请重新生成后上传。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise _refuse("文件已损坏，请重新保存后上传。") from error
    if tree.getroottree().docinfo.doctype:
        raise _refuse("文件含有外部定义，不能接收。")
    return tree


def _refuse(sentence: str) -> Invalid:
    return Invalid({"file": sentence})

"""Files nobody should send: bombs, slips, wrong contents, hostile names."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.steps import word_file

MEGABYTE = 1 << 20
MAIN = "word/document.xml"
PLAIN = b"<w:document xmlns:w='urn:w'/>"
ENTITIES = b"""<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><d>&d;</d>"""
OUTSIDE = b"""<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>"""
Members = Mapping[str, bytes]


def packed(members: Members) -> bytes:
    """Return a zip file with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_main(text: bytes) -> bytes:
    """Return a Word file with that main part."""
    return packed({MAIN: text, "[Content_Types].xml": b"<Types/>"})


def many_entries() -> bytes:
    """Return a Word file with a hundred thousand empty parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(MAIN, PLAIN)
        for place in range(100_000):
            archive.writestr(str(place), b"")
    return stream.getvalue()


def lying_about_its_size() -> bytes:
    """Return a bomb whose directory claims that the main part is small."""
    bomb = bytearray(packed({MAIN: b"<d>" + b" " * 80 * MEGABYTE + b"</d>"}))
    claimed = struct.pack("<I", 1000)
    directory = bomb.rindex(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = claimed
    bomb[22:26] = claimed
    return bytes(bomb)


def encrypted() -> bytes:
    """Return a Word file whose main part says it is encrypted."""
    whole = bytearray(with_main(PLAIN))
    directory = whole.index(b"PK\x01\x02")
    whole[6] |= 1
    whole[directory + 8] |= 1
    return bytes(whole)


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # what: name, content, words of the refusal
    "a bomb": ("a.docx", lambda: with_main(b"0" * 300 * MEGABYTE), "解压后过大"),
    "a bomb that lies": ("a.docx", lying_about_its_size, "损坏|过大"),
    "a bomb in another part": (
        "a.docx",
        lambda: packed({MAIN: PLAIN, "word/media/x": b"\0" * 200 * MEGABYTE}),
        "解压后过大",
    ),
    "too many parts": ("a.docx", many_entries, "解压后过大"),
    "a path upwards": (
        "a.docx",
        lambda: packed({MAIN: PLAIN, "../../etc/cron.d/x": b"x"}),
        "路径不安全",
    ),
    "a path from the root": (
        "a.xlsx",
        lambda: packed({"xl/workbook.xml": b"<x/>", "/etc/x": b"x"}),
        "路径不安全",
    ),
    "a path of Windows": (
        "a.docx",
        lambda: packed({MAIN: PLAIN, "..\\..\\x": b"x"}),
        "路径不安全",
    ),
    "entities that grow": ("a.docx", lambda: with_main(ENTITIES), "外部定义|损坏"),
    "an entity from outside": ("a.docx", lambda: with_main(OUTSIDE), "外部定义"),
    "an entity in a sheet": (
        "a.xlsx",
        lambda: packed({"xl/workbook.xml": OUTSIDE}),
        "外部定义",
    ),
    "an entity in an OFD": ("a.ofd", lambda: packed({"OFD.xml": OUTSIDE}), "外部定义"),
    "no XML": ("a.docx", lambda: with_main(b"not xml"), "损坏"),
    "deep XML": (
        "a.docx",
        lambda: with_main(b"<a>" * 100_000 + b"</a>" * 100_000),
        "损坏|过大",
    ),
    "a macro": (
        "a.docx",
        lambda: packed({MAIN: PLAIN, "word/vbaProject.bin": b"x"}),
        "含有宏",
    ),
    "a macro in disguise": (
        "a.docx",
        lambda: packed({MAIN: PLAIN, "word/VBAPROJECT.BIN": b"x"}),
        "含有宏",
    ),
    "a password": ("a.docx", encrypted, "加密"),
    "half a file": ("a.docx", lambda: word_file("甲")[:2000], "损坏"),
    "a sheet as a text": (
        "a.docx",
        lambda: packed({"xl/workbook.xml": b"<x/>"}),
        "不是 docx",
    ),
    "a program as a picture": ("a.png", lambda: b"MZ\x90\x00" * 100, "不是 png"),
    "a page as a PDF": ("a.pdf", lambda: b"<html><script>", "不是 pdf"),
    "a text as a picture": ("a.jpg", lambda: word_file("甲"), "不是 jpg"),
    "a program": ("a.exe", lambda: b"MZ", "仅接受"),
    "a page": ("a.html", lambda: b"<html>", "仅接受"),
    "a drawing": ("a.svg", lambda: b"<svg onload='x'/>", "仅接受"),
    "an old text": ("a.doc", lambda: b"\xd0\xcf\x11\xe0", "另存为 .docx"),
    "a text with macros": ("a.docm", lambda: word_file("甲"), "仅接受"),
    "no ending": ("a", lambda: word_file("甲"), "仅接受"),
    "two endings": ("a.docx.exe", lambda: word_file("甲"), "仅接受"),
    "an end hidden by zero": ("a.exe\x00.docx", lambda: b"MZ", "不是 docx"),
    "nothing": ("a.docx", lambda: b"", "空的"),
    "a byte too many": (
        "a.pdf",
        lambda: b"%PDF-" + b"0" * (50 * MEGABYTE - 4),
        "50 MB",
    ),
    "no name": ("", lambda: word_file("甲"), "选择"),
    "a name of dots": ("...", lambda: word_file("甲"), "选择|仅接受"),
}

NAMES = (
    "../../../etc/passwd.docx",
    "..\\..\\windows\\x.docx",
    "/etc/cron.d/x.docx",
    "a\r\nSet-Cookie: x=1.docx",
    "名\x00字.docx",
    '<img src=x onerror="alert(1)">.docx',
    "长" * 300 + ".docx",
    "CON.docx",
    "=HYPERLINK(1).docx",
    "a\u202excod.docx",
    "\ud800.docx",
    "a\u2028b.docx",
)

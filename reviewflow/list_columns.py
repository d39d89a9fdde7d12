"""What the columns of a list of issued documents are, and what they are called."""

import hashlib
from collections.abc import Sequence

COLUMNS = {
    # field: what it is, on the page
    "title": "文件名称",
    "doc_number": "发文字号",
    "issued_on": "发文日期",
    "maker": "制定机关",
}
NEEDED = ("title", "issued_on")
GUESSES = {
    # field: headings under which it is usually found
    "title": ("文件名称", "文件标题", "标题", "名称", "题名", "文件题名"),
    "doc_number": ("发文字号", "文号", "发文号", "文件编号", "文件字号"),
    "issued_on": ("发文日期", "成文日期", "印发日期", "公布日期", "发布日期", "日期"),
    "maker": ("制定机关", "发文机关", "发文单位", "发布机关", "责任者"),
}


def headings_digest(headings: Sequence[str]) -> str:
    """Return by what the headings of a sheet are known again."""
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Return which heading is probably which field, as far as it can be told."""
    return {
        field: next(name for name in names if name in headings)
        for field, names in GUESSES.items()
        if any(name in headings for name in names)
    }

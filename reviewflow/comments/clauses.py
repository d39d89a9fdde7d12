"""To which provision a comment speaks, written one way."""

import re
import unicodedata

ARTICLE = re.compile(r"第?\s*([0-9]{1,4})\s*条")
DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")
WHOLE = frozenset({"", "全文", "整体", "总体", "无", "-", "/"})


def clause(text: str) -> str:
    """Return 第八条 for 第 8 条 or 8条; nothing for the whole."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if plain in WHOLE:
        return ""
    return ARTICLE.sub(lambda found: f"第{chinese(int(found[1]))}条", plain)


def chinese(number: int) -> str:
    """一, 十, 十二, 一百零二: as provisions are numbered, up to 9999."""
    text, gap = "", False
    digits = str(number)
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[int(digit)] + UNITS[place]
        gap = False
    return text[1:] if text.startswith("一十") else text

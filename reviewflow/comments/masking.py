"""What everybody may read of a comment: neither names nor numbers.

Source: product rule SOD-10; 《个人信息保护法》第六条 (no more than is needed).
"""

import re
from collections.abc import Iterable

HIDDEN = "（号码已隐去）"
SEPARATED = r"[\s\-－—]?"
MAIL = r"[A-Za-z0-9._+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,24}"
NUMBERS = re.compile(
    "|".join(
        (
            MAIL,
            r"(?<![0-9０-９])(?:\d" + SEPARATED + r"){14,19}[\dXxＸｘ](?!\d)",  # cards
            r"(?<!\d)(?:[+＋]?8\s?6[\s\-]?)?[1１][3-9３-９](?:"
            + SEPARATED
            + r"\d){9}(?!\d)",  # mobile
            r"(?<!\d)[（(]?0\d{2,3}[)）]?[\s\-－—]?\d{7,8}(?!\d)",  # landline
        )
    )
)
SHORTEST_NAME = 2


def mask_name(name: str) -> str:
    """Return 朱** for 朱红梅, whatever the length; nothing for nothing."""
    plain = name.strip()
    return f"{plain[0]}**" if plain else ""


def mask_text(text: str, names: Iterable[str] = ()) -> str:
    """Return a text without telephone, identity and card numbers and addresses.

    Args:
        text: As it was written.
        names: Of those who wrote it; masked where the text says them.
    """
    shown = NUMBERS.sub(HIDDEN, text)
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) >= SHORTEST_NAME:
            shown = shown.replace(name, mask_name(name))
    return shown

"""Printed pages as PDF: the one place that knows WeasyPrint, which may be absent."""

import hashlib
from functools import cache

from reviewflow.errors import Unavailable

NOT_INSTALLED = "本机未安装 PDF 组件，请用浏览器打印。"


@cache
def makes_pdf() -> bool:
    """WeasyPrint and the Pango library of the system are there.

    Asked once in each process: what is installed later counts after a restart.
    """
    try:
        import weasyprint  # noqa: F401, PLC0415 # large, and seldom needed
    except (ImportError, OSError):  # the package is missing, or Pango
        return False
    return True


def to_pdf(page: str, style: str) -> bytes:
    """Return a page as PDF; the same page is the same file.

    Nothing is fetched: no picture, no other sheet, from no network and no disk.
    Fonts are those of the system.

    Args:
        page: The whole page, as HTML.
        style: Its style sheet.

    Raises:
        Unavailable: The component is not installed.
    """
    if not makes_pdf():
        raise Unavailable(NOT_INSTALLED)
    from weasyprint import CSS, HTML  # noqa: PLC0415 # as above
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    nothing = URLFetcher(allowed_protocols=())
    sheet = CSS(string=style, url_fetcher=nothing)
    name = hashlib.sha256((page + style).encode()).digest()[:16]
    made: bytes = HTML(string=page, url_fetcher=nothing).write_pdf(
        stylesheets=[sheet], pdf_identifier=name
    )
    return made

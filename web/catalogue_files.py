"""A yearly catalogue as a file, and what it is called."""

from io import BytesIO

from flask import Response, send_file

from reviewflow.letters.workbook import MEDIA_TYPE, workbook
from reviewflow.queries.catalogues import CataloguePage, catalogue_sheet
from web.labels import label


def as_workbook(page: CataloguePage) -> Response:
    """Return a catalogue as an Excel file."""
    title = title_of(page)
    words = [label(row.item.category) for row in page.listed]
    content = workbook([catalogue_sheet(page, title, words)])
    return send_file(
        BytesIO(content),
        mimetype=MEDIA_TYPE,
        as_attachment=True,
        download_name=f"{title}.xlsx",
    )


def title_of(page: CataloguePage) -> str:
    """Return the official title of a catalogue."""
    one = page.catalogue
    return f"{one.organ.name}{one.year}年度{label(one.sort)}"

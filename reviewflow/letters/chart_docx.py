"""Charts in a Word file: drawn by the word processor from numbers kept in the file."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as DocumentFile
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.styles.style import ParagraphStyle

from reviewflow.letters.table_docx import clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = f"{OFFICE}/relationships/chart"
NAMES = (
    f'xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" '
    f'xmlns:r="{OFFICE}/relationships"'
)
WIDTH, LOWEST, ROW = Mm(150), Mm(62), Mm(8)
"""A chart is as broad as the text; one of lying bars grows with their number."""
COLOURS = ("2F5597", "9DC3E6", "C55A11")
TEXT = (
    '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900">'
    '<a:latin typeface="宋体"/><a:ea typeface="宋体"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)
LABELS = (
    '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    "</c:dLbls>"
)
LETTERS = "BCDEFGH"
"""Columns of the sheet that the numbers are said to come from; there is none."""


class Series(NamedTuple):
    """Numbers that belong together."""

    name: str
    values: Sequence[int]


class Chart(NamedTuple):
    """What is drawn: `column`, `bar` (lying) or `line`; a number for each label."""

    sort: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]


def add_chart(document: DocumentFile, chart: Chart, style: ParagraphStyle) -> None:
    """Draw a chart at the end of a document.

    Args:
        document: The Word file.
        chart: Its numbers are kept with it, so that no workbook is needed.
        style: Of the paragraph it stands in; its lines must not be of fixed height.
    """
    number = 1 + sum(
        1 for relation in document.part.rels.values() if relation.reltype == RELATION
    )
    name = PackURI(f"/word/charts/chart{number}.xml")
    part = Part(name, CONTENT_TYPE, chart_xml(chart).encode(), document.part.package)
    key = document.part.relate_to(part, RELATION)
    rows = len(chart.labels) + 2 if chart.sort == "bar" else 0
    height = max(int(LOWEST), int(ROW) * rows)
    paragraph = document.add_paragraph(style=style)
    drawing = _drawing(key, number, chart.title, height)
    run = paragraph.add_run().element
    run.append(parse_xml(drawing))  # type: ignore[arg-type] # its stubs are apart


def chart_xml(chart: Chart) -> str:
    """Return the part of the file that is the chart."""
    series = "".join(_series(chart, place) for place in range(len(chart.series)))
    axes = '<c:axId val="1001"/><c:axId val="1002"/>'
    if chart.sort == "line":
        plot = (
            '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
            f'{series}{LABELS}<c:marker val="1"/>{axes}</c:lineChart>'
        )
    else:
        side = "bar" if chart.sort == "bar" else "col"
        plot = (
            f'<c:barChart><c:barDir val="{side}"/><c:grouping val="clustered"/>'
            f'<c:varyColors val="0"/>{series}{LABELS}<c:gapWidth val="80"/>{axes}'
            "</c:barChart>"
        )
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace {NAMES}><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f"{plot}{_axes(chart.sort)}</c:plotArea>"
        f"{legend if len(chart.series) > 1 else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{TEXT}</c:chartSpace>"
    )


def _series(chart: Chart, place: int) -> str:
    one, colour = chart.series[place], COLOURS[place % len(COLOURS)]
    column, last = LETTERS[place % len(LETTERS)], len(chart.labels) + 1
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    shape = f"<c:spPr>{fill}</c:spPr>"
    marker = '<c:invertIfNegative val="0"/>'
    if chart.sort == "line":
        shape = f'<c:spPr><a:ln w="28575">{fill}</a:ln></c:spPr>'
        marker = f'<c:marker><c:symbol val="circle"/><c:spPr>{fill}</c:spPr></c:marker>'
    smooth = '<c:smooth val="0"/>' if chart.sort == "line" else ""
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx>{_texts(f'Sheet1!${column}$1', [one.name])}</c:tx>{shape}{marker}"
        f"<c:cat>{_texts(f'Sheet1!$A$2:$A${last}', chart.labels)}</c:cat>"
        f"<c:val>{_numbers(f'Sheet1!${column}$2:${column}${last}', one.values)}</c:val>"
        f"{smooth}</c:ser>"
    )


def _texts(where: str, texts: Sequence[str]) -> str:
    points = _points([escape(clean(text)) for text in texts])
    return f"<c:strRef><c:f>{where}</c:f><c:strCache>{points}</c:strCache></c:strRef>"


def _numbers(where: str, values: Sequence[int]) -> str:
    points = _points([str(value) for value in values])
    return (
        f"<c:numRef><c:f>{where}</c:f><c:numCache>"
        f"<c:formatCode>General</c:formatCode>{points}</c:numCache></c:numRef>"
    )


def _points(values: Sequence[str]) -> str:
    told = (
        f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>'
        for place, value in enumerate(values)
    )
    return f'<c:ptCount val="{len(values)}"/>{"".join(told)}'


def _axes(sort: str) -> str:
    """Return both axes; lying bars are read from above."""
    is_lying = sort == "bar"
    first, second = ("l", "b") if is_lying else ("b", "l")
    order = "maxMin" if is_lying else "minMax"
    grid = '<a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln>'
    return (
        f'<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="{order}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{first}"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="low"/><c:crossAx val="1002"/><c:crosses val="autoZero"/>'
        '</c:catAx><c:valAx><c:axId val="1002"/><c:scaling>'
        '<c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{second}"/>'
        f"<c:majorGridlines><c:spPr>{grid}</c:spPr></c:majorGridlines>"
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="1001"/><c:crosses val="{"max" if is_lying else "autoZero"}"/>'
        "</c:valAx>"
    )


def _drawing(key: str, number: int, title: str, height: int) -> str:
    frame = f"{DRAWING}/wordprocessingDrawing"
    return (
        f'<w:drawing xmlns:w="{WORDS}" xmlns:wp="{frame}" {NAMES}>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(WIDTH)}" cy="{height}"/>'
        f'<wp:docPr id="{1000 + number}" name="chart{number}" '
        f"descr={quoteattr(title)}/>"
        "<wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{DRAWING}/chart"><c:chart r:id="{key}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )

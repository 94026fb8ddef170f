"""Pieces of WordprocessingML, written out as text; lengths in millimetres, sizes of type in points."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"

RED = "FF0000"

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def emu(mm: float) -> int:
    return round(mm * 36000)


def fonts(face: str) -> str:
    """All four slots named, none left to a theme; the hint makes “ ” … — Chinese characters."""
    slots = " ".join(f'w:{slot}="{face}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def run(text: str, size: float, face: str = FANGSONG, *, colour: str = "", spread: float = 0) -> str:
    """One run; a tab in the text is a tab.

    spread: points added between characters, in place of what the page's character grid would add.
    """
    properties = fonts(face)
    if spread:
        properties += '<w:snapToGrid w:val="0"/>'
    if colour:
        properties += f'<w:color w:val="{colour}"/>'
    if spread:
        properties += f'<w:spacing w:val="{round(spread * 20)}"/>'
    properties += f'<w:kern w:val="0"/><w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    pieces = []
    for number, piece in enumerate(text.split("\t")):
        pieces.append("<w:tab/>" * bool(number))
        pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "")
    return f"<w:r><w:rPr>{properties}</w:rPr>{''.join(pieces)}</w:r>"


def field(code: str, size: float, face: str) -> str:
    """A field the office suite works out itself, such as PAGE."""
    properties = (
        f'<w:rPr>{fonts(face)}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    )
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{properties}{part}</w:r>" for part in parts)


@dataclass(frozen=True)
class Paragraph:
    """How a paragraph is set; line: exact pitch in twips, 0 for single spacing."""

    line: int = 0
    align: str = "both"
    indent: str = ""
    keep_next: bool = False
    tabs: str = ""
    frame: str = ""
    before: int = 0
    after: int = 0

    def around(self, runs: str) -> str:
        """A paragraph set so."""
        return f"<w:p><w:pPr>{self.properties()}</w:pPr>{runs}</w:p>"

    def properties(self) -> str:
        """What stands in its pPr, in the schema's order."""
        spacing = f'<w:spacing w:before="{self.before}" w:after="{self.after}"'
        spacing += (
            f' w:line="{self.line}" w:lineRule="exact"/>'
            if self.line
            else ' w:line="240" w:lineRule="auto"/>'
        )
        return (
            "<w:keepNext/><w:keepLines/>" * self.keep_next
            + (f"<w:framePr {self.frame}/>" if self.frame else "")
            + (f"<w:tabs>{self.tabs}</w:tabs>" if self.tabs else "")
            + '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
            + spacing
            + (f"<w:ind {self.indent}/>" if self.indent else "")
            + f'<w:jc w:val="{self.align}"/>'
        )


@dataclass(frozen=True)
class Style:
    """A named way to set a paragraph, so that an office can change all its like at once."""

    identity: str
    name: str
    paragraph: Paragraph
    size: float
    face: str

    def around(self, text: str) -> str:
        """A paragraph of this style, holding one run or none."""
        words = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
        held = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{words}</w:r>' if text else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{self.identity}"/></w:pPr>{held}</w:p>'

    def definition(self) -> str:
        """The style, for the part that holds them."""
        half = round(self.size * 2)
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.identity}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="a"/><w:qFormat/><w:pPr>{self.paragraph.properties()}</w:pPr>'
            f'<w:rPr>{fonts(self.face)}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
        )


def drawn_rule(number: int, name: str, top: float, thickness: float, length: float, colour: str) -> str:
    """A run holding one rule: a filled rectangle, centred, its upper edge so many mm from the page's."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="'
        f'{251658240 + number}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="page"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{emu(top)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{emu(length)}" cy="{emu(thickness)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:wrapNone/><wp:docPr id="{number}" name="{name}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        "<wps:wsp><wps:cNvSpPr/><wps:spPr>"
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(length)}" cy="{emu(thickness)}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


@dataclass(frozen=True)
class Cell:
    """One cell of a row that lies between two of the table's vertical lines, given in mm from its left.

    merge: "restart" or "continue" where the cell goes on over the rows below. open: sides without a rule.
    """

    left: float
    right: float
    content: str
    vertical: str = "center"
    merge: str = ""
    open: tuple[str, ...] = ()


def table(
    edges: Sequence[float], rows: Sequence[str], *, line: int = 4, outer: int = 8, padding: float = 1.2
) -> str:
    """A table of fixed columns. line, outer: weight of the inner and outer rules in eighths of a point."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{outer if side in _OUTER else line}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{twips(b) - twips(a)}"/>' for a, b in itertools.pairwise(edges))
    margins = "".join(
        f'<w:{side} w:w="{twips(width)}" w:type="dxa"/>'
        for side, width in (("top", 0.6), ("left", padding), ("bottom", 0.6), ("right", padding))
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(edges[-1])}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


_OUTER = ("top", "left", "bottom", "right")


def table_row(
    edges: Sequence[float],
    cells: Sequence[Cell],
    height: float,
    *,
    may_break: bool = False,
    header: bool = False,
) -> str:
    """One row, at least so many mm high."""
    properties = "<w:cantSplit/>" * (not may_break)
    properties += f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>' + "<w:tblHeader/>" * header
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(_cell(edges, cell) for cell in cells)}</w:tr>"


def _cell(edges: Sequence[float], cell: Cell) -> str:
    span = edges.index(cell.right) - edges.index(cell.left)
    properties = f'<w:tcW w:w="{twips(cell.right) - twips(cell.left)}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' * (span > 1)
    properties += f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    sides = "".join(f'<w:{side} w:val="nil"/>' for side in cell.open)
    properties += f"<w:tcBorders>{sides}</w:tcBorders>" if sides else ""
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="{cell.vertical}"/></w:tcPr>{cell.content}</w:tc>'

"""A Word file that is one table on landscape A4 pages: for registers that are kept in a binder.

Its head is repeated on every page, no row breaks across two, the foot counts the pages; the same rows give the
same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.documents.docx_package import pack, write_package
from desktop_app.documents.template_pieces import printable

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# 宋体 and 黑体 are on every Chinese Windows and stand in for themselves on Kylin and UOS.
_BODY, _HEADING = "宋体", "黑体"
_SIDE, _TOP, _BOTTOM = 15.0, 20.0, 15.0
"""Margins in millimetres; the top leaves room for the holes of a binder."""
WIDTH = 297.0 - 2 * _SIDE
"""What the columns together take, in millimetres."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, its width in millimetres, and whether its words stand in the middle."""

    title: str
    width: float
    centred: bool = False


def table_document(
    title: str, note: str, columns: Sequence[TableColumn], rows: Iterable[Sequence[str]]
) -> bytes:
    """The file. The widths of the columns are scaled to the page; a row has one text for each of them."""
    scale = WIDTH / sum(column.width for column in columns)
    widths = [_twips(column.width * scale) for column in columns]
    head = _row([column.title for column in columns], widths, [True] * len(columns), header=True)
    centred = [column.centred for column in columns]
    body = "".join(_row(row, widths, centred) for row in rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    document = (
        f"<w:document {_W} {_R}><w:body>{_line(title, 'Title')}{_line(note, 'Note')}"
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{head}{body}</w:tbl>"
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
        f"{_section()}</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relationships(("styles", "styles.xml"), ("footer", "footer1.xml")),
        "word/styles.xml": _styles(),
        "word/footer1.xml": _footer(),
    }
    return write_package([pack(name, (_HEAD + xml).encode()) for name, xml in parts.items()])


def _row(texts: Sequence[str], widths: Sequence[int], centred: Sequence[bool], header: bool = False) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_line(text, 'Heading' if header else 'Middle' if middle else 'Cell')}</w:tc>"
        for text, width, middle in zip(texts, widths, centred, strict=True)
    )
    properties = '<w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/>' + "<w:tblHeader/>" * header
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _line(text: str, style: str) -> str:
    words = printable(text, "", []).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    run = f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run if text else ""}</w:p>'


def _section() -> str:
    margins = " ".join(
        f'w:{name}="{_twips(length)}"'
        for name, length in (
            *(("top", _TOP), ("right", _SIDE), ("bottom", _BOTTOM), ("left", _SIDE)),
            *(("header", 8.0), ("footer", 7.0), ("gutter", 0.0)),
        )
    )
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        f'<w:pgSz w:w="{_twips(297)}" w:h="{_twips(210)}" w:orient="landscape"/><w:pgMar {margins}/></w:sectPr>'
    )


def _footer() -> str:
    def counted(code: str) -> str:
        return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def said(words: str) -> str:
        return (
            f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'
        )

    words = f"{said('第 ')}{counted('PAGE')}{said(' 页，共 ')}{counted('NUMPAGES')}{said(' 页')}"
    return f'<w:ftr {_W} {_R}><w:p><w:pPr><w:pStyle w:val="Middle"/></w:pPr>{words}</w:p></w:ftr>'


def _styles() -> str:
    styles = "".join(
        _style(*one)
        for one in (
            ("Title", "标题", _HEADING, 36, "center", 120),
            ("Note", "说明", _BODY, 20, "left", 80),
            ("Heading", "栏目名", _HEADING, 20, "center", 0),
            ("Cell", "栏目内容", _BODY, 19, "left", 0),
            ("Middle", "栏目内容（居中）", _BODY, 19, "center", 0),
        )
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
    )
    grid = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="登记簿"/><w:tblPr>'
        f"<w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_BODY)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    return f"<w:styles {_W}>{defaults}{styles}{grid}</w:styles>"


def _style(identity: str, name: str, face: str, half_points: int, side: str, after: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identity}"><w:name w:val="{name}"/>'
        f'<w:pPr><w:spacing w:before="0" w:after="{after}"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:rPr>{_fonts(face)}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
    )


def _fonts(face: str) -> str:
    """All four slots named, none left to a theme."""
    return (
        "<w:rFonts " + " ".join(f'w:{slot}="{face}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs")) + "/>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{lines}</Relationships>'


_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/></Types>'
)


def _twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)

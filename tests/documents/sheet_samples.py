"""Workbooks for tests: good ones, and ones written part by part that no program would make."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl

EXCEL_97 = Path(__file__).parents[1] / "data" / "messages-excel97.xls"
HEADER = ("留言编号", "留言主题", "留言时间", "留言详情")

_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

SHEET_START = f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'
SHEET_END = "</sheetData></worksheet>"

_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_BOOK = (
    f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="留言" sheetId="1" r:id="r1"/></sheets></workbook>'
)


def _relations(**targets: str) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in ((key, value.split(" ")) for key, value in targets.items())
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def write_xlsx(path: Path, sheet: Iterable[str | bytes], shared: str | None = None) -> Path:
    """An .xlsx whose only sheet has exactly these bytes, streamed, so that they may be many."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _relations(r1="officeDocument xl/workbook.xml"))
        package.writestr("xl/workbook.xml", _BOOK)
        related = {"r1": "worksheet worksheets/sheet1.xml", "r2": "sharedStrings sharedStrings.xml"}
        package.writestr("xl/_rels/workbook.xml.rels", _relations(**related))
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for piece in sheet:
                part.write(piece.encode() if isinstance(piece, str) else piece)
        if shared is not None:
            package.writestr("xl/sharedStrings.xml", shared)
    return path


def shared_strings(attributes: str) -> str:
    return f'{_XML}<sst xmlns="{_MAIN}" {attributes}><si><t>留言主题</t></si></sst>'


def state_size(path: Path, part: str, size: int) -> None:
    """Makes the zip's headers lie about the unpacked size of a part."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as package:
        local = package.getinfo(part).header_offset
    central = data.rfind(part.encode()) - 46
    data[local + 22 : local + 26] = data[central + 24 : central + 28] = struct.pack("<I", size)
    path.write_bytes(data)


_ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def write_ods(path: Path, rows: str) -> Path:
    """An .ods with one table of these rows."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", kind)
        package.writestr(
            "META-INF/manifest.xml",
            f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        package.writestr(
            "content.xml",
            f"{_XML}<office:document-content {_ODS_NAMES}><office:body><office:spreadsheet>"
            f'<table:table table:name="留言">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_cell(text: str, repeated: int = 1) -> str:
    times = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return f'<table:table-cell office:value-type="string"{times}><text:p>{text}</text:p></table:table-cell>'


def ods_row(cells: str, repeated: int = 1) -> str:
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{cells}</table:table-row>"


def save(path: Path, *rows: tuple[object, ...], sheets: tuple[str, ...] = ("留言",)) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in sheets:
        book.create_sheet(name)
    for row in rows:
        book.worksheets[-1].append(row)
    book.save(path)
    return path

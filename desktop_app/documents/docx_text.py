"""The text of a .docx as its reader sees it: paragraphs, and tables cell by cell; struck-out text left out.

python-docx passes over what stands in insertions, content controls and text boxes; a paper that came back from a unit
has its answers there as often as not.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.documents.active_content import active_content, too_large, without_active_content
from desktop_app.documents.docx_package import read_parts
from desktop_app.errors import BadData, Fault

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_FILE = 50_000_000
_STRUCK = (f"{_W}del", f"{_W}moveFrom", _FALLBACK)
_AS_TEXT = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SYMBOLS = {
    "Wingdings": {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xA8: "□", 0x6F: "□"},
    "Wingdings 2": {0x52: "☑", 0x53: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "□", 0x2A: "□"},
}
"""Ticks and boxes as Word puts them in: letters of a face that shows no letters."""
_PRIVATE_USE = 0xF000

Element = Any  # an lxml element: lxml carries no types


@dataclass(frozen=True, slots=True)
class Cells:
    """A table: its rows, each the texts of its cells."""

    rows: tuple[tuple[str, ...], ...]


Block = str | Cells


@dataclass(frozen=True, slots=True)
class DocxText:
    """blocks: the body in order; everything: the text of body, headers and footers; content: the file; carried: macros,
    links and the like that are in it (`active_content`), of which nothing was read."""

    blocks: tuple[Block, ...]
    everything: tuple[str, ...]
    content: bytes
    carried: tuple[str, ...] = ()


def read_text(file: Path) -> DocxText:
    """Raises BadData where the file is no readable .docx."""
    content = _read(file)
    roots, carried = _roots(content, file.name)
    body = roots[0].find(f"{_W}body")
    texts = [text for root in roots for text in map(paragraph_text, root.iter(f"{_W}p")) if text.strip()]
    return DocxText(tuple(_blocks(body)), tuple(texts), content, carried)


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph, without that of text boxes anchored in it."""
    return "".join(_pieces(paragraph))


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise BadData(Fault(file.name, "", "文件过大，不像承办单"))
        return file.read_bytes()
    except OSError as error:
        reason = f"打不开（{error.strerror or type(error).__name__}）；若正在 Word 或 WPS 中编辑，请先关闭"
        raise BadData(Fault(file.name, "", reason)) from None


def _roots(content: bytes, name: str) -> tuple[list[Element], tuple[str, ...]]:
    """Body, headers and footers, parsed; and what else the file carries."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        parts = read_parts(content)
        if too_large(parts):
            raise BadData(Fault(name, "", "解开后过大，不像承办单"))
        body: Any = Document(io.BytesIO(without_active_content(content))).part
        if body.element.find(f"{_W}body") is None:
            raise ValueError("no body")
        kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        edges: list[Any] = [one.target_part for one in body.rels.values() if one.reltype in kinds]
        return [body.element, *(part.element for part in edges)], active_content(parts)
    except BadData:
        raise
    except Exception:  # python-docx, lxml and zipfile each raise their own on a broken file
        reason = "不是可读的 docx 文件；请用 Word 或 WPS 打开，另存为“Word 文档（.docx）”，不要加密"
        raise BadData(Fault(name, "", reason)) from None


def _blocks(container: Element) -> Iterator[Block]:
    for child in container:
        if child.tag == f"{_W}p":
            if text := paragraph_text(child).strip():
                yield text
        elif child.tag == f"{_W}tbl":
            yield Cells(tuple(_rows(child)))
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[tuple[str, ...]]:
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is table and not _is_struck(row):
            cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
            yield tuple(map(_cell_text, cells))


def _cell_text(cell: Element) -> str:
    """Paragraphs as lines; of a table within the cell each row as one."""
    lines: list[str] = []
    for paragraph in cell.iter(f"{_W}p"):
        inner = next(paragraph.iterancestors(f"{_W}tc"))
        text = paragraph_text(paragraph)
        if (
            inner is not cell
            and lines
            and inner.getprevious() is not None
            and inner.getprevious().tag == inner.tag
        ):
            lines[-1] += f"\t{text}"
        else:
            lines.append(text)
    return "\n".join(lines).strip("\n")


def _is_struck(row: Element) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _pieces(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter(f"{_W}t", f"{_W}sym", *_AS_TEXT):
        if next(element.iterancestors(f"{_W}p")) is not paragraph or element.getparent().tag != f"{_W}r":
            continue
        if next(element.iterancestors(*_STRUCK), None) is not None:
            continue
        if element.tag == f"{_W}t":
            yield _readable(element)
        elif element.tag == f"{_W}sym":
            yield _symbol(element.get(f"{_W}font") or "", _code(element.get(f"{_W}char") or "0"))
        else:
            yield _AS_TEXT[element.tag]


def _code(written: str) -> int:
    """A character's number as it stands in hexadecimal; 0 for what is none."""
    try:
        code = int(written, 16)
    except ValueError:
        return 0
    return code if 0 < code <= sys.maxunicode and not 0xD800 <= code < 0xE000 else 0


def _readable(element: Element) -> str:
    """The text, ticks of a symbol face made into ticks."""
    text = element.text or ""
    fonts = element.getparent().find(f"{_W}rPr/{_W}rFonts")
    face = (fonts.get(f"{_W}ascii") or "") if fonts is not None else ""
    if face in _SYMBOLS or any(_PRIVATE_USE <= ord(one) < _PRIVATE_USE + 256 for one in text):
        return "".join(_symbol(face, ord(one)) for one in text)
    return text


def _symbol(face: str, code: int) -> str:
    plain = code - _PRIVATE_USE if _PRIVATE_USE <= code < _PRIVATE_USE + 256 else code
    known = _SYMBOLS.get(face) or (_SYMBOLS["Wingdings 2"] | _SYMBOLS["Wingdings"] if plain != code else {})
    return known.get(plain, chr(code) if code else "")

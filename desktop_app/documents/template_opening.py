"""Opening a template's file: its zip, its body, headers and footers as parsed XML, and where things stand in them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.documents.active_content import active_content, too_large
from desktop_app.documents.docx_package import PackedPart, read_parts, unpack
from desktop_app.documents.template_marking import W
from desktop_app.errors import BadData, Fault

_PART_WORDS = {"header.xml": "页眉", "footer.xml": "页脚"}

Element = Any  # an lxml element: lxml carries no types


@dataclass(frozen=True, slots=True)
class Story:
    """The body, a header or a footer. name: of its part; targets: names of the parts its relationships lead to."""

    name: str
    root: Element
    targets: Mapping[str, str]

    def place(self, paragraph: Element) -> str:
        """Where a paragraph stands, as one would find it on paper."""
        words = _PART_WORDS.get(re.sub(r"\d", "", self.name.rpartition("/")[2]), "正文")
        if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
            return f"{words}的文本框"
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is None:
            blocks = [child for child in paragraph.getparent() if child.tag == f"{W}p"]
            return f"{words}第 {blocks.index(paragraph) + 1} 段"
        row = cell.getparent() if cell.getparent().tag == f"{W}tr" else next(cell.iterancestors(f"{W}tr"))
        table = next(row.iterancestors(f"{W}tbl"))
        tables = list(self.root.iter(f"{W}tbl"))
        rows = list(table.iterchildren(f"{W}tr"))
        cells = list(row.iterchildren(f"{W}tc"))
        column = cells.index(cell) + 1 if cell in cells else 1
        return f"{words}第 {tables.index(table) + 1} 个表格第 {rows.index(row) + 1} 行第 {column} 格"


@dataclass(frozen=True, slots=True)
class OpenedTemplate:
    """All that lies in the zip, still packed, and what of it can hold fields."""

    parts: tuple[PackedPart, ...]
    stories: tuple[Story, ...]


def open_template(data: bytes, file: str, *, kept: bool = False) -> OpenedTemplate:
    """Raises BadData where it is no readable .docx, or carries macros, links and the like, unless it was `kept`."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        parts = read_parts(data)
        if too_large(parts):
            raise BadData(Fault(file, "", "解开后过大，不像文书模板"))
        carried = () if kept else active_content(parts)
        if carried:
            reason = (
                f"带有{'、'.join(carried)}，不能用作模板；请在 Word 或 WPS 中删去，另存为“Word 文档（.docx）”"
            )
            raise BadData(Fault(file, "", reason))
        body: Any = Document(io.BytesIO(data)).part
        kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        edges = [one.target_part for one in body.rels.values() if one.reltype in kinds]
        return OpenedTemplate(parts, tuple(_story(part) for part in (body, *edges)))
    except BadData:
        raise
    except Exception:  # python-docx, lxml and zipfile each raise their own on a broken file
        reason = "不是可读的 docx 文件；请用 Word 或 WPS 另存为“Word 文档（.docx）”，不要加密"
        raise BadData(Fault(file, "", reason)) from None


def placeholders_elsewhere(opened: OpenedTemplate, file: str) -> Iterator[Fault]:
    """Placeholders in footnotes, comments and the like, which nothing would fill."""
    known = {story.name for story in opened.stories}
    for part in opened.parts:
        if part.name.endswith(".xml") and part.name.startswith("word/") and part.name not in known:
            try:
                text = unpack(part)
            except Exception:  # a part nobody reads; the office suite will say what it thinks of it
                continue
            if b"{{" in text:
                yield Fault(file, part.name, "字段只能写在正文、表格、文本框、页眉和页脚里")


def _story(part: Any) -> Story:
    targets = {key: _name(one.target_part) for key, one in part.rels.items() if not one.is_external}
    return Story(_name(part), part.element, targets)


def _name(part: Any) -> str:
    return str(part.partname).lstrip("/")

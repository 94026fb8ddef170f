"""Puts a draft's XML into a .docx: python-docx's own package, its styles, settings and fonts replaced by ours."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chart_picture import CHARTS, chart_placeholder
from code_picture import PART_NAME, RELATIONSHIP, placeholder
from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from ooxml import FANGSONG, HEITI, KAITI, NAMESPACES, SONGTI, XIAOBIAOSONG, Style

from desktop_app.documents.docx_package import pack, read_parts, unpack, write_package

_SUBSTITUTES = {FANGSONG: "仿宋", KAITI: "楷体", XIAOBIAOSONG: "宋体", HEITI: "SimHei", SONGTI: "SimSun"}
_KEPT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.FONT_TABLE)


@dataclass(frozen=True)
class Draft:
    """One template to be written. section: of its last page; body_size: points of the default style, from which the
    grid is counted."""

    file: str
    title: str
    body: str
    section: str
    body_size: float
    footers: dict[str, str]
    even_and_odd: bool = False
    styles: tuple[Style, ...] = ()


def save(draft: Draft, folder: Path) -> Path:
    """Writes the template; the same draft gives the same bytes."""
    document = Document()
    document.core_properties.title = draft.title
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.last_modified_by = ""
    document.core_properties.created = document.core_properties.modified = datetime(2023, 5, 12)
    part = document.part
    for identity, relationship in list(part.rels.items()):
        if relationship.reltype not in _KEPT:
            part.rels.pop(identity)
    for identity, relationship in list(part.package.rels.items()):
        if relationship.reltype not in (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES):
            part.package.rels.pop(identity)
    replaced = {
        "word/styles.xml": _styles(draft.body_size, draft.styles),
        "word/settings.xml": _settings(draft.even_and_odd),
        "word/fontTable.xml": _font_table(),
    }
    references = ""
    for number, (kind, content) in enumerate(draft.footers.items(), start=1):
        name = f"/word/footer{number}.xml"
        footer = Part(PackURI(name), CONTENT_TYPE.WML_FOOTER, _root("ftr", content).encode(), part.package)
        identity = part.relate_to(footer, RELATIONSHIP_TYPE.FOOTER)
        references += f'<w:footerReference w:type="{kind}" r:id="{identity}"/>'
    if f'"{RELATIONSHIP}"' in draft.body:
        picture = Part(PackURI(PART_NAME), CONTENT_TYPE.PNG, placeholder(), part.package)
        part.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, picture, RELATIONSHIP)
    for place, (relationship, name) in enumerate(CHARTS.values(), start=1):
        if f'"{relationship}"' in draft.body:
            picture = Part(PackURI(name), CONTENT_TYPE.PNG, chart_placeholder(place), part.package)
            part.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, picture, relationship)
    # Of several sections the first holds the footers; the others carry them on.
    content = f"{draft.body}{draft.section}".replace("<w:sectPr>", f"<w:sectPr>{references}", 1)
    replaced["word/document.xml"] = _root("document", f"<w:body>{content}</w:body>")
    buffer = io.BytesIO()
    document.save(buffer)
    parts = [
        pack(one.name, replaced[one.name].encode() if one.name in replaced else unpack(one))
        for one in read_parts(buffer.getvalue())
    ]
    target = folder / draft.file
    target.write_bytes(write_package(parts))
    return target


def _root(tag: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{tag} {NAMESPACES}>{content}</w:{tag}>'


def _styles(size: float, styles: Sequence[Style]) -> str:
    slots = " ".join(f'w:{slot}="{FANGSONG}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    half = round(size * 2)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {slots}/><w:kern w:val="0"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr>'
        '<w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:jc w:val="both"/></w:pPr><w:rPr><w:rFonts {slots}/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        "</w:rPr></w:style>"
    )
    plain_table = (
        '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return _root("styles", defaults + normal + plain_table + "".join(one.definition() for one in styles))


def _settings(even_and_odd: bool) -> str:
    return _root(
        "settings",
        '<w:zoom w:percent="100"/>'
        + "<w:evenAndOddHeaders/>" * even_and_odd
        + '<w:defaultTabStop w:val="420"/><w:drawingGridVerticalSpacing w:val="156"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>'
        "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/>"
        '<w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
    )


def _font_table() -> str:
    """Names what may stand in for a face that is not there; 方正小标宋 is licensed and never shipped."""
    return _root(
        "fonts",
        "".join(
            f'<w:font w:name="{face}"><w:altName w:val="{substitute}"/><w:charset w:val="86"/>'
            '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
            for face, substitute in _SUBSTITUTES.items()
        ),
    )

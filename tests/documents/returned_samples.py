"""Slips filled in as units fill them in: typed into the cells with python-docx, then changed as suites change files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import _Cell

ANSWER = {
    "办理情况": "已会同市水务集团现场核查，二次供水泵房一台水泵损坏。\n已更换水泵。",
    "回复意见": "尊敬的网民：\n　　您反映的水压不足问题已于10月8日修复，感谢您的监督。",
    "是否宜公开": "√是　□否",
    "不宜公开的理由": "",
    "经办人": "李伟",
    "联系电话": "0475-8211234",
    "主要负责人审签": "张平",
    "日期": "2026年10月9日",
}
"""What a unit answers, by the labels of the slip."""


def filled(slip: bytes, answer: Mapping[str, str] = ANSWER) -> Document:
    """The slip with the answer typed in."""
    document = docx.Document(io.BytesIO(slip))
    table = document.tables[0]
    for row in table.rows:
        for label in ("办理情况", "回复意见"):
            if row.cells[0].text == label:
                _type(row.cells[-1], answer[label])
    left, right = table.rows[-1].cells[2], table.rows[-1].cells[-1]
    for paragraph in (*left.paragraphs, *right.paragraphs):
        label = paragraph.text.partition("：")[0]
        if label in answer:
            paragraph.runs[0].text = f"{label}：{answer[label]}"
    if answer["日期"]:
        right.paragraphs[-1].runs[0].text = answer["日期"]
    return document


def _type(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].text = text.split("\n")[0]
    for line in text.split("\n")[1:]:
        cell.add_paragraph(line)


def save(document: Document, folder: Path, name: str = "承办单.docx") -> Path:
    target = folder / name
    document.save(str(target))
    return target


def runs_split(document: Document) -> Document:
    """Every run cut into single characters, as input methods and spelling marks leave them."""
    for run in document.element.body.xpath("//w:tc//w:r[count(w:t)=1 and string-length(w:t)>1]"):
        text = run.find(f"{{{run.nsmap['w']}}}t")
        for letter in text.text[1:]:
            made = parse_xml(
                f'<w:r {nsdecls("w")}><w:proofErr w:type="spellStart"/><w:t xml:space="preserve"></w:t></w:r>'
            )
            made[1].text = letter
            run.getparent().append(made)
        text.text = text.text[:1]
    return document


def with_tracked_changes(document: Document) -> Document:
    """The reply as an insertion, with words struck out that do not count."""
    for paragraph in document.element.body.xpath("//w:tc/w:p[w:r/w:t[contains(., '您反映')]]"):
        (run,) = paragraph.xpath("./w:r")
        inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="901" w:author="李伟"/>')
        run.addprevious(inserted)
        inserted.append(run)
        struck = (
            f'<w:del {nsdecls("w")} w:id="902" w:author="李伟"><w:r><w:delText>初稿</w:delText></w:r></w:del>'
        )
        inserted.addprevious(parse_xml(struck))
    return document


def with_symbol_ticks(document: Document, yes: str, no: str) -> Document:
    """Ticks as Word's own symbols: `Wingdings 2:F052` and the like; 是 and 否 stay."""
    (paragraph,) = document.element.body.xpath("//w:tc//w:p[w:r/w:t[starts-with(., '是否宜公开')]]")
    for run in paragraph.xpath("./w:r"):
        paragraph.remove(run)
    for kind, words in (("", "是否宜公开："), (yes, "是　"), (no, "否")):
        font, _, code = kind.partition(":")
        symbol = f'<w:sym w:font="{font}" w:char="{code}"/>' if kind else ""
        paragraph.append(
            parse_xml(f'<w:r {nsdecls("w")}>{symbol}<w:t xml:space="preserve">{words}</w:t></w:r>')
        )
    return document


def in_content_control(document: Document) -> Document:
    """The handler's line inside a content control."""
    paragraph = document.element.body.xpath("//w:tc//w:p[w:r/w:t[starts-with(., '经办人')]]")[-1]
    (run,) = paragraph.xpath("./w:r")
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    run.addprevious(control)
    control[1].append(run)
    return document

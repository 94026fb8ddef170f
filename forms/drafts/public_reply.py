"""公开答复稿: what is put on the board, and nothing that may not stand there."""

from __future__ import annotations

from ooxml import FANGSONG, HEITI, SONGTI, XIAOBIAOSONG, Paragraph, Style, field, run, twips
from package import Draft

_TEXT = 16.0
_LINE = 579
_INDENT = f'w:firstLine="{round(2 * _TEXT * 20)}"'
_BODY = Style("ReplyText", "答复正文", Paragraph(line=_LINE, indent=_INDENT), _TEXT, FANGSONG)
_FACT = Style("ReplyFact", "答复落款", Paragraph(line=_LINE, align="left", keep_next=True), _TEXT, FANGSONG)


def public_reply() -> Draft:
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
        f'w:left="1588" w:header="851" w:footer="{twips(24)}" w:gutter="0"/><w:pgNumType w:start="1"/></w:sectPr>'
    )
    footer = Paragraph(line=280, align="center").around(
        run("— ", 14, SONGTI) + field("PAGE", 14, SONGTI) + run(" —", 14, SONGTI)
    )
    kept = Paragraph(line=_LINE, keep_next=True)
    body = (
        Paragraph(line=440, align="left").around(run("{{文书名称}}", 14, HEITI))
        + Paragraph(line=440, align="left").around(run("{{板块}}　留言编号 {{留言编号}}", 12))
        + Paragraph(line=720, align="center", before=240, after=240).around(
            run("{{公开标题}}", 22, XIAOBIAOSONG)
        )
        + _BODY.around("{{公开答复}}")
        + kept.around("")
        + _FACT.around("承办单位：{{牵头单位}}")
        + _FACT.around("经 办 人：{{经办人}}")
        + _FACT.around("联系电话：{{经办人电话}}")
        + Paragraph(line=440, align="left", before=240).around(
            run("公开日期：{{公开日期}}　　公开位置：{{公开位置}}", 12)
        )
    )
    return Draft("reply.docx", "公开答复稿", body, section, _TEXT, {"default": footer}, styles=(_BODY, _FACT))

"""不予受理告知: a page to the citizen; below it, for the file, how the citizen was told."""

from __future__ import annotations

from code_picture import SIDE, code_picture
from office_form import (
    LEFT,
    STYLES,
    TEXT,
    WIDTH,
    form_table,
    halves,
    page_section,
    sheet_footer,
    wide,
)
from ooxml import FANGSONG, SONGTI, XIAOBIAOSONG, Paragraph, Style, run, twips
from package import Draft

_TEXT = 14.0
_LINE = 560
_INDENT = f'w:firstLine="{round(2 * _TEXT * 20)}"'
_BODY = Style("NoticeText", "正文段落", Paragraph(line=_LINE, indent=_INDENT), _TEXT, FANGSONG)


def refusal() -> Draft:
    beside = f'w:left="{twips(SIDE)}" w:right="{twips(SIDE)}"'
    heading = Paragraph(line=760, align="center", indent=beside, after=160).around(
        run("{{文书名称}}", 22, XIAOBIAOSONG) + code_picture(LEFT + WIDTH - SIDE, 6)
    )
    # The name is centred over a date that ends 4 characters from the edge.
    name = Paragraph(line=_LINE, align="center", indent=f'w:left="{twips(WIDTH) - 4060}"', keep_next=True)
    date = Paragraph(line=_LINE, align="right", indent='w:right="1120"', keep_next=True)
    kept = Paragraph(line=_LINE, keep_next=True)
    body = (
        heading
        + Paragraph(line=_LINE).around(run("{{网民姓名}}：", _TEXT))
        + _BODY.around("您好！{{来件说明}}")
        + _BODY.around("经审核，您反映的事项属于{{不予受理依据}}规定的“{{受理情形}}”，不予受理。")
        + _BODY.around("{{不予受理说明}}")
        + _BODY.around("建议：{{合理建议}}")
        + _BODY.around("感谢您的留言。")
        + kept.around("")
        + kept.around("")
        + name.around(run("{{署名}}", _TEXT))
        + date.around(run("{{成文日期}}", _TEXT))
        + kept.around(run("（联系电话：{{交办单位电话}}）", _TEXT))
        + Paragraph(line=400, align="center", keep_next=True, before=160).around(
            run("…………………… 以下由本单位留存 ……………………", 10, SONGTI)
        )
        + form_table(_kept_by_the_office())
        + Paragraph(line=20).around("")
    )
    return Draft(
        "refusal.docx",
        "不予受理告知",
        body,
        page_section(),
        TEXT,
        {"default": sheet_footer()},
        styles=(*STYLES, _BODY),
    )


def _kept_by_the_office() -> list[str]:
    return [
        halves(10, ("登 记 号", "{{登记号}}"), ("收件日期", "{{收件时间}}")),
        halves(10, ("告知方式", "{{告知方式}}"), ("告知日期", "{{告知日期}}")),
        halves(10, ("未告知原因", "{{未告知原因}}"), ("告 知 人", "")),
        wide(10, "重复事项", "{{重复于}}"),
    ]

"""督办函, in the letter form of GB/T 9704-2012, 10.1.

Measures stand here once: text block 156 × 225 mm at 37 / 28 mm, 22 lines of 28 characters (pitch 579 twips);
the sender's name with its upper edge 30 mm down, the first red rule 4 mm below it, the second 20 mm above the
lower edge, both 170 mm long; the number 7/8 of a 3号 character below the first rule.
"""

from __future__ import annotations

import itertools

from ooxml import (
    FANGSONG,
    HEITI,
    RED,
    SONGTI,
    XIAOBIAOSONG,
    Cell,
    Paragraph,
    drawn_rule,
    field,
    run,
    table,
    table_row,
    twips,
)
from package import Draft

PITCH = 579
BODY = 16.0
_MM_A_POINT = 25.4 / 72
_PAGE = 297.0

_NAME_TOP = 30.0
_NAME_SIZE = 30.0
_NAME_LINE = 36.0
# An exact line puts its baseline at 4/5 of its height; a face's ink reaches 0.85 em above it and 0.08 em below.
_NAME_FRAME_TOP = _NAME_TOP - (0.8 * _NAME_LINE - 0.85 * _NAME_SIZE) * _MM_A_POINT
_NAME_BOTTOM = _NAME_TOP + (0.85 + 0.08) * _NAME_SIZE * _MM_A_POINT

_THICK, _GAP, _THIN = 0.8, 0.45, 0.3
_FIRST_RULE = _NAME_BOTTOM + 4.0
_FIRST_RULE_END = _FIRST_RULE + _THICK + _GAP + _THIN
_SECOND_RULE = _PAGE - 20.0 - (_THIN + _GAP + _THICK)
_RULE_LENGTH = 170.0

_NUMBER_TOP = _FIRST_RULE_END + 7 / 8 * BODY * _MM_A_POINT

# 28 characters of 16 pt want 448 pt, the block has 442.2. The section names the standard's grid (charSpace -848),
# but LibreOffice gives a character wider than its cell two cells, and rounds the block down to 439.3 pt; so the runs
# carry the narrowing themselves, to the same 28 characters in every suite, and step out of the grid.
_SPREAD = -0.35
_PITCH_OF_CHARACTERS = BODY + _SPREAD

_LINE = Paragraph(line=PITCH)
_INDENT = f'w:firstLine="{round(2 * _PITCH_OF_CHARACTERS * 20)}"'
_CASES = (0.0, 11.0, 31.0, 67.0, 113.0, 156.0)


def letter(file: str, title: str) -> Draft:
    """The template of the 督办函."""
    return Draft(
        file, title, _head() + _text() + _signature(), _section(), BODY, _footers(), even_and_odd=True
    )


def _body_run(text: str, face: str = FANGSONG) -> str:
    return run(text, BODY, face, spread=_SPREAD)


def _head() -> str:
    name_frame = (
        f'w:w="{twips(_RULE_LENGTH)}" w:h="{round(_NAME_LINE * 20)}" w:hRule="exact" w:hSpace="0" w:wrap="around" '
        f'w:vAnchor="page" w:hAnchor="page" w:xAlign="center" w:y="{twips(_NAME_FRAME_TOP)}"'
    )
    name = Paragraph(line=round(_NAME_LINE * 20), align="center", frame=name_frame).around(
        run("{{发文机关标志}}", _NAME_SIZE, XIAOBIAOSONG, colour=RED)
    )
    tops = (_FIRST_RULE, _FIRST_RULE + _THICK + _GAP, _SECOND_RULE, _SECOND_RULE + _THIN + _GAP)
    weights = (_THICK, _THIN, _THIN, _THICK)
    names = ("首页上红线（粗）", "首页上红线（细）", "首页下红线（细）", "首页下红线（粗）")
    rules = "".join(
        drawn_rule(number, words, top, weight, _RULE_LENGTH, RED)
        for number, (words, top, weight) in enumerate(zip(names, tops, weights, strict=True), start=1)
    )
    # The line box of the number is its pitch high; its ink begins where 4/5 of the pitch less 0.85 em lies.
    ink = (0.8 * PITCH / 20 - 0.85 * BODY) * _MM_A_POINT
    # Nothing fits beside the name's frame, so the text of the page begins where it ends.
    space = Paragraph(line=twips(_NUMBER_TOP - ink - _NAME_FRAME_TOP) - round(_NAME_LINE * 20)).around(rules)
    flush = Paragraph(line=PITCH, tabs=f'<w:tab w:val="right" w:pos="{twips(156)}"/>', align="left")
    marks = flush.around(_body_run("{{首行标注}}", HEITI) + _body_run("\t{{发文字号}}"))
    marks += flush.around(_body_run("{{次行标注}}", HEITI))
    empty = _LINE.around("")
    heading = Paragraph(line=700, align="center").around(run("{{函件标题}}", 22, XIAOBIAOSONG))
    return name + space + marks + empty + empty + heading + empty


def _text() -> str:
    body = Paragraph(line=PITCH, indent=_INDENT)
    opening = Paragraph(line=PITCH, indent=_INDENT, keep_next=True)
    return "".join(
        (
            _LINE.around(_body_run("{{主送}}：")),
            body.around(_body_run("{{缘由}}")),
            opening.around(_body_run("一、涉及留言", HEITI)),
            table(_CASES, _cases(), outer=4, padding=0.9),
            Paragraph(line=120).around(""),
            body.around(_body_run("领导批示：{{领导批示}}")),
            opening.around(_body_run("二、存在问题", HEITI)),
            body.around(_body_run("{{存在问题}}")),
            opening.around(_body_run("三、办理要求", HEITI)),
            body.around(_body_run("{{办理要求}}")),
            body.around(_body_run("办理期限：{{新期限}}。")),
            body.around(_body_run("反馈方式：{{反馈方式}}。")),
        )
    )


def _cases() -> list[str]:
    small, line = 10.5, 300
    centred = Paragraph(line=line, align="center")
    left = Paragraph(line=line, align="left")
    columns = (
        ("序号", centred, ("{{件.序号}}",)),
        ("编号", centred, ("{{件.编号}}",)),
        ("标题", left, ("{{件.标题}}",)),
        ("办理时限", left, ("交办：{{件.交办日期}}", "到期：{{件.到期日期}}", "{{件.工作日}}")),
        ("此前提醒、催办", left, ("{{件.此前文书}}",)),
    )
    spans = list(itertools.pairwise(_CASES))
    heads = [
        Cell(a, b, Paragraph(line=line, align="center", keep_next=True).around(run(words, small, HEITI)))
        for (words, _, _), (a, b) in zip(columns, spans, strict=True)
    ]
    cells = [
        Cell(a, b, "".join(paragraph.around(run(value, small)) for value in values))
        for (_, paragraph, values), (a, b) in zip(columns, spans, strict=True)
    ]
    return [table_row(_CASES, heads, 8, header=True), table_row(_CASES, cells, 8)]


def _signature() -> str:
    """Room for a seal of 45 mm over name and date; the date ends 4 characters from the right edge."""
    closing = Paragraph(line=PITCH, indent=_INDENT, keep_next=True)
    kept = Paragraph(line=PITCH, keep_next=True)
    # The name is centred over a date of ordinary length (6.5 characters): 4 + 3.25 characters from the edge.
    centre = 7.25 * _PITCH_OF_CHARACTERS * 20
    name = Paragraph(
        line=PITCH, align="center", indent=f'w:left="{twips(156) - round(2 * centre)}"', keep_next=True
    )
    date = Paragraph(
        line=PITCH, align="right", indent=f'w:right="{round(4 * _PITCH_OF_CHARACTERS * 20)}"', keep_next=True
    )
    copies_frame = (
        f'w:w="{twips(156)}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" '
        'w:xAlign="left" w:yAlign="bottom"'
    )
    copies = Paragraph(
        line=PITCH, align="left", indent='w:left="1120" w:right="280" w:hanging="840"', frame=copies_frame
    )
    return "".join(
        (
            closing.around(_body_run("特此函告。")),
            kept.around(""),
            kept.around(""),
            name.around(_body_run("{{署名}}")),
            date.around(_body_run("{{成文日期}}")),
            kept.around(""),
            # Framed, so that it lies at the foot of the block; before the last paragraph, to which it is anchored.
            copies.around(run("抄送：{{抄送}}。", 14)),
            Paragraph(line=PITCH, indent=_INDENT).around(
                _body_run("（联系人：{{联系人}}，电话：{{联系电话}}）")
            ),
        )
    )


def _footers() -> dict[str, str]:
    """`— 2 —`, one character in, odd right and even left; none on the first page."""

    def footer(align: str, indent: str) -> str:
        runs = run("— ", 14, SONGTI) + field("PAGE", 14, SONGTI) + run(" —", 14, SONGTI)
        return Paragraph(line=280, align=align, indent=indent).around(runs)

    return {
        "first": Paragraph(line=280).around(""),
        "default": footer("right", 'w:right="280"'),
        "even": footer("left", 'w:left="280"'),
    }


def _section() -> str:
    # The dash stands 2.1 mm below the top of its line and 7 mm below the text block.
    footer = 35.0 - (7.0 - 2.1) - 280 / 20 * _MM_A_POINT
    return (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
        f'w:left="1588" w:header="851" w:footer="{twips(footer)}" w:gutter="0"/><w:pgNumType w:start="1"/>'
        '<w:titlePg/><w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/></w:sectPr>'
    )

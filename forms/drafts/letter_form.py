"""The kit of letters (信函格式), GB/T 9704-2012, 10.1: the red name and rules of the first page.

The sender's name with its upper edge 30 mm down, the first red rule 4 mm below it, the second 20 mm above the
lower edge, both 170 mm long; the number 7/8 of a 3号 character below the first rule.
"""

from __future__ import annotations

from official_text import (
    BLOCK,
    BODY,
    MM_A_POINT,
    PITCH,
    body_run,
    empty,
    page_numbers,
    page_section,
    title,
)
from ooxml import HEITI, RED, XIAOBIAOSONG, Paragraph, drawn_rule, run, twips
from package import Draft
from tear_off import SHEET, TEAR_OFF_STYLES

_PAGE = 297.0

_NAME_TOP = 30.0
_NAME_SIZE = 30.0
_NAME_LINE = 36.0
# An exact line puts its baseline at 4/5 of its height; a face's ink reaches 0.85 em above it and 0.08 em below.
_NAME_FRAME_TOP = _NAME_TOP - (0.8 * _NAME_LINE - 0.85 * _NAME_SIZE) * MM_A_POINT
_NAME_BOTTOM = _NAME_TOP + (0.85 + 0.08) * _NAME_SIZE * MM_A_POINT

_THICK, _GAP, _THIN = 0.8, 0.45, 0.3
_FIRST_RULE = _NAME_BOTTOM + 4.0
_FIRST_RULE_END = _FIRST_RULE + _THICK + _GAP + _THIN
_SECOND_RULE = _PAGE - 20.0 - (_THIN + _GAP + _THICK)
_RULE_LENGTH = 170.0

_NUMBER_TOP = _FIRST_RULE_END + 7 / 8 * BODY * MM_A_POINT


def letter(file: str, name: str, text: str, *, tear_off: str = "") -> Draft:
    """A letter. text: from the addressee on; tear_off: a sheet behind it that comes back and is no part of it."""
    footers = page_numbers(first_page=False)
    section = page_section(first_page=False)
    if not tear_off:
        return Draft(file, name, _head() + text, section, BODY, footers, even_and_odd=True)
    end = f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{section}</w:pPr></w:p>'
    body = _head() + text + end + tear_off
    return Draft(file, name, body, SHEET, BODY, footers, even_and_odd=True, styles=TEAR_OFF_STYLES)


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
    ink = (0.8 * PITCH / 20 - 0.85 * BODY) * MM_A_POINT
    # Nothing fits beside the name's frame, so the text of the page begins where it ends.
    space = Paragraph(line=twips(_NUMBER_TOP - ink - _NAME_FRAME_TOP) - round(_NAME_LINE * 20)).around(rules)
    flush = Paragraph(line=PITCH, tabs=f'<w:tab w:val="right" w:pos="{twips(BLOCK)}"/>', align="left")
    marks = flush.around(body_run("{{首行标注}}", HEITI) + body_run("\t{{发文字号}}"))
    marks += flush.around(body_run("{{次行标注}}", HEITI))
    return name + space + marks + empty() + empty() + title("{{函件标题}}")

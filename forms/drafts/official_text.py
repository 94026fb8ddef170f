"""The page and the text of official papers, GB/T 9704-2012: what letters and reports have in common.

Text block 156 × 225 mm at 37 / 28 mm, 22 lines of 28 characters (pitch 579 twips); name and date with room for a
seal of 45 mm; page numbers `— 1 —` 7 mm below the block, one character in, odd right and even left.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ooxml import FANGSONG, HEITI, SONGTI, XIAOBIAOSONG, Cell, Paragraph, field, run, table, table_row, twips

PITCH = 579
BODY = 16.0
BLOCK = 156.0
MM_A_POINT = 25.4 / 72

# 28 characters of 16 pt want 448 pt, the block has 442.2. The section names the standard's grid (charSpace -848),
# but LibreOffice gives a character wider than its cell two cells, and rounds the block down to 439.3 pt; so the runs
# carry the narrowing themselves, to the same 28 characters in every suite, and step out of the grid.
SPREAD = -0.35
_PITCH_OF_CHARACTERS = BODY + SPREAD

INDENT = f'w:firstLine="{round(2 * _PITCH_OF_CHARACTERS * 20)}"'
_LINE = Paragraph(line=PITCH)
_TEXT = Paragraph(line=PITCH, indent=INDENT)
_OPENING = Paragraph(line=PITCH, indent=INDENT, keep_next=True)
_SMALL, _SMALL_LINE = 10.5, 300

Column = tuple[str, str, tuple[str, ...]]
"""Head, how it is aligned, and the lines of a cell."""


def body_run(text: str, face: str = FANGSONG) -> str:
    return run(text, BODY, face, spread=SPREAD)


def addressee() -> str:
    return _LINE.around(body_run("{{主送}}："))


def text(words: str) -> str:
    """A paragraph of the text."""
    return _TEXT.around(body_run(words))


def heading(words: str) -> str:
    """一、 a heading of the first level; it stays with what follows."""
    return _OPENING.around(body_run(words, HEITI))


def empty() -> str:
    return _LINE.around("")


def title(words: str) -> str:
    """2号 小标宋, centred, an empty line below it."""
    return Paragraph(line=700, align="center").around(run(words, 22, XIAOBIAOSONG)) + empty()


def listed(
    edges: Sequence[float], columns: Sequence[Column], size: float = _SMALL, height: float = 8.0
) -> str:
    """A table of a list in the text, its head repeated on each page. size: of its type, in points; height: of a row at
    least, in mm."""
    heads, cells = [], []
    for (words, align, values), (left, right) in zip(columns, itertools.pairwise(edges), strict=True):
        line = round(_SMALL_LINE * size / _SMALL)
        head = Paragraph(line=line, align="center", keep_next=True).around(run(words, size, HEITI))
        lines = Paragraph(line=line, align=align)
        heads.append(Cell(left, right, head))
        cells.append(Cell(left, right, "".join(lines.around(run(value, size)) for value in values)))
    rows = [table_row(edges, heads, height, header=True), table_row(edges, cells, height)]
    return table(edges, rows, outer=4, padding=0.9) + Paragraph(line=120).around("")


def signature(closing: str, *, copies: bool) -> str:
    """Name and date after the closing words, room for a seal of 45 mm over them; all of it on one page.

    The date ends 4 characters from the right edge. copies: the line 抄送 at the foot of the last page.
    """
    closing_words = Paragraph(line=PITCH, indent=INDENT, keep_next=True)
    kept = Paragraph(line=PITCH, keep_next=True)
    # The name is centred over a date of ordinary length (6.5 characters): 4 + 3.25 characters from the edge.
    centre = 7.25 * _PITCH_OF_CHARACTERS * 20
    name = Paragraph(
        line=PITCH, align="center", indent=f'w:left="{twips(BLOCK) - round(2 * centre)}"', keep_next=True
    )
    date = Paragraph(
        line=PITCH, align="right", indent=f'w:right="{round(4 * _PITCH_OF_CHARACTERS * 20)}"', keep_next=True
    )
    return "".join(
        (
            closing_words.around(body_run(closing)),
            kept.around(""),
            kept.around(""),
            name.around(body_run("{{署名}}")),
            date.around(body_run("{{成文日期}}")),
            kept.around(""),
            # Framed, so that it lies at the foot of the block; before the last paragraph, to which it is anchored.
            _copies() if copies else "",
            _TEXT.around(body_run("（联系人：{{联系人}}，电话：{{联系电话}}）")),
        )
    )


def _copies() -> str:
    frame = (
        f'w:w="{twips(BLOCK)}" w:hSpace="0" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" '
        'w:xAlign="left" w:yAlign="bottom"'
    )
    line = Paragraph(
        line=PITCH, align="left", indent='w:left="1120" w:right="280" w:hanging="840"', frame=frame
    )
    return line.around(run("抄送：{{抄送}}。", 14))


def page_numbers(*, first_page: bool) -> dict[str, str]:
    """Footers by kind; a letter has no number on its first page."""

    def footer(align: str, indent: str) -> str:
        runs = run("— ", 14, SONGTI) + field("PAGE", 14, SONGTI) + run(" —", 14, SONGTI)
        return Paragraph(line=280, align=align, indent=indent).around(runs)

    footers = {"default": footer("right", 'w:right="280"'), "even": footer("left", 'w:left="280"')}
    return footers if first_page else {"first": Paragraph(line=280).around(""), **footers}


def page_section(*, first_page: bool) -> str:
    # The dash stands 2.1 mm below the top of its line and 7 mm below the text block.
    footer = 35.0 - (7.0 - 2.1) - 280 / 20 * MM_A_POINT
    return (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
        f'w:left="1588" w:header="851" w:footer="{twips(footer)}" w:gutter="0"/><w:pgNumType w:start="1"/>'
        + "<w:titlePg/>" * (not first_page)
        + '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/></w:sectPr>'
    )

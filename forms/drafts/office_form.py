"""The kit of office forms: one A4 page, the code at its upper right, one table of labelled cells.

Text block 165 × 260 mm. The first row (which case it is) is repeated on further pages; cells of free text may run
over a page, every other row stays whole, and a block to sign and stamp is one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from code_picture import SIDE, code_picture
from ooxml import (
    FANGSONG,
    HEITI,
    SONGTI,
    XIAOBIAOSONG,
    Cell,
    Paragraph,
    Style,
    field,
    run,
    table,
    table_row,
    twips,
)
from package import Draft

WIDTH = 165.0
LABEL = 24.0
EDGES = (0.0, 24.0, 55.0, 79.0, 82.5, 106.5, 110.0, 134.0, 165.0)
"""Lines of the table: thirds and halves of the width, each with its label, 24 mm wide."""
_THIRDS, _HALVES = (0.0, 55.0, 110.0, WIDTH), (0.0, 82.5, WIDTH)
LEFT, _TOP, _CODE_TOP = 25.0, 20.0, 6.0
TEXT = 12.0
_LINE = 360  # twips: 18 pt
_SIGNATURE = 10.0
LABEL_STYLE = Style("Label", "栏目名", Paragraph(line=_LINE, align="center"), TEXT, HEITI)
VALUE_STYLE = Style("Value", "栏目内容", Paragraph(line=_LINE, align="left"), TEXT, FANGSONG)
MIDDLE_STYLE = Style("Middle", "栏目内容（居中）", Paragraph(line=_LINE, align="center"), TEXT, FANGSONG)
TEXT_STYLE = Style("LongText", "正文", Paragraph(line=_LINE, align="both"), TEXT, FANGSONG)
SIGN_STYLE = Style("Sign", "签章栏", Paragraph(line=480, align="left", keep_next=True), TEXT, FANGSONG)
STYLES = (LABEL_STYLE, VALUE_STYLE, MIDDLE_STYLE, TEXT_STYLE, SIGN_STYLE)
_GAP = Paragraph(line=160).around("")
_END = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


def office_form(file: str, title: str, *blocks: str, note: str = "", number: str = "") -> Draft:
    """One form. blocks: tables one below the other; note: small words over them; number: below the name."""
    body = _heading(number, note) + _GAP.join(blocks) + _END
    footer = sheet_footer(number or "登记号 {{登记号}}")
    return Draft(file, title, body, page_section(), TEXT, {"default": footer}, styles=STYLES)


def page_section() -> str:
    """The page of an office form."""
    return (
        f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(_TOP)}" w:right="{twips(20)}" '
        f'w:bottom="{twips(17)}" w:left="{twips(LEFT)}" w:header="{twips(8)}" w:footer="{twips(10)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/></w:sectPr>'
    )


def form_table(rows: Sequence[str]) -> str:
    """A table of the form's own lines."""
    return table(EDGES, rows, padding=1.0)


def _heading(number: str, note: str) -> str:
    """The name beside the code, the paper's number where it has one, and who issues it over the code's digits."""
    code = code_picture(LEFT + WIDTH - SIDE, _CODE_TOP)
    beside = f'w:left="{twips(SIDE)}" w:right="{twips(SIDE)}"'
    name = Paragraph(line=640, align="center", indent=beside).around(
        run("{{文书名称}}", 20, XIAOBIAOSONG) + code
    )
    numbered = Paragraph(line=360, align="center", indent=beside).around(run(number, TEXT)) if number else ""
    to_the_right = f'<w:tab w:val="right" w:pos="{twips(WIDTH)}"/>'
    issuer = Paragraph(line=300, align="left", tabs=to_the_right, after=20).around(
        run("{{交办单位}}　{{交办单位联系人}}　{{交办单位电话}}\t", 10.5) + run("{{识别码}}", 8, SONGTI)
    )
    small = Paragraph(line=260, align="left", after=40).around(run(note, 9, SONGTI)) if note else ""
    return name + numbered + issuer + small


def sheet_footer(known_by: str = "登记号 {{登记号}}") -> str:
    """What a loose sheet belongs to."""
    return Paragraph(line=280, align="left").around(
        run(f"{known_by}　识别码 {{{{识别码}}}}　　第 ", 9, SONGTI)
        + field("PAGE", 9, SONGTI)
        + run(" 页", 9, SONGTI)
    )


def label(words: str, left: float = 0.0, right: float | None = None) -> Cell:
    """The name of a field; broken into lines where it says so."""
    content = "".join(map(LABEL_STYLE.around, words.split("\n")))
    return Cell(left, left + LABEL if right is None else right, content)


def value(words: str, left: float, right: float) -> Cell:
    return Cell(left, right, VALUE_STYLE.around(words))


def thirds(height: float, *pairs: tuple[str, str], header: bool = False) -> str:
    """Three short facts beside each other."""
    return _row(height, pairs, _THIRDS, header)


def halves(height: float, *pairs: tuple[str, str], header: bool = False) -> str:
    """Two facts beside each other."""
    return _row(height, pairs, _HALVES, header)


def _row(height: float, pairs: Sequence[tuple[str, str]], places: Sequence[float], header: bool) -> str:
    cells = []
    for (words, content), left, right in zip(pairs, places, places[1:], strict=False):
        cells += [label(words, left), value(content, left + LABEL, right)]
    return table_row(EDGES, cells, height, header=header)


def wide(height: float, words: str, content: str, *, header: bool = False) -> str:
    """One fact over the whole width."""
    return table_row(EDGES, [label(words), value(content, LABEL, WIDTH)], height, header=header)


def long_text(height: float, words: str, *contents: str) -> str:
    """Free text, a paragraph each, or room for the pen; it may run over a page."""
    content = "".join(TEXT_STYLE.around(one) for one in contents or ("",))
    return table_row(EDGES, [label(words), Cell(LABEL, WIDTH, content, "top")], height, may_break=True)


def signing(height: float, words: str, lines: Sequence[str], stamp: str, day: str) -> str:
    """Who signs, and room for a seal over the date at the right; one row, which cannot split."""
    left = "".join(SIGN_STYLE.around(one) for one in lines)
    return table_row(EDGES, [label(words), Cell(LABEL, WIDTH, left + _sealed(stamp, day))], height)


def _sealed(stamp: str, day: str) -> str:
    seal = Paragraph(line=480, align="right", indent=f'w:right="{twips(20)}"', keep_next=True)
    dated = Paragraph(line=480, align="right", indent=f'w:right="{twips(8)}"')
    stamped = seal.around(run(stamp, TEXT)) if stamp else ""
    return stamped + dated.around(run(day, TEXT))


def opinion(height: float, words: str, contents: str | Sequence[str], signer: str, day: str) -> str:
    """An opinion with who gave it and when at its foot.

    Two rows under one label, without a rule between: the opinion may run over a page, its signature may not split.
    """
    texts = (contents,) if isinstance(contents, str) else contents
    signed = Paragraph(line=440, align="right", indent=f'w:right="{twips(8)}"').around(
        run(f"{signer}　　{day}", TEXT)
    )
    said = Cell(LABEL, WIDTH, "".join(map(TEXT_STYLE.around, texts)), "top", open=("bottom",))
    name = replace(label(words), merge="restart")
    below = Cell(0.0, LABEL, LABEL_STYLE.around(""), merge="continue")
    signature = Cell(LABEL, WIDTH, signed, "bottom", open=("top",))
    return table_row(EDGES, [name, said], height - _SIGNATURE, may_break=True) + table_row(
        EDGES, [below, signature], _SIGNATURE
    )


def the_case() -> list[str]:
    """Which case it is: the first row is repeated, so that a loose second sheet finds its file."""
    return [
        thirds(
            10,
            ("登 记 号", "{{登记号}}"),
            ("留言编号", "{{留言编号}}"),
            ("类　　别", "{{类别}}"),
            header=True,
        ),
        wide(10, "标　　题", "{{标题}}"),
    ]


def the_unit() -> list[str]:
    """Who has the case, since when and under which number."""
    return [
        halves(10, ("承办单位", "{{牵头单位}}"), ("承办单号", "{{承办单编号}}")),
        halves(10, ("交办日期", "{{交办时间}}"), ("签收日期", "{{签收时间}}")),
    ]

"""The sheet behind a letter that the addressee signs and sends back (回执), with the code by which it finds its case."""

from __future__ import annotations

from collections.abc import Sequence

from code_picture import SIDE, code_picture
from office_form import STYLES, WIDTH, form_table
from ooxml import SONGTI, XIAOBIAOSONG, Paragraph, run, twips

TEAR_OFF_STYLES = STYLES
_LEFT = 22.5
SHEET = (
    f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(30)}" w:right="{twips(22.5)}" '
    f'w:bottom="{twips(20)}" w:left="{twips(_LEFT)}" w:header="{twips(8)}" w:footer="{twips(10)}" w:gutter="0"/>'
    "<w:titlePg/></w:sectPr>"
)
"""A page of its own; the empty footer of a letter's first page is carried on, so it bears no number."""


def tear_off(name: str, rows: Sequence[str]) -> str:
    """A heading beside the code, and a table to be filled in by hand."""
    heading = Paragraph(line=700, align="center", after=120).around(
        run(name, 22, XIAOBIAOSONG) + code_picture(_LEFT + WIDTH - SIDE, 12)
    )
    code = Paragraph(line=300, align="right").around(run("{{识别码}}", 8, SONGTI))
    end = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    return heading + code + form_table(rows) + end

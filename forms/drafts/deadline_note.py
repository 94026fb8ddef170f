"""时限计算说明: the result above, the rules with their clauses, then every day counted, its head repeated."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from office_form import TEXT, WIDTH, form_table, halves, office_form, the_case
from ooxml import FANGSONG, HEITI, Cell, Paragraph, run, table, table_row, twips
from package import Draft

_SMALL = 10.5
_LINE = 270
_RULES = (0.0, 12.0, 92.0, WIDTH)
_DAYS = (0.0, 37.0, 58.0, 80.0, 145.0, WIDTH)


def deadline_note() -> Draft:
    facts = [
        *the_case(),
        halves(9, ("承办单位", "{{牵头单位}}"), ("承办单号", "{{承办单编号}}")),
        halves(9, ("起算日期", "{{起算日期}}"), ("计入天数", "{{计入天数}}")),
        halves(9, ("到 期 日", "{{到期日}}"), ("提 醒 日", "{{提醒日}}")),
    ]
    rules = _listed(
        _RULES,
        (
            ("序号", "center", "{{规则.序号}}"),
            ("规则", "left", "{{规则.内容}}"),
            ("依据", "left", "{{规则.依据}}"),
        ),
    )
    days = _listed(
        _DAYS,
        (
            ("日期", "center", "{{日.日期}}"),
            ("星期", "center", "{{日.星期}}"),
            ("计数", "center", "{{日.计数}}"),
            ("为什么计或者不计", "left", "{{日.理由}}"),
            ("放假通知", "center", "{{日.通知}}"),
        ),
    )
    return office_form("deadline-note.docx", "时限计算说明", form_table(facts), rules, days + _below())


def _listed(edges: Sequence[float], columns: Sequence[tuple[str, str, str]]) -> str:
    """A list under its head, in small type: a count may be forty days long."""
    heads, cells = [], []
    for (words, align, value), (left, right) in zip(columns, itertools.pairwise(edges), strict=True):
        head = Paragraph(line=_LINE, align="center", keep_next=True).around(run(words, _SMALL, HEITI))
        heads.append(Cell(left, right, head))
        cells.append(
            Cell(left, right, Paragraph(line=_LINE, align=align).around(run(value, _SMALL, FANGSONG)))
        )
    rows = [table_row(edges, heads, 7, header=True), table_row(edges, cells, 5.6)]
    return table(edges, rows, padding=1.0)


def _below() -> str:
    """The notices by their marks, and who answers for the count."""
    notices = Paragraph(line=_LINE, align="left", before=60, keep_next=True).around(
        run("{{通知名录}}", _SMALL)
    )
    open_year = Paragraph(line=_LINE, align="left", keep_next=True).around(run("{{暂定说明}}", _SMALL, HEITI))
    name = Paragraph(line=400, align="right", indent=f'w:right="{twips(8)}"', keep_next=True, before=100)
    day = Paragraph(line=400, align="right", indent=f'w:right="{twips(8)}"', keep_next=True)
    return (
        notices
        + open_year
        + name.around(run("{{署名}}（公章）", TEXT))
        + day.around(run("{{成文日期}}", TEXT))
    )

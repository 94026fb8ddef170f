"""收回文书: what was read in a file, beside the form of the reply that it proposes. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from desktop_app.documents.docx_text import Block, Cells
from desktop_app.documents.returned_papers import ReadPaper
from desktop_app.gui.action_fields import action_form
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import DAY, ActionForm
from desktop_app.services.returned import REPLY, Understood

ANSWER = "answer"
"""Name of the place in the text where the answer begins."""
_TAKEN = ' class="taken">'
_PROPOSED_ANYWAY = (DAY,)
"""Fields that keep their own proposal though the paper says nothing of them."""


@dataclass(frozen=True)
class ReturnedFile:
    """One file that came back: what stands in it, whose it is, the case it answers."""

    path: Path
    read: ReadPaper
    found: Understood
    case: CaseFile

    @property
    def heading(self) -> str:
        """``2026-0312　某小区二次供水水压不足``."""
        return f"{self.found.number}　{self.found.title}"

    @property
    def paper_words(self) -> str:
        """``通民盼办〔2026〕118号　审签 2026-10-09``."""
        signed = f"审签 {self.found.signed.isoformat()}" if self.found.signed is not None else ""
        return "　".join(words for words in (self.found.paper.document, signed) if words)


def reply_form(file: ReturnedFile) -> ActionForm:
    """The form of the reply, filled with what the paper says and nothing else."""
    form = action_form(file.case, REPLY)
    fields = tuple(
        field
        if field.name in _PROPOSED_ANYWAY
        else replace(field, default=file.found.keys.get(field.name, ""))
        for field in form.fields
    )
    return replace(form, fields=fields)


def doubt_words(doubts: Sequence[str]) -> str:
    """One below the other, each with its mark; empty where there are none."""
    return "\n".join(f"▲ {doubt}" for doubt in doubts)


def as_html(blocks: Sequence[Block], understood: Mapping[str, str]) -> str:
    """The paper's text as it is laid out; what was taken out of it is marked, the first of it as the anchor ANSWER."""
    taken = {"".join(value.split()) for value in understood.values()}
    html = "".join(_block(block, taken) for block in blocks)
    return html.replace(_TAKEN, f'{_TAKEN}<a name="{ANSWER}"></a>', 1)


def _block(block: Block, taken: set[str]) -> str:
    if not isinstance(block, Cells):
        return f"<p>{_text(block)}</p>"
    columns = max((len(row) for row in block.rows), default=0)
    rows = "".join(_row(row, columns, taken) for row in block.rows)
    return f'<table border="1" cellspacing="0" cellpadding="4" width="100%">{rows}</table>'


def _row(row: Sequence[str], columns: int, taken: set[str]) -> str:
    cells = []
    for place, cell in enumerate(row):
        short = place == len(row) - 1 and columns > len(row)
        span = f' colspan="{columns - place}"' if short else ""
        mark = _TAKEN if "".join(cell.split()) in taken else ">"
        cells.append(f"<td{span}{mark}{_text(cell)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>").replace("\t", "　")

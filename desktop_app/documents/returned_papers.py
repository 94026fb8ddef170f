"""A 承办单 that a unit filled in and sent back as .docx, saved by Word, WPS or LibreOffice: what stands in it.

The table is read by the labels of its cells and the block to sign by those of its lines, wherever they stand: the
suites cut text into runs, put in cells of their own and keep what was struck out.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from desktop_app.documents.codes import codes_in
from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.docx_text import Block, Cells, DocxText, read_text
from desktop_app.documents.pdf_pages import PageImage
from desktop_app.documents.ticked_boxes import both_ticked, ticked_answer
from desktop_app.domain.paper_codes import codes_within
from desktop_app.errors import BadData, Fault
from desktop_app.services.returned import ReturnedPaper

_CELLS = {
    "编号": "document",
    "登记号": "number",
    "办理情况": "handling",
    "回复意见": "text",
}
"""Labels of cells whose value stands in the next cell of the row, white space left out."""
_LINES = {
    "是否宜公开": "public",
    "不宜公开的理由": "private_reason",
    "不宜公开理由": "private_reason",
    "经办人": "handler",
    "联系电话": "phone",
    "经办人电话": "phone",
    "主要负责人审签": "signer",
    "主要负责人": "signer",
}
"""Labels of lines in the block to sign; the value follows the colon, and goes on below until the next label."""
_SPREAD = r"\s*"
_LABEL = re.compile(rf"^\s*({'|'.join(map(_SPREAD.join, _LINES))})\s*[：:]\s*(.*)$")
_BLOCK_TO_SIGN = {"public", "signer"}
"""Labels by which the row to sign is known: a message, too, may say 联系电话：…"""
_SEAL = re.compile(r"[（(]\s*(?:公\s*章|盖\s*章|签\s*章)\s*[)）]")
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_BLANK_DAY = re.compile(r"[\s\d]*年[\s\d]*月[\s\d]*日")
_PICTURES = (".png", ".jpg", ".jpeg")
_MOST_PICTURES, _MOST_PIXELS = 20, 30_000_000


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """What was understood, the file itself, and its text as it is laid out, to be shown beside."""

    paper: ReturnedPaper
    content: bytes
    blocks: tuple[Block, ...]


def read_returned(file: Path) -> ReadPaper:
    """Raises BadData where the file is no .docx, or holds nothing that a 承办单 holds."""
    document = read_text(file)
    values = _values(document.blocks)
    if not {"text", "handling", "signer"} & values.keys():
        reason = "没有认出承办单的答复部分（办理情况、回复意见、主要负责人审签）；请核对是不是承办单"
        raise BadData(Fault(file.name, "", reason))
    return ReadPaper(_paper(document, values), document.content, document.blocks)


def _paper(document: DocxText, values: Mapping[str, str]) -> ReturnedPaper:
    answer = values.get("public", "")
    doubts = []
    public = ticked_answer(answer)
    if both_ticked(answer):
        doubts.append("“是否宜公开”两个都勾了，请问清楚。")
    elif public is None:
        doubts.append("“是否宜公开”没有勾选。")
    if document.carried:
        words = "、".join(document.carried)
        doubts.append(f"文件里带有{words}，程序没有打开它们；请问清楚这份文件的来历，不要直接用 Word 打开。")
    signer, signed = _signature(values.get("signer", ""))
    return ReturnedPaper(
        codes=_codes(document),
        number=values.get("number", ""),
        document=values.get("document", ""),
        handling=values.get("handling", ""),
        text=values.get("text", ""),
        public=public,
        private_reason=_one_line(values.get("private_reason", "")),
        handler=_one_line(values.get("handler", "")),
        phone=_one_line(values.get("phone", "")),
        signer=signer,
        signed=signed,
        doubts=tuple(doubts),
    )


def _values(blocks: tuple[Block, ...]) -> dict[str, str]:
    """By field, what is not empty: of the table's cells the first, of the row to sign, which stands below, the last."""
    rows = [row for block in blocks if isinstance(block, Cells) for row in block.rows]
    values: dict[str, str] = {}
    for label, value in (pair for row in rows for pair in pairwise(row)):
        name = _CELLS.get(_bare(label))
        if name is not None and not values.get(name):
            values[name] = value.strip()
    for row in reversed(rows):
        lines = [line for cell in row for line in _lines(cell)]
        if _BLOCK_TO_SIGN & {name for name, _ in lines}:
            for name, value in lines:
                if not values.get(name):
                    values[name] = value.strip()
    return values


def _lines(cell: str) -> Iterator[tuple[str, str]]:
    """The labelled lines of a cell, each with what stands below it up to the next."""
    name, held = "", ""
    for line in cell.split("\n"):
        found = _LABEL.match(line)
        if found is None:
            held += f"\n{line}"
            continue
        if name:
            yield name, held
        name, held = _LINES[_bare(found[1])], found[2]
    if name:
        yield name, held


def _signature(words: str) -> tuple[str, date | None]:
    """Who signed and when: what is left once the place of the seal and the date are taken away."""
    plain = unicodedata.normalize("NFKC", words)
    found = _DAY.search(plain)
    rest = _SEAL.sub("", _BLANK_DAY.sub("", _DAY.sub("", plain)))
    names = [line for line in map(_one_line, rest.split("\n")) if line]
    return names[0] if names else "", _day(found) if found is not None else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _bare(label: str) -> str:
    return "".join(label.split())


# ------------------------------------------------------------------ codes


def _codes(document: DocxText) -> tuple[str, ...]:
    """As text; where a unit took them out, off the picture."""
    written = codes_within("\n".join(document.everything))
    return written or tuple(dict.fromkeys(_drawn(document.content)))


def _drawn(content: bytes) -> Iterator[str]:
    from PIL import Image

    pictures = [part for part in read_parts(content) if part.name.lower().endswith(_PICTURES)]
    for part in pictures[:_MOST_PICTURES]:
        try:
            image = Image.open(io.BytesIO(unpack(part)), formats=("PNG", "JPEG"))
            if image.width * image.height > _MOST_PIXELS:
                continue
            shown = image.convert("RGB")
        except Exception:  # Pillow raises what its decoders raise; a broken picture is no code
            continue
        for text in codes_in(PageImage(shown.width, shown.height, shown.tobytes())):
            yield from codes_within(text)

"""Papers: one slip against docxtpl and python-docx, and against packing and writing the same bytes."""

from __future__ import annotations

import dataclasses
import html
import importlib.util
import io
import tempfile
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from benchmarks.measure import Row, best_of
from desktop_app.documents.docx_package import PackedPart, read_parts, unpack
from desktop_app.documents.forms import FilledPaper, Template, load_form, merge
from desktop_app.documents.paper_catalogue import SLIP
from desktop_app.documents.paper_files import files_together
from desktop_app.documents.papers.facts import DueFact, OfficeFacts
from desktop_app.documents.papers.slip import SlipFacts, slip_values
from desktop_app.domain.paper_codes import PaperCode
from desktop_app.paths import forms_folder

_MESSAGE = (
    "我们小区自今年七月以来，六楼以上住户早晚用水高峰时段经常停水，物业答复说二次供水设备老化，"
    "维修基金一直批不下来。恳请督促有关部门尽快检修，并把维修基金使用情况向业主公开。\n"
)
_CODE_PART = "word/media/code.png"
_PEER_REPEATS, _OUR_REPEATS = 5, 200
_BATCH = 500
_PEER_BATCH = 50
"""Slips that the peer makes; its time is counted up to the batch."""


def run() -> list[Row]:
    """One slip with a message of some 350 characters, and 500 as single files and as one merged."""
    template = load_form(SLIP)
    values = slip_values(_facts())
    words = {name: value for name, value in values.items() if isinstance(value, str)}
    filled = template.fill(values)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "slip.docx"
        ours = best_of(lambda: file.write_bytes(template.fill(values).bytes), _OUR_REPEATS)
        floor = best_of(_floor(filled, list(words.values()), file), _OUR_REPEATS)
        peer_name, fill = _peer(words)
        peer = best_of(lambda: fill(file), _PEER_REPEATS)
        single = best_of(lambda: _single_files(template, Path(folder) / "single"), 1)
        merged = best_of(lambda: _merged_file(template, Path(folder) / "merged"), 1)
        peer_batch = best_of(lambda: _peer_files(fill, Path(folder)), 1) * (_BATCH / _PEER_BATCH)
    target = ">= 30 x faster" if peer_name == "docxtpl" else ""
    return [
        Row(
            "one slip as docx",
            "350 characters",
            ours,
            "escaping, zlib-1 and write of the same bytes",
            floor,
            "<= 1.5 x",
        ),
        Row("one slip as docx", "350 characters", ours, peer_name, peer, target),
        Row("slips, a file each", f"{_BATCH} slips", single, f"{peer_name}, a file each", peer_batch, ""),
        Row(
            "slips merged in one file",
            f"{_BATCH} slips",
            merged,
            f"{peer_name}, not merged",
            peer_batch,
            "",
        ),
    ]


def slips(count: int, template: Template | None = None) -> list[bytes]:
    """So many slips, each with a code of its own."""
    filled = template or load_form(SLIP)
    return [
        filled.fill(slip_values(dataclasses.replace(_facts(), code=_code(number)))).bytes
        for number in range(1, count + 1)
    ]


def _single_files(template: Template, folder: Path) -> None:
    """Filled, written safely, and brought to their places together, as the program does it."""
    with files_together(folder) as files:
        for number, data in enumerate(slips(_BATCH, template), start=1):
            files.write(f"2026-{number:04d} 承办单.docx", data)
        files.publish()


def _merged_file(template: Template, folder: Path) -> None:
    with files_together(folder) as files:
        files.write("承办单.docx", merge(slips(_BATCH, template)))
        files.publish()


def _peer_files(fill: Callable[[Path], object], folder: Path) -> None:
    for number in range(_PEER_BATCH):
        fill(folder / f"peer-{number}.docx")


def _floor(filled: FilledPaper, words: list[str], file: Path) -> Callable[[], object]:
    """What no way of filling can do without: escaping the words, packing what changed, writing."""
    changing = {"word/document.xml", "word/footer1.xml", _CODE_PART}
    parts = {part.name: part for part in read_parts(filled.bytes)}
    plain = [
        unpack(part) if name != _CODE_PART else _dots(part)
        for name, part in parts.items()
        if name in changing
    ]
    carried = b"".join(part.packed for name, part in parts.items() if name not in changing)

    def least() -> None:
        for text in words:
            html.escape(text, quote=False)
        file.write_bytes(carried + b"".join(zlib.compress(data, 1) for data in plain))

    return least


def _dots(picture: PackedPart) -> bytes:
    """What a PNG of one piece holds, unpacked: between the 41 bytes before its content and the 16 after it."""
    return zlib.decompress(unpack(picture)[41:-16])


def _peer(words: dict[str, str]) -> tuple[str, Callable[[Path], object]]:
    """docxtpl where it is installed (it is no part of the program), else python-docx with the same template."""
    shipped = forms_folder() / "slip.docx"
    if importlib.util.find_spec("docxtpl") is not None:
        from docxtpl import DocxTemplate

        def with_docxtpl(file: Path) -> None:
            document = DocxTemplate(shipped)
            document.render(words, autoescape=True)
            document.save(file)

        return "docxtpl", with_docxtpl
    from docx import Document

    data = shipped.read_bytes()

    def with_python_docx(file: Path) -> None:
        document = Document(io.BytesIO(data))
        paragraphs = [
            paragraph
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
        ]
        for paragraph in (*document.paragraphs, *paragraphs, *document.sections[0].footer.paragraphs):
            for run_of_text in paragraph.runs:
                if "{{" in run_of_text.text:
                    text = run_of_text.text
                    for name, value in words.items():
                        text = text.replace(f"{{{{{name}}}}}", value)
                    run_of_text.text = text
        document.save(str(file))

    return "python-docx", with_python_docx


def _code(serial: int) -> str:
    return str(PaperCode("483920", f"2026-{serial:04d}", SLIP, serial + 1000))


def _facts() -> SlipFacts:
    return SlipFacts(
        paper_title="人民网地方领导留言板咨询事项承办单",
        office=OfficeFacts("某市政府门户网站运维中心", "经办人", "0000-8800000"),
        number="民盼承〔2026〕118号",
        register_number="2026-0312",
        code=_code(312),
        title="某小区二次供水水压不足",
        message=_MESSAGE * 4,
        dispatched=date(2026, 9, 23),
        lead="市住房和城乡建设局",
        limit_days=5,
        limit_from="收到",
        due=DueFact(date(2026, 10, 9)),
        board_number="18734221",
        board="市长板块",
        category="投诉",
        topic="城建",
        written=datetime(2026, 9, 21, 8, 5),
        urgency="一般",
    )

"""Slips read back as units return them: saved by any suite, cut into runs, changed with traces, ticked in every way."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document

from desktop_app.documents.docx_text import Cells, read_text
from desktop_app.documents.forms import load_form
from desktop_app.documents.office_suite import LIBREOFFICE, installed_suites
from desktop_app.documents.paper_catalogue import SLIP, SLIP_ANONYMOUS, SUPERVISION_LETTER
from desktop_app.documents.papers.slip import slip_values
from desktop_app.documents.returned_papers import read_returned
from desktop_app.errors import BadData
from desktop_app.services.returned import ReturnedPaper
from tests.documents import returned_samples as samples
from tests.documents.paper_samples import DONE_SLIP
from tests.documents.paper_samples import SLIP as SLIP_FACTS
from tests.documents.returned_samples import ANSWER, filled, save

WITH_MESSAGE = dataclasses.replace(
    SLIP_FACTS, message=f"{SLIP_FACTS.message}\n经办人：别人\n联系电话：13800005678\n主要诉求：修水泵"
)


def slip(form: str = SLIP) -> bytes:
    return load_form(form).fill(slip_values(WITH_MESSAGE)).bytes


def read(document: Document, folder: Path) -> ReturnedPaper:
    return read_returned(save(document, folder)).paper


EXPECTED = ReturnedPaper(
    codes=(SLIP_FACTS.code,),
    number="2026-0312",
    document="通民盼承〔2026〕118号",
    handling=ANSWER["办理情况"],
    text=ANSWER["回复意见"],
    public=True,
    handler="李伟",
    phone="0475-8211234",
    signer="张平",
    signed=date(2026, 10, 9),
)

CHANGES: dict[str, Callable[[Document], Document]] = {
    "as typed": lambda document: document,
    "runs cut up": samples.runs_split,
    "tracked changes": samples.with_tracked_changes,
    "content control": samples.in_content_control,
    "ticked with Wingdings 2": lambda one: samples.with_symbol_ticks(
        one, "Wingdings 2:F052", "Wingdings 2:00A3"
    ),
    "ticked with Wingdings": lambda one: samples.with_symbol_ticks(one, "Wingdings:F0FE", "Wingdings:F0A8"),
}


@pytest.mark.parametrize("form", [SLIP, SLIP_ANONYMOUS])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_field_is_understood(tmp_path: Path, form: str, change: Callable[[Document], Document]) -> None:
    assert read(change(filled(slip(form))), tmp_path) == EXPECTED


@pytest.mark.skipif(
    all(suite.name != LIBREOFFICE for suite in installed_suites()),
    reason="LibreOffice is not on this machine",
)
def test_a_slip_saved_by_libreoffice_is_understood(tmp_path: Path) -> None:
    saved = saved_by_libreoffice(save(filled(slip()), tmp_path), tmp_path / "saved")
    assert read_returned(saved).paper == EXPECTED


def saved_by_libreoffice(file: Path, folder: Path) -> Path:
    """Opened and saved again by LibreOffice, as a unit does that has no other suite."""
    import subprocess

    (program,) = (suite.program for suite in installed_suites() if suite.name == LIBREOFFICE)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, file],
        check=True,
        capture_output=True,
    )
    return folder / file.name


def test_a_slip_that_came_back_blank_says_what_is_missing(tmp_path: Path) -> None:
    paper = read(docx.Document(io.BytesIO(slip())), tmp_path)
    assert (paper.text, paper.handling, paper.signer, paper.signed, paper.public) == ("", "", "", None, None)
    assert paper.doubts == ("“是否宜公开”没有勾选。",)
    assert paper.number == "2026-0312"


def test_a_reason_against_the_public_is_read(tmp_path: Path) -> None:
    answer = {**ANSWER, "是否宜公开": "□是　√否", "不宜公开的理由": "涉及个人隐私"}
    paper = read(filled(slip(), answer), tmp_path)
    assert (paper.public, paper.private_reason) == (False, "涉及个人隐私")


def test_both_boxes_ticked_is_a_doubt(tmp_path: Path) -> None:
    paper = read(filled(slip(), {**ANSWER, "是否宜公开": "√是　√否"}), tmp_path)
    assert paper.public is None
    assert paper.doubts == ("“是否宜公开”两个都勾了，请问清楚。",)


def test_an_answer_below_its_label_is_read(tmp_path: Path) -> None:
    document = filled(slip(), {**ANSWER, "主要负责人审签": ""})
    right = document.tables[0].rows[-1].cells[-1]
    right.paragraphs[1].text = "  张 平  "
    right.paragraphs[2].runs[0].text = "市住房和城乡建设局（公章）"
    assert read(document, tmp_path).signer == "张 平"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026 年 10 月 9 日", date(2026, 10, 9)),
        ("２０２６年１０月９日", date(2026, 10, 9)),
        ("2026-10-9", date(2026, 10, 9)),
        ("2026.10.09", date(2026, 10, 9)),
        ("2026年13月9日", None),
        ("2026年　月　日", None),
    ],
)
def test_the_day_of_signing_in_every_way(tmp_path: Path, written: str, day: date | None) -> None:
    paper = read(filled(slip(), {**ANSWER, "日期": written}), tmp_path)
    assert (paper.signed, paper.signer) == (day, "张平")


def test_a_table_in_the_reply_comes_row_by_row(tmp_path: Path) -> None:
    document = filled(slip())
    cell = next(row.cells[-1] for row in document.tables[0].rows if row.cells[0].text == "回复意见")
    table = cell.add_table(2, 2)
    for place, words in enumerate(("楼栋", "水压", "3号楼", "0.3兆帕")):
        table.cell(place // 2, place % 2).text = words
    cell.paragraphs[-1].text = "以上为实测。"
    assert read(document, tmp_path).text.endswith("监督。\n楼栋\t水压\n3号楼\t0.3兆帕\n以上为实测。")


def test_without_its_written_code_the_picture_still_tells(tmp_path: Path) -> None:
    document = filled(slip())
    for paragraph in (*document.paragraphs, *document.sections[0].footer.paragraphs):
        for run in paragraph.runs:
            if SLIP_FACTS.code in run.text:
                run.text = ""
    assert read(document, tmp_path).codes == (SLIP_FACTS.code,)


def test_what_was_printed_as_done_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "done.docx"
    file.write_bytes(load_form(SLIP).fill(slip_values(DONE_SLIP)).bytes)
    paper = read_returned(file).paper
    assert (paper.handling, paper.text, paper.handler, paper.signer) == (
        DONE_SLIP.handling,
        DONE_SLIP.reply,
        DONE_SLIP.handler,
        DONE_SLIP.head,
    )
    assert (paper.public, paper.signed) == (True, DONE_SLIP.head_signed)


def test_the_text_is_shown_as_it_is_laid_out(tmp_path: Path) -> None:
    read_paper = read_returned(save(filled(slip()), tmp_path))
    assert read_paper.blocks[0] == SLIP_FACTS.paper_title
    (table,) = (block for block in read_paper.blocks if isinstance(block, Cells))
    assert ("回复意见", ANSWER["回复意见"]) in table.rows
    assert read_paper.content == (tmp_path / "承办单.docx").read_bytes()


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"\xd0\xcf\x11\xe0" * 100, "承办单".encode()])
def test_what_is_no_docx_says_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "承办单.docx"
    file.write_bytes(content)
    with pytest.raises(BadData, match=r"承办单\.docx：不是可读的 docx 文件；请用 Word 或 WPS 打开，另存为"):
        read_returned(file)


def test_another_paper_is_no_slip(tmp_path: Path) -> None:
    from desktop_app.paths import forms_folder

    with pytest.raises(BadData, match="没有认出承办单的答复部分"):
        read_returned(forms_folder() / f"{SUPERVISION_LETTER}.docx")
    document = docx.Document()
    document.add_paragraph("随便一份文件")
    with pytest.raises(BadData, match="没有认出"):
        read(document, tmp_path)


def test_a_file_that_has_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="打不开"):
        read_text(tmp_path / "none.docx")

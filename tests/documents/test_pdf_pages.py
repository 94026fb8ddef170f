"""Pages as pictures."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.documents.office_suite import can_make_pdf, to_pdf
from desktop_app.documents.paper_merge import merge
from desktop_app.documents.pdf_pages import PageSize, PdfPages, joined, pdf_pages
from desktop_app.errors import BadData
from desktop_app.paths import forms_folder


def test_pages_are_drawn_at_the_size_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(144, 72).close()
    document.new_page(72, 216).close()
    document.save(file)
    document.close()
    pages = list(pdf_pages(file, 36))
    assert [(page.width, page.height) for page in pages] == [(72, 36), (36, 108)]
    assert all(page.pixels == b"\xff" * (page.width * page.height * 3) for page in pages)


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7 cut"])
def test_what_is_no_pdf_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "扫描.pdf"
    file.write_bytes(content)
    with pytest.raises(BadData, match=r"扫描\.pdf：不是可读的 PDF 文件"):
        list(pdf_pages(file))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="不是可读的 PDF 文件"):
        list(pdf_pages(tmp_path / "none.pdf"))


def blank(*sizes: tuple[float, float]) -> bytes:
    """A PDF of blank pages; sizes in points."""
    document = pypdfium2.PdfDocument.new()
    for size in sizes:
        document.new_page(*size).close()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def test_sizes_are_the_paper_s_in_millimetres() -> None:
    with PdfPages(blank((595.276, 841.89), (841.89, 595.276))) as pages:
        assert len(pages) == 2
        assert pages.sizes[0] == PageSize(pytest.approx(210, abs=0.01), pytest.approx(297, abs=0.01))
        assert pages.sizes[1] == PageSize(pytest.approx(297, abs=0.01), pytest.approx(210, abs=0.01))
        assert pages.starts == (0,)


@pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")
def test_strips_put_together_are_the_picture(tmp_path: Path) -> None:
    with PdfPages(to_pdf(forms_folder() / "urge.docx", tmp_path)) as pages:
        whole = pages.picture(0, 70)
        strips = list(pages.strips(0, 70, 100))
    assert [strip.height for strip in strips[:-1]] == [100] * (whole.height // 100)
    assert b"".join(strip.pixels for strip in strips) == whole.pixels
    assert min(whole.pixels) < 64


def test_a_page_is_drawn_by_any_thread() -> None:
    with PdfPages(blank((72, 72), (72, 144))) as pages, ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda place: pages.picture(place % 2, 72), range(40)))
    assert {(picture.width, picture.height) for picture in drawn[::2]} == {(72, 72)}
    assert {(picture.width, picture.height) for picture in drawn[1::2]} == {(72, 144)}


def test_joined_pages_stand_in_their_order() -> None:
    one = blank((72, 72))
    assert joined([one]) == one
    with PdfPages(joined([one, blank((72, 144), (36, 36))])) as pages:
        assert [round(size.height / 25.4 * 72) for size in pages.sizes] == [72, 144, 36]


@pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")
def test_where_each_paper_of_many_begins_is_known(tmp_path: Path) -> None:
    paper = tmp_path / "merged.docx"
    paper.write_bytes(merge([(forms_folder() / "urge.docx").read_bytes()] * 3))
    with PdfPages(to_pdf(paper, tmp_path)) as pages:
        one = len(pages) // 3
        assert pages.starts == (0, one, 2 * one)

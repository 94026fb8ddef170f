"""Pages as pictures."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from desktop_app.documents.pdf_pages import pdf_pages
from desktop_app.errors import BadData


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

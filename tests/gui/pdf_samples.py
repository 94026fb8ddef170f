"""PDFs for the tests of preview and printing."""

from __future__ import annotations

import io

import pypdfium2


def blank_pdf(pages: int, width: float = 595, height: float = 842) -> bytes:
    """So many blank pages; sizes in points."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(width, height).close()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()

"""Pages of a PDF: how large they are, where each paper of many begins, and pictures of them; no Qt."""

from __future__ import annotations

import ctypes
import hashlib
import math
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from desktop_app.errors import BadData, Fault

_POINTS_AN_INCH = 72
_MM_AN_INCH = 25.4
_PDFIUM = threading.RLock()
"""PDFium knows no threads: one call at a time, whichever thread makes it."""
_BEGINNING = re.compile(r"Paper\d+\0*$")
"""The marks that `paper_merge` leaves, as LibreOffice writes them."""
_WRITTEN = re.compile(rb"\(D:\d{14}[^)]{7}\)/Creator")
_NAMED = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")
"""When PDFium wrote a file, and the random name it gave it."""
_TRAILER = 400
"""Bytes from the end within which the name stands."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page. width, height: pixels; pixels: rows from the top, three bytes (red, green, blue) a pixel."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class PageSize:
    """The paper a page wants, in millimetres."""

    width: float
    height: float


class PdfPages:
    """An open PDF. Any thread may ask; a page is drawn when it is asked for.

    sizes: one a page; starts: the pages, counted from 0, on which a paper begins, as far as the caller or the file
    tells, else the first page alone. Raises BadData where it is no readable PDF.
    """

    def __init__(self, pdf: bytes | Path, name: str = "文书", starts: tuple[int, ...] = ()) -> None:
        import pypdfium2

        try:
            with _PDFIUM:
                self._document: Any = pypdfium2.PdfDocument(pdf)
                self.sizes = tuple(map(_size, self._points()))
                self.starts = starts or _starts(self._document) or (0,)
        except (pypdfium2.PdfiumError, OSError):
            raise BadData(Fault(name, "", "不是可读的 PDF 文件")) from None

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, page: int, dpi: float) -> PageImage:
        """The page, counted from 0, as it would be printed at so many dots an inch."""
        (whole,) = self.strips(page, dpi)
        return whole

    def strips(self, page: int, dpi: float, rows: int | None = None) -> Iterator[PageImage]:
        """The same from the top in strips of so many rows, the last one lower; put together they are the picture.

        A page as a printer wants it is a hundred megabytes, which nobody else should have to wait for.
        """
        with _PDFIUM, self._open(page) as opened:
            width, height = (math.ceil(length * dpi / _POINTS_AN_INCH) for length in opened.get_size())
        for top in range(0, height, rows or height):
            with _PDFIUM, self._open(page) as opened:
                strip = _drawn(opened, width, height, top, min(rows or height, height - top))
            yield strip

    def words(self, page: int) -> str:
        """The text of the page."""
        with _PDFIUM, self._open(page) as opened:
            text = opened.get_textpage()
            found = str(text.get_text_range())
            text.close()
            return found

    def close(self) -> None:
        with _PDFIUM:
            self._document.close()

    def __del__(self) -> None:
        if hasattr(self, "_document"):  # not where it could not be opened
            self.close()

    def __enter__(self) -> PdfPages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _open(self, page: int) -> Iterator[Any]:
        opened = self._document[page]
        try:
            yield opened
        finally:
            opened.close()

    def _points(self) -> Iterator[tuple[float, float]]:
        for page in range(len(self._document)):
            yield self._document.get_page_size(page)


def pdf_pages(file: Path, dpi: float = 96) -> Iterator[PageImage]:
    """The pages in order, each drawn when it is asked for. Raises BadData where the file is no readable PDF."""
    with PdfPages(file, file.name) as pages:
        for page in range(len(pages)):
            yield pages.picture(page, dpi)


def joined(pdfs: list[bytes]) -> bytes:
    """One PDF of many, in their order. What marks where papers begin is lost."""
    import io

    import pypdfium2

    if len(pdfs) == 1:
        return pdfs[0]
    with _PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        for one in pdfs:
            part = pypdfium2.PdfDocument(one)
            whole.import_pages(part)
            part.close()
        target = io.BytesIO()
        whole.save(target)
        whole.close()
    return target.getvalue()


def pages_of(pdf: bytes, first: int, last: int) -> bytes:
    """Some of its pages, counted from 0, as a PDF of their own. The same pages of the same file give the same bytes:
    what PDFium takes from the clock and from chance is taken from the file instead."""
    import io

    import pypdfium2

    with _PDFIUM:
        source = pypdfium2.PdfDocument(pdf)
        part = pypdfium2.PdfDocument.new()
        part.import_pages(source, list(range(first, last + 1)))
        target = io.BytesIO()
        part.save(target)
        part.close()
        source.close()
    made = _WRITTEN.sub(b"(D:19800101000000+00'00')/Creator", target.getvalue(), count=1)
    name = hashlib.sha256(pdf + b"%d-%d" % (first, last)).hexdigest()[:32].upper().encode()
    return made[:-_TRAILER] + _NAMED.sub(b"/ID[<%b><%b>]" % (name, name), made[-_TRAILER:])


def _drawn(page: Any, width: int, height: int, top: int, rows: int) -> PageImage:
    """Some rows of a page that as a whole has this width and height, in pixels."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    bitmap = pypdfium2.PdfBitmap.new_native(width, rows, pdfium.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, rows)
    flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, -top, width, height, 0, flags)
    image = _image(bitmap.buffer, width, rows, bitmap.stride)
    bitmap.close()
    return image


def _size(points: tuple[float, float]) -> PageSize:
    width, height = (length / _POINTS_AN_INCH * _MM_AN_INCH for length in points)
    return PageSize(width, height)


def _starts(document: Any) -> tuple[int, ...]:
    import pypdfium2.raw as pdfium

    found = set()
    for place in range(pdfium.FPDF_CountNamedDests(document)):
        length = ctypes.c_long(0)
        pdfium.FPDF_GetNamedDest(document, place, None, length)
        name = ctypes.create_string_buffer(max(length.value, 0))
        destination = pdfium.FPDF_GetNamedDest(document, place, name, length)
        if destination and _BEGINNING.search(name.raw.decode("utf-16-le", "replace")):
            found.add(pdfium.FPDFDest_GetDestPageIndex(document, destination))
    return tuple(sorted(found))


def _image(buffer: Any, width: int, height: int, stride: int) -> PageImage:
    """Rows without their padding."""
    view = memoryview(buffer).cast("B")  # plain bytes are copied whole, a C library's own kind one by one
    if stride == width * 3:
        return PageImage(width, height, bytes(view[: stride * height]))
    rows = (view[top * stride : top * stride + width * 3] for top in range(height))
    return PageImage(width, height, b"".join(rows))

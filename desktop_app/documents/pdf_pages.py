"""Pages of a PDF as pictures, for printing from the window; no Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import BadData, Fault

_POINTS_AN_INCH = 72


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page. width, height: pixels; pixels: rows from the top, three bytes (red, green, blue) a pixel."""

    width: int
    height: int
    pixels: bytes


def pdf_pages(file: Path, dpi: float = 96) -> Iterator[PageImage]:
    """The pages in order, each drawn when it is asked for. Raises BadData where the file is no readable PDF."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError):
        raise BadData(Fault(file.name, "", "不是可读的 PDF 文件")) from None
    try:
        for page in document:
            bitmap = page.render(scale=dpi / _POINTS_AN_INCH, rev_byteorder=True)
            yield _image(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
            bitmap.close()
            page.close()
    finally:
        document.close()


def _image(buffer: bytes, width: int, height: int, stride: int, channels: int) -> PageImage:
    """Rows without their padding, without the unused fourth channel."""
    rows = b"".join(buffer[top * stride : top * stride + width * channels] for top in range(height))
    if channels == 3:
        return PageImage(width, height, rows)
    pixels = bytearray(width * height * 3)
    for channel in range(3):
        pixels[channel::3] = rows[channel::channels]
    return PageImage(width, height, bytes(pixels))

"""Scanned papers as files: their pages as pictures, the codes on them, and a run of pages as a file of its own.

PDF, JPEG, PNG and TIFF, of one page or many. A file is read, never changed.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from desktop_app.documents.codes import UNREADABLE, codes_in
from desktop_app.documents.pdf_pages import PageImage, PdfPages, pages_of
from desktop_app.errors import BadData, Fault

ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
LARGEST = 256 * 1024 * 1024
"""Bytes; no attachment may be larger."""

_LOOKED_AT = (2340, 3510)
"""Pixels on a page's longer side: A4 at 200 dots an inch, and where that shows no code, at 300."""
_MOST_PIXELS = 120_000_000
"""A3 at 600 dots an inch has 70 million; more is a mistake or a trap."""
_FORMATS = ("JPEG", "PNG", "TIFF")


class Scan(Protocol):
    """A file that was scanned, open. Pages are counted from 1."""

    data: bytes
    pages: int

    def picture(self, page: int, longest: int) -> PageImage:
        """The page, its longer side so many pixels, or fewer where it has no more."""

    def part(self, first: int, last: int) -> bytes:
        """These pages as a file of the same kind; the same pages of the same file are always the same bytes."""


@contextmanager
def opened_scan(file: Path) -> Iterator[Scan]:
    """Raises BadData where the file cannot be read as what its name says it is."""
    data = _read(file)
    if file.suffix.lower() == ".pdf":
        with PdfPages(data, file.name) as pages:
            yield _PdfScan(data, pages)
        return
    with _opened_picture(data, file.name) as image:
        yield _PictureScan(data, image, file.name)


def codes_by_page(scan: Scan) -> tuple[tuple[str, ...], ...]:
    """The texts of the shape of a code on each page."""
    return tuple(_codes_of(scan, page) for page in range(1, scan.pages + 1))


def digest_of(data: bytes) -> str:
    """The SHA-256 under which an attachment is known, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _codes_of(scan: Scan, page: int) -> tuple[str, ...]:
    found: tuple[str, ...] = ()
    before = None
    for longest in _LOOKED_AT:
        picture = scan.picture(page, longest)
        if picture.width == before:
            break
        before = picture.width
        found = codes_in(picture) or found
        if found and UNREADABLE not in found:
            break
    return found


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            reason = f"超过 {LARGEST // 1024**2} MB；请缩小扫描分辨率，或分成几个文件"
            raise BadData(Fault(file.name, "", reason))
        return file.read_bytes()
    except OSError as error:
        reason = f"打不开（{error.strerror or type(error).__name__}）；请关闭正在使用它的程序，或检查权限"
        raise BadData(Fault(file.name, "", reason)) from None


class _PdfScan:
    def __init__(self, data: bytes, pages: PdfPages) -> None:
        self.data, self._pages = data, pages
        self.pages = len(pages)

    def picture(self, page: int, longest: int) -> PageImage:
        size = self._pages.sizes[page - 1]
        return self._pages.picture(page - 1, longest * 25.4 / max(size.width, size.height, 1))

    def part(self, first: int, last: int) -> bytes:
        return pages_of(self.data, first - 1, last - 1)


class _PictureScan:
    def __init__(self, data: bytes, image: Any, name: str) -> None:
        self.data, self._image, self._name = data, image, name
        with _faults_told(name):
            self.pages = image.n_frames if image.format == "TIFF" else 1

    def picture(self, page: int, longest: int) -> PageImage:
        from PIL import ImageOps

        frame = self._frame(page)
        with _faults_told(self._name):
            shown = ImageOps.exif_transpose(frame).copy()
            shown.thumbnail((longest, longest))
            shown = _on_white(shown)
            return PageImage(shown.width, shown.height, shown.tobytes())

    def part(self, first: int, last: int) -> bytes:
        frames = [self._frame(page).copy() for page in range(first, last + 1)]
        with _faults_told(self._name):
            return self._packed(frames)

    def _packed(self, frames: list[Any]) -> bytes:
        # Packed without loss: black and white as a fax, all else as it would be anywhere.
        way = "group4" if all(frame.mode == "1" for frame in frames) else "tiff_lzw"
        target = io.BytesIO()
        frames[0].save(target, "TIFF", save_all=True, append_images=frames[1:], compression=way)
        return target.getvalue()

    def _frame(self, page: int) -> Any:
        with _faults_told(self._name):
            self._image.seek(page - 1)
            if self._image.width * self._image.height > _MOST_PIXELS:
                reason = "图片过大；请把扫描分辨率降到 300 dpi 左右"
                raise BadData(Fault(self._name, f"第 {page} 页", reason))
            self._image.load()
        return self._image


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    """Pillow raises what its decoders raise, and warns of what it can do without; the one is told, the other is not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (BadData, MemoryError):
        raise
    except Exception:
        raise _unreadable(name) from None


@contextmanager
def _opened_picture(data: bytes, name: str) -> Iterator[Any]:
    from PIL import Image

    with _faults_told(name):
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    with image:
        yield image


def _on_white(image: Any) -> Any:
    """In three colours; what can be seen through shows the paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper
    return image.convert("RGB")


def _unreadable(name: str) -> BadData:
    return BadData(Fault(name, "", "不是可读的 JPG、PNG 或 TIFF 图片，可能没有传完；请重新扫描"))

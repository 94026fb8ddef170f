"""The picture of a paper's code: drawn as a QR code (ISO/IEC 18004) for a template, found again in a drawn page.

Version, error correction and mask are fixed: all papers carry a picture of one size, the same text gives the same
bytes, and no mask is searched for (0.02 ms a code; segno takes 5, and draws the very same). See docs/adr/014.
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from desktop_app.documents.pdf_pages import PageImage
from desktop_app.domain.paper_codes import looks_like_code

MODULES = 37
"""Of the picture's side: the 29 of a version 3 symbol and the quiet zone of 4 on either side."""
SYMBOL_MODULES = 29

_VERSION = 3
_CORRECTION = "Q"
"""A quarter of the symbol may be stained, stamped over or torn off. 47 digits and hyphens go in; a code has 38."""
_MASK = 1
UNREADABLE = "unreadable"
"""Stands for a code that is there and cannot be read."""

_DOTS_A_MODULE = 8
"""One byte of a row is one module. 296 dots on 25.4 mm: LibreOffice thins out what has more than 300 an inch."""
_REPEATED = (b"\2" + bytes(MODULES)) * (_DOTS_A_MODULE - 1)
"""Rows like the one above: PNG's filter Up, no difference."""
_SAMPLED, _DARKEST_SHARE, _AS_DARK = 97, 0.01, 10
"""Every so many pixels are counted; such a share of them is black ink; ink differs by so many levels of 255."""


def code_picture(text: str) -> bytes:
    """The code as a PNG, its quiet zone with it; for an empty text a white square of the same size."""
    if not text:
        return _BLANK
    import zxingcpp

    symbol = zxingcpp.create_barcode(
        text, zxingcpp.BarcodeFormat.QRCode, version=_VERSION, ec_level=_CORRECTION, data_mask=_MASK
    )
    picture: Any = symbol.to_image(scale=1, add_quiet_zones=True)
    return _png(bytes(memoryview(picture)))


def codes_in(page: PageImage) -> tuple[str, ...]:
    """Every text of the shape of a paper's code on a page, each once; UNREADABLE alone where a code is to be seen and
    cannot be read. Looked for in the page as it is, then without its red, then in its black alone: a seal that was
    put on the code is taken off again."""
    import zxingcpp

    # It takes any buffer, whatever its types say of arrays.
    view_of: Any = zxingcpp.ImageView
    view = view_of(page.pixels, page.width, page.height, zxingcpp.ImageFormat.RGB)
    texts, seen = _read(view)
    if texts:
        return texts
    red = page.pixels[0::3]
    for grey in (red, red.translate(_black_alone(red))):
        view = view_of(grey, page.width, page.height, zxingcpp.ImageFormat.Lum)
        texts, seen_now = _read(view)
        if texts:
            return texts
        seen = seen or seen_now
    return (UNREADABLE,) if seen else ()


def _read(view: Any) -> tuple[tuple[str, ...], bool]:
    """The codes, and whether there is one that cannot be read."""
    import zxingcpp

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(view, wanted, try_invert=False, return_errors=True)
    texts = dict.fromkeys(one.text for one in found if one.valid and looks_like_code(one.text))
    return tuple(texts), any(not one.valid for one in found)


def _black_alone(grey: bytes) -> bytes:
    """A table that leaves what is about as dark as the darkest of the page, and makes all else white."""
    counts = Counter(grey[::_SAMPLED])
    most, so_far, darkest = sum(counts.values()) * _DARKEST_SHARE, 0, 0
    for darkest in sorted(counts):
        so_far += counts[darkest]
        if so_far > most:
            break
    return bytes(0 if level <= darkest + _AS_DARK else 255 for level in range(256))


def _png(modules: bytes) -> bytes:
    """A picture of one bit a dot. modules: a byte each, 0 or 255, row by row."""
    rows = b"".join(
        b"\0" + modules[start : start + MODULES] + _REPEATED for start in range(0, MODULES * MODULES, MODULES)
    )
    side = MODULES * _DOTS_A_MODULE
    header = struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)
    # Making out the best code table for so little takes longer than all the rest.
    deflater = zlib.compressobj(1, strategy=zlib.Z_FIXED)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunks((b"IHDR", header), (b"IDAT", deflater.compress(rows) + deflater.flush()), (b"IEND", b""))
    )


def _chunks(*chunks: tuple[bytes, bytes]) -> Iterator[bytes]:
    for kind, data in chunks:
        body = kind + data
        yield struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


_BLANK = _png(b"\xff" * (MODULES * MODULES))

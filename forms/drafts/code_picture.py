"""The place of a paper's code: a picture whose alternative text is {{识别码}}, drawn anew for each paper.

In a paragraph `Paragraph(...).around(code_picture(left, top))` hangs it on the page, `code_in_line()` sets it in the
line or the cell. `package.save` puts the placeholder into the file. Print the number beside it, as text: {{识别码}}.
"""

from __future__ import annotations

import struct
import zlib

from ooxml import emu

SIDE = 25.4
"""Millimetres, quiet zone and all: 37 modules, of which the symbol's 29 are 19.9 mm. Never smaller."""
RELATIONSHIP = "rIdCode"
PART_NAME = "/word/media/code.png"
_WORDS = 'descr="{{识别码}}"'
_NUMBER = 900  # ids of drawings may stand once in a file; the rules of a letter count from 1


def code_picture(left: float, top: float) -> str:
    """A run that hangs the picture on the page, its upper left corner so many mm from the page's; text passes by it."""
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        'relativeHeight="251658240" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{emu(left)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{emu(top)}</wp:posOffset></wp:positionV>'
        f'{_extent()}<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>{_picture()}'
        "</wp:anchor></w:drawing></w:r>"
    )


def code_in_line() -> str:
    """A run that holds the picture like a character; its paragraph needs single spacing, or it is cut off."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{_extent()}{_picture()}'
        "</wp:inline></w:drawing></w:r>"
    )


def placeholder() -> bytes:
    """What stands there in the template: a white square with its edge and diagonals drawn, as a PNG."""
    side = 100
    rows = bytearray()
    for y in range(side):
        line = bytearray(b"\xff" * ((side + 7) // 8))
        for x in range(side):
            if x in (0, side - 1, y, side - 1 - y) or y in (0, side - 1):
                line[x // 8] &= ~(0x80 >> x % 8)
        rows += b"\0" + line
    chunks = (
        (b"IHDR", struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _extent() -> str:
    return f'<wp:extent cx="{emu(SIDE)}" cy="{emu(SIDE)}"/>'


def _picture() -> str:
    return (
        f'<wp:docPr id="{_NUMBER}" name="识别码" {_WORDS}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{_NUMBER}" name="识别码" {_WORDS}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{RELATIONSHIP}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(SIDE)}" cy="{emu(SIDE)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )

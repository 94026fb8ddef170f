"""The place of a chart: a picture in a paragraph of its own, its caption under it, drawn anew for each bulletin.

The alternative text names the field (`{{图一}}`). Where the caption is empty, the whole paragraph is left out.
"""

from __future__ import annotations

import struct
import zlib

from ooxml import Paragraph, emu, run

WIDTH, HEIGHT = 150.0, 75.0
"""Millimetres; `documents/bulletin_charts` draws to the same measure."""
CHARTS = {
    name: (f"rIdChart{place}", f"/word/media/chart{place}.png")
    for place, name in enumerate(("图一", "图二", "图三"), start=1)
}
_NUMBER = 910  # ids of drawings may stand once in a file; the code has 900


def chart(name: str) -> str:
    """The paragraph with the picture of that field, and its caption."""
    relationship, _ = CHARTS[name]
    number = _NUMBER + list(CHARTS).index(name)
    words = f'descr="{{{{{name}}}}}"'
    picture = (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{emu(WIDTH)}" cy="{emu(HEIGHT)}"/><wp:docPr id="{number}" name="{name}" {words}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" {words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(WIDTH)}" cy="{emu(HEIGHT)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r><w:r><w:br/></w:r>"
    )
    return Paragraph(align="center", before=60, after=120).around(picture + run(f"{{{{{name}名称}}}}", 10.5))


def chart_placeholder(place: int) -> bytes:
    """What stands there in the template: a white oblong with its edge and a cross, as a PNG. No two are alike, for
    suites keep pictures that are alike as one file."""
    width, height = 150, 60 + 10 * place
    rows = bytearray()
    for y in range(height):
        line = bytearray(b"\xff" * ((width + 7) // 8))
        for x in range(width):
            if x in (0, width - 1, 2 * y, width - 1 - 2 * y) or y in (0, height - 1):
                line[x // 8] &= ~(0x80 >> x % 8)
        rows += b"\0" + line
    chunks = (
        (b"IHDR", struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )

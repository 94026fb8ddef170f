"""Looks at a workbook before it is opened: what would take too much memory is turned away by its measure.

The reader (calamine) builds a sheet as one block from the first to the last filled cell. Two cells far apart
make that block huge, and an allocation that fails there ends the process: it has to be known before.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from desktop_app.documents.sheet_extents import (
    Extent,
    OdsExtent,
    PlainXlsxExtent,
    SharedStringsExtent,
    XlsbExtent,
    XlsxExtent,
)
from desktop_app.errors import BadData, Fault

MAX_FILE_BYTES = 128 * 2**20
"""A packed workbook of 100,000 messages has some 60 MB."""

MAX_UNPACKED_BYTES = 320 * 2**20
"""Unpacked, 100,000 messages have some 200 MB; text is held once more while it is read: below 1 GB together."""

MAX_CELLS = 12_000_000
"""The block of cells, empty ones too, at 32 bytes each: below 400 MB. 100,000 rows of 100 columns pass."""

MAX_COLUMNS = 16_384
"""As many as a sheet of Excel has."""

_CHUNK = 1 << 18

_BROKEN = "文件不完整或已损坏，打不开；请重新下载或复制一次，能用 Excel 或 WPS 打开的话另存一份再导入"


def broken(path: Path) -> BadData:
    """The sentence for a file that begins as what it should be and does not hold together."""
    return BadData(Fault(path.name, "", _BROKEN))


def too_big(path: Path, what: str) -> BadData:
    """The sentence for a file beyond a limit above; `what` names the measure."""
    reason = f"{what}；请用 Excel 或 WPS 打开，只把有内容的行和列复制到新表，分成几个文件再导入"
    return BadData(Fault(path.name, "", reason))


def locked(path: Path) -> BadData:
    """The sentence for a workbook that asks for a password."""
    return BadData(Fault(path.name, "", "设有打开密码；请用 Excel 或 WPS 打开，去掉密码另存一份，再导入"))


def check_zip(path: Path, data: bytes) -> None:
    """Checks an .xlsx, .xlsb or .ods file: its parts, unpacked size and used range. Raises BadData."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_parts(path, parts)
            is_binary = any(part.filename == "xl/workbook.bin" for part in parts)
            total = 0
            for part in parts:
                extents = _extents_for(part.filename, is_binary)
                total += _unpack(path, package, part, extents, MAX_UNPACKED_BYTES - total)
                if any(isinstance(each, PlainXlsxExtent) and not each.is_plain for each in extents):
                    _unpack(path, package, part, (XlsxExtent(),), MAX_UNPACKED_BYTES)
    # ValueError: a number of thousands of digits where a row or a count should stand.
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        struct.error,
        OSError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise broken(path) from error


def _check_parts(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise BadData(Fault(path.name, "", "是加了密码的压缩包；请先解压，再导入里面的表格"))
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        if "[Content_Types].xml" in names:
            raise BadData(
                Fault(path.name, "", "是 Word 或别的 Office 文件，里面没有工作表；请选择 Excel 表格")
            )
        raise BadData(Fault(path.name, "", "是压缩包，不是表格；请先解压，再导入里面的表格"))
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED_BYTES:
        limit = MAX_UNPACKED_BYTES // 2**20
        raise too_big(path, f"内容解开后有 {size / 2**20:,.0f} MB，超过 {limit} MB")


def _unpack(
    path: Path, package: zipfile.ZipFile, part: zipfile.ZipInfo, extents: tuple[Extent, ...], left: int
) -> int:
    """Streams a part through `extents` and returns its true size: the one its directory states may be a lie."""
    size = 0
    stated = part.file_size
    # Python stops at the stated size; the reader after us unpacks to the end, and so must this check, which
    # stops beyond what is left and short of where Python would compare check sums.
    part.file_size = left + 2 * _CHUNK
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                if not size and b"<!DOCTYPE" in chunk:
                    raise BadData(Fault(path.name, "", "夹带了外部定义（DOCTYPE），不是正常的表格，没有打开"))
                size += len(chunk)
                if size > left:
                    raise too_big(path, f"内容解开后超过 {MAX_UNPACKED_BYTES // 2**20} MB")
                for extent in extents:
                    extent.feed(chunk)
                if any(extent.cells > MAX_CELLS for extent in extents):
                    raise too_big(path, f"表格用到的范围太大（超过 {MAX_CELLS:,} 格）")
    finally:
        part.file_size = stated
    return size


def _extents_for(name: str, is_binary: bool) -> tuple[Extent, ...]:
    """What to measure a part by. An .xlsx may call its parts anything, so there all are looked at as sheets."""
    if name == "content.xml":
        return (OdsExtent(),)
    if is_binary:
        return (XlsbExtent(),) if name.startswith("xl/worksheets/") and name.endswith(".bin") else ()
    return (PlainXlsxExtent(), SharedStringsExtent())

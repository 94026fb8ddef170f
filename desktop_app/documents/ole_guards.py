"""Looks at an OLE file (.xls, or a workbook locked with a password) before it is opened."""

from __future__ import annotations

import io
from pathlib import Path

from desktop_app.documents import sheet_guards
from desktop_app.documents.sheet_extents import BiffExtent
from desktop_app.errors import BadData, Fault

_READABLE_BY_ALL = "VelvetSweatshop"
"""The password with which Excel itself encrypts a workbook whose structure is protected, and which it never
asks for ([MS-OFFCRYPTO] 2.4.2.3): such a file opens for everyone."""


def readable(path: Path, data: bytes) -> bytes:
    """The workbook in `data`, decrypted where that takes no password of the user's. Raises BadData."""
    try:
        decrypted = _decrypted(path, data)
        if not decrypted.startswith(b"PK"):
            _check(path, decrypted)
    except BadData:
        raise
    # Damaged bytes make msoffcrypto and olefile raise almost anything (flipped bits gave a dozen kinds).
    except Exception as error:
        raise sheet_guards.broken(path) from error
    return decrypted


def _decrypted(path: Path, data: bytes) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import FileFormatError

    try:
        office_file = msoffcrypto.OfficeFile(io.BytesIO(data))
    except FileFormatError:
        return data  # Excel 5 and 95, or no workbook at all: the streams will tell
    if not office_file.is_encrypted():
        return data
    out = io.BytesIO()
    try:
        office_file.load_key(password=_READABLE_BY_ALL)
        office_file.decrypt(out)
    except Exception as error:
        # Whatever it stumbles over with a password that is not the file's own.
        raise sheet_guards.locked(path) from error
    if not out.getvalue().startswith((b"PK", data[:8])):
        raise sheet_guards.locked(path)
    return out.getvalue()


def _check(path: Path, data: bytes) -> None:
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        name = next((each for each in ("Workbook", "Book") if ole.exists(each)), None)
        if name is None:
            reason = "里面没有工作簿：可能不是 Excel 表格，或文件不完整；请用 Excel 或 WPS 打开，另存为 .xlsx 后再导入"
            raise BadData(Fault(path.name, "", reason))
        extent = BiffExtent(ole.openstream(name).read())
    if extent.cells > sheet_guards.MAX_CELLS:
        raise sheet_guards.too_big(path, f"表格用到的范围太大（超过 {sheet_guards.MAX_CELLS:,} 格）")

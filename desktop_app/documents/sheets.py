"""Reading a table from whatever file an office has: workbooks old and new, delimited text, the board's items."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from desktop_app.documents.board_items import read_items
from desktop_app.documents.delimited import read_delimited
from desktop_app.documents.file_kinds import Kind, kind_of
from desktop_app.documents.sheet_guards import MAX_FILE_BYTES, too_big
from desktop_app.documents.tables import Row, Table
from desktop_app.domain.columns import KNOWN_NAMES
from desktop_app.errors import BadData, Fault

__all__ = ["Row", "Table", "read_table"]


def read_table(path: Path, sheet: str | None = None, *, names: Collection[str] = KNOWN_NAMES) -> Table:
    """Reads the sheet named `sheet`, or the first visible one whose header has known names.

    `names`: the folded names (`columns.folded_name`) by which the header row is found; those of messages
    unless another kind of list is read. Numbers come as calamine gives them (floats from workbooks), dates
    as dates, text as text. Raises BadData with one sentence for a file that cannot be read.
    """
    data = _bytes_of(path)
    kind = kind_of(path, data[:4096])
    if kind is Kind.WORKBOOK:
        from desktop_app.documents.workbooks import read_workbook

        return read_workbook(path, data, sheet, names)
    if sheet is not None:
        raise BadData(Fault(path.name, f"工作表“{sheet}”", "这种文件没有工作表；请去掉工作表的名称"))
    if kind is Kind.ITEMS:
        return read_items(path, data, names)
    return read_delimited(path, data, names)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise too_big(path, f"文件有 {size / 2**20:,.0f} MB，超过 {MAX_FILE_BYTES // 2**20} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadData(Fault(path.name, "", "没有这个文件；请检查文件名和所在的文件夹")) from error
    except IsADirectoryError as error:
        raise BadData(Fault(path.name, "", "是文件夹，不是文件；请选择里面的表格")) from error
    except PermissionError as error:
        reason = "没有读取的权限，或正被别的程序占用；请关闭打开它的程序再试"
        raise BadData(Fault(path.name, "", reason)) from error
    except OSError as error:
        raise BadData(Fault(path.name, "", "读取时出错，可能是磁盘或优盘有问题；请复制到本机再试")) from error

"""Whether a file of a package opens as what it is, and whether anything in it could do harm."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.errors import BadData

_RUNS = frozenset(
    (
        ".exe",
        ".com",
        ".bat",
        ".cmd",
        ".ps1",
        ".vbs",
        ".js",
        ".jar",
        ".msi",
        ".scr",
        ".dll",
        ".lnk",
        ".hta",
        ".sh",
    )
)
_MACROS = ("vbaproject.bin", "vbadata.xml")
_LARGEST_PART = 1 << 28
_OFFICE = frozenset((".docx", ".xlsx", ".docm", ".xlsm", ".pptx"))


def faults(file: Path) -> Iterator[str]:
    """Why a reader could not open it; kinds that the program does not know are taken as they are."""
    if file.stat().st_size == 0:
        yield "是空文件"
        return
    look = _READERS.get(file.suffix.lower())
    if look is None:
        return
    try:
        look(file)
    except BadData:
        yield "打不开：不是可读的 PDF"
    except (OSError, ValueError) as error:
        yield f"打不开：{error}"
    except Exception:  # zipfile, zlib, lxml and Pillow each raise their own on a broken file
        yield "打不开：文件损坏"


def dangers(file: Path) -> Iterator[str]:
    """What could do harm to who opens it: programs, macros, whatever would be fetched from elsewhere."""
    if file.suffix.lower() in _RUNS:
        yield "是可以运行的程序"
    try:
        with file.open("rb") as stream:
            begins = stream.read(4)
    except OSError:
        return
    if begins[:2] == b"MZ" or begins == b"\x7fELF":
        yield "是可以运行的程序"
    if file.suffix.lower() in _OFFICE and begins[:2] == b"PK":
        yield from _dangers_of_office(file)


def _dangers_of_office(file: Path) -> Iterator[str]:
    try:
        with zipfile.ZipFile(file) as package:
            for part in package.infolist():
                name = part.filename.lower()
                if name.endswith(_MACROS):
                    yield "含有宏"
                elif name.startswith(("word/embeddings/", "xl/embeddings/")):
                    yield "嵌有别的文件"
                elif name.endswith(".rels") and _fetches(package, part):
                    yield "引用了文件以外的内容"
    except Exception:  # as above; told as unreadable
        return


def _fetches(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether something outside is loaded when the file is opened; a link that waits to be clicked is none."""
    if part.file_size > _LARGEST_PART:
        return True
    try:
        root = etree.fromstring(package.read(part), _strict())
    except etree.LxmlError:
        return True
    return any(
        one.get("TargetMode") == "External" and not str(one.get("Type", "")).endswith("/hyperlink")
        for one in root
    )


def _strict() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _pdf(file: Path) -> None:
    with PdfPages(file, file.name) as pages:
        if not len(pages):
            raise ValueError("没有页")


def _zip(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        if any(part.flag_bits & 1 for part in package.infolist()):
            raise ValueError("设有密码")
        if sum(part.file_size for part in package.infolist()) > _LARGEST_PART * 4:
            raise ValueError("展开后过大")
        bad = package.testzip()
        if bad is not None:
            raise ValueError(f"{bad} 已损坏")


def _picture(file: Path) -> None:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what can be done without
            with Image.open(file) as picture:
                picture.verify()
    except (Image.DecompressionBombError, SyntaxError) as error:
        raise ValueError(str(error)) from error


def _xml(file: Path) -> None:
    etree.parse(str(file), _strict())


def _text(file: Path) -> None:
    with file.open(encoding="utf-8") as stream:
        for _ in stream:
            pass


_READERS: Mapping[str, Callable[[Path], None]] = {
    ".pdf": _pdf,
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".zip", ".ofd"), _zip),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif"), _picture),
    ".xml": _xml,
    **dict.fromkeys((".html", ".jsonl"), _text),
}

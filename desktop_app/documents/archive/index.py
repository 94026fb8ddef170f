"""`index.xml` of a package and of each 件 in it: what lies where, with digests, dates and who answers for it.

Plain XML in UTF-8 without a schema to fetch. Read back strictly: no entity, no document type, nothing from outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

INDEX = "index.xml"
FORMAT = "liuyan-archive-1"
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of a 件. path: within its folder; kind: 文书, 附件, 记录 …; original: the name it came with.

    pages: of a PDF, else None; document: the number the paper bears; on: the day of the paper or of the filing.
    recorded: SHA-256 by which the office has the paper or attachment on record, empty for what the package adds.
    """

    path: str
    kind: str
    title: str
    size: int
    sha256: str
    sm3: str
    pages: int | None = None
    original: str = ""
    document: str = ""
    on: date | None = None
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class ItemIndex:
    """One 件: a case with all its papers. facts: short named facts in Chinese, in their order.

    missing: what is on record and could not be put in, each with its reason.
    """

    folder: str
    number: str
    file_number: str
    title: str
    facts: Mapping[str, str]
    files: tuple[FileEntry, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A 件 as the package's own index names it."""

    folder: str
    number: str
    file_number: str
    files: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackageIndex:
    """The whole package. year: None for a choice of cases; then numbers may be missing between.

    absent: register numbers of the year that are not in it, with the reason; journal: number and SM3 of the newest
    record of the office when it was made.
    """

    office: str
    made: str
    program: str
    year: int | None
    items: tuple[ItemLine, ...]
    absent: Mapping[str, str]
    journal: tuple[int, str]


def item_xml(item: ItemIndex) -> bytes:
    root = etree.Element(
        "件", 格式=FORMAT, 登记号=item.number, 档号=item.file_number, 题名=_clean(item.title)
    )
    facts = etree.SubElement(root, "著录")
    for name, value in item.facts.items():
        etree.SubElement(facts, "项", 名称=name).text = _clean(value)
    files = etree.SubElement(root, "文件")
    for one in item.files:
        etree.SubElement(files, "文件项", _attributes(one))
    for reason in item.missing:
        etree.SubElement(root, "缺").text = _clean(reason)
    return _bytes(root)


def package_xml(package: PackageIndex) -> bytes:
    root = etree.Element(
        "归档数据包",
        格式=FORMAT,
        单位=_clean(package.office),
        制作时间=package.made,
        制作程序=package.program,
        年度="" if package.year is None else str(package.year),
        末条记录=str(package.journal[0]),
        末条记录SM3=package.journal[1],
    )
    items = etree.SubElement(root, "各件")
    for one in package.items:
        etree.SubElement(
            items,
            "件",
            登记号=one.number,
            档号=one.file_number,
            文件夹=one.folder,
            文件数=str(one.files),
            SHA256=one.sha256,
        )
    absent = etree.SubElement(root, "未列入")
    for number, reason in package.absent.items():
        etree.SubElement(absent, "登记号", 号=number, 原因=_clean(reason))
    return _bytes(root)


def read_item(data: bytes, folder: str) -> ItemIndex:
    """Raises ValueError in Chinese where it is no such index."""
    root = _parsed(data, "件")
    try:
        return ItemIndex(
            folder=folder,
            number=root.get("登记号", ""),
            file_number=root.get("档号", ""),
            title=root.get("题名", ""),
            facts={one.get("名称", ""): one.text or "" for one in root.iterfind("著录/项")},
            files=tuple(_entry(one) for one in root.iterfind("文件/文件项")),
            missing=tuple(one.text or "" for one in root.iterfind("缺")),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"文件项写得不对（{error}）") from error


def read_package(data: bytes) -> PackageIndex:
    """Raises ValueError in Chinese where it is no such index."""
    root = _parsed(data, "归档数据包")
    try:
        return PackageIndex(
            office=root.get("单位", ""),
            made=root.get("制作时间", ""),
            program=root.get("制作程序", ""),
            year=int(root.attrib["年度"]) if root.attrib["年度"] else None,
            items=tuple(
                ItemLine(
                    one.attrib["文件夹"],
                    one.attrib["登记号"],
                    one.attrib["档号"],
                    int(one.attrib["文件数"]),
                    one.attrib["SHA256"],
                )
                for one in root.iterfind("各件/件")
            ),
            absent={one.attrib["号"]: one.attrib["原因"] for one in root.iterfind("未列入/登记号")},
            journal=(int(root.attrib["末条记录"]), root.attrib["末条记录SM3"]),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"缺少或写错了 {error}") from error


def _attributes(one: FileEntry) -> dict[str, str]:
    told = {
        "路径": one.path,
        "类别": one.kind,
        "题名": _clean(one.title),
        "大小": str(one.size),
        "SHA256": one.sha256,
        "SM3": one.sm3,
        "页数": "" if one.pages is None else str(one.pages),
        "原名": _clean(one.original),
        "文号": _clean(one.document),
        "日期": one.on.isoformat() if one.on is not None else "",
        "登记校验值": one.recorded,
    }
    return {name: value for name, value in told.items() if value}


def _entry(element: etree._Element) -> FileEntry:
    told = element.attrib
    day = str(told.get("日期", ""))
    pages = str(told.get("页数", ""))
    return FileEntry(
        path=str(told["路径"]),
        kind=str(told["类别"]),
        title=str(told.get("题名", "")),
        size=int(told["大小"]),
        sha256=str(told["SHA256"]),
        sm3=str(told["SM3"]),
        pages=int(pages) if pages else None,
        original=str(told.get("原名", "")),
        document=str(told.get("文号", "")),
        on=date.fromisoformat(day) if day else None,
        recorded=str(told.get("登记校验值", "")),
    )


def _parsed(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"不是可读的 XML（{error.msg}）") from error
    if root.getroottree().docinfo.doctype:
        raise ValueError("含有文档类型声明")
    if root.tag != name or root.get("格式") != FORMAT:
        raise ValueError(f"不是 {FORMAT} 格式的“{name}”")
    return root


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root, "  ")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"


def _clean(text: str) -> str:
    """Without what XML cannot hold, which is shown as □ as on papers."""
    return _NOT_XML.sub("□", text)

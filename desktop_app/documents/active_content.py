"""What a .docx may carry beside text and pictures: macros, embedded objects, whole other files, and links to be fetched.

A paper that came from outside is read without any of it, and drawn from a copy that has none; in a template it is a
fault. Hyperlinks stay: nobody follows them unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from desktop_app.documents.docx_package import PackedPart, pack, read_parts, unpack, write_package

LARGEST_XML = 10_000_000
"""Bytes, unpacked, of one part: a parsed one takes many times as much, and a paper has some tens of kilobytes."""
LARGEST_PACKAGE = 200_000_000
"""Bytes of all parts, unpacked: twenty pictures as telephones take them."""

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TYPES = "[Content_Types].xml"
_KINDS = {
    "vbaProject": "宏",
    "wordVbaData": "宏",
    "keyMapCustomizations": "宏",
    "attachedToolbars": "宏",
    "control": "ActiveX 控件",
    "activeXControlBinary": "ActiveX 控件",
    "oleObject": "嵌入的对象",
    "package": "嵌入的文件",
    "aFChunk": "并入的其他文件",
    "subDocument": "并入的其他文件",
    "attachedTemplate": "外部模板",
    "frame": "外部网页",
}
"""Kinds of relationships that run or bring in something else, in the office's words."""
_OUTSIDE = "外部的图片或文件"
_FETCHING = re.compile(
    r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|LINK|IMPORT|DATABASE|RD)\b", re.I
)
_FETCHING_FIELD = "会取用其他文件的域"
_MACRO_ENABLED = b"macroEnabled"
_PLAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ENABLED_TYPE = re.compile(rb"application/vnd\.ms-word\.[A-Za-z.]*macroEnabled[A-Za-z0-9.]*main\+xml")

Element = Any  # an lxml element: lxml carries no types


def too_large(parts: tuple[PackedPart, ...]) -> bool:
    """Whether a package would take too much memory, by what its directory states; no reader reads on beyond that."""
    return sum(part.size for part in parts) > LARGEST_PACKAGE or any(
        part.size > LARGEST_XML for part in parts if part.name.lower().endswith((".xml", ".rels"))
    )


def active_content(parts: tuple[PackedPart, ...]) -> tuple[str, ...]:
    """What of the kind a package holds, in words, each once; empty for a harmless one.

    Raises what zlib and lxml raise where a part cannot be read.
    """
    return tuple(dict.fromkeys(_found(parts)))


def without_active_content(data: bytes) -> bytes:
    """The same document without any of it, `data` itself where it holds none or is no readable package."""
    try:
        parts = read_parts(data)
        if too_large(parts) or not active_content(parts):
            return data
        return write_package([_harmless(part) for part in parts if not _is_macro(part)])
    except Exception:  # zipfile, zlib and lxml each raise their own; the suite will say what it thinks of it
        return data


def _found(parts: tuple[PackedPart, ...]) -> Iterator[str]:
    for part in parts:
        if _is_macro(part) or (part.name == _TYPES and _MACRO_ENABLED in unpack(part)):
            yield "宏"
        elif part.name.endswith(".rels"):
            yield from (kind for one in _parsed(part).iter(_RELATIONS) if (kind := _kind_of(one)))
        elif _may_have_fields(part) and next(_fetching_fields(_parsed(part)), None) is not None:
            yield _FETCHING_FIELD


def _harmless(part: PackedPart) -> PackedPart:
    if part.name == _TYPES:
        return pack(part.name, _ENABLED_TYPE.sub(_PLAIN, unpack(part)))
    if part.name.endswith(".rels"):
        root = _parsed(part)
        for one in [one for one in root.iter(_RELATIONS) if _kind_of(one)]:
            one.getparent().remove(one)
        return pack(part.name, _written(root))
    if _may_have_fields(part):
        root = _parsed(part)
        fields = list(_fetching_fields(root))
        for field in fields:
            # All fields of the paragraph: a page number more or less does no harm where this stood beside it.
            if field.tag == f"{_W}fldSimple":
                field.set(f"{_W}instr", "")
            for instruction in field.iter(f"{_W}instrText"):
                instruction.text = ""
        return pack(part.name, _written(root)) if fields else part
    return part


def _is_macro(part: PackedPart) -> bool:
    name = PurePosixPath(part.name.lower())
    return name.name in ("vbaproject.bin", "vbadata.xml") or "activex" in name.parts


def _may_have_fields(part: PackedPart) -> bool:
    return part.name.startswith("word/") and part.name.endswith(".xml")


def _kind_of(relation: Element) -> str:
    """In words, where the relationship brings something in; empty for what belongs to the document."""
    kind = (relation.get("Type") or "").rpartition("/")[2]
    if kind in _KINDS:
        return _KINDS[kind]
    outside = (relation.get("TargetMode") or "").lower() == "external"
    return _OUTSIDE if outside and kind != "hyperlink" else ""


def _fetching_fields(root: Element) -> Iterator[Element]:
    """Simple fields and paragraphs whose instruction fetches something; Word cuts instructions into runs."""
    for simple in root.iter(f"{_W}fldSimple"):
        if _FETCHING.match(simple.get(f"{_W}instr") or ""):
            yield simple
    for paragraph in root.iter(f"{_W}p"):
        if any(map(_FETCHING.match, _instructions(paragraph))):
            yield paragraph


def _instructions(paragraph: Element) -> list[str]:
    """Of each field in the paragraph, put together."""
    found = [""]
    for element in paragraph.iter(f"{_W}instrText", f"{_W}fldChar"):
        if element.tag == f"{_W}instrText":
            found[-1] += element.text or ""
        else:
            found.append("")
    return found


def _parsed(part: PackedPart) -> Element:
    from lxml import etree

    return etree.fromstring(
        unpack(part), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )


def _written(root: Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True))

"""Joins papers into one file for one print run: each begins on a new page and is numbered from 1.

A hidden bookmark marks where each begins, so that a run printed on both sides keeps papers on sheets of their own.
"""

from __future__ import annotations

import copy
import io
import posixpath
from collections.abc import Sequence
from typing import Any

from desktop_app.documents.docx_package import PackedPart, pack, read_parts, unpack, write_package
from desktop_app.errors import BadData, Fault

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_LINKED = ".//*[@r:id or @r:embed or @r:link or @r:pict]"
_CONTENT_TYPES = "[Content_Types].xml"
_DOCUMENT = "word/document.xml"
_RELATIONSHIPS = "word/_rels/document.xml.rels"
_OF_A_PAPER = ("/header", "/footer", "/image")
_SHARED = ("word/styles.xml", "word/settings.xml", "word/numbering.xml")


def merge(papers: Sequence[bytes]) -> bytes:
    """One docx holding the papers in order; every paper is a section (or more) of its own.

    Body, headers and footers are carried over, the first paper's styles and settings serve all: papers made
    from the two editions of a slip go together, papers whose styles differ raise BadData. ValueError for none.
    """
    if not papers:
        raise ValueError("nothing to merge")
    packages = [{part.name: part for part in read_parts(paper)} for paper in papers]
    first = packages[0]
    for number, package in enumerate(packages[1:], start=2):
        if any(_content(package, name) != _content(first, name) for name in _SHARED):
            reason = "所用模板的样式与第 1 份不同，不能并在一个文件里打印；请分开生成"
            raise BadData(Fault("合并打印", f"第 {number} 份", reason))
    joined = _Joined(first)
    for package in packages:
        joined.add(package)
    return joined.write()


class _Joined:
    """The file being put together: the first paper's package, its body growing."""

    def __init__(self, package: dict[str, PackedPart]) -> None:
        self._parts = dict(package)
        self._document = _parsed(package, _DOCUMENT)
        self._relationships = _parsed(package, _RELATIONSHIPS)
        self._content_types = _parsed(package, _CONTENT_TYPES)
        self._body = self._document.find(f"{_W}body")
        self._body[:] = []
        self._known = {
            key: str(one.get("Id"))
            for one in self._relationships
            if (key := _identity(one, self._parts)) is not None
        }
        self._extra = 0
        self._next_id = 1
        self._last_section: Any = None
        self._count = 0

    def add(self, package: dict[str, PackedPart]) -> None:
        """Adds one paper at the end."""
        document = _parsed(package, _DOCUMENT)
        body = document.find(f"{_W}body")
        moved = self._carried_over(package)
        for element in body.xpath(_LINKED, namespaces={"r": _R[1:-1]}):
            for key in (key for key in element.attrib if key.startswith(_R)):
                element.set(key, moved.get(element.get(key), element.get(key)))
        self._renumber(body)
        self._mark_beginning(body)
        blocks = list(body)
        section = (
            blocks.pop() if blocks and blocks[-1].tag == f"{_W}sectPr" else body.makeelement(f"{_W}sectPr")
        )
        for one in (*body.iter(f"{_W}sectPr"), section):
            _begin_on_new_page(one)
        opening = next(body.iter(f"{_W}sectPr"), section)
        _number_from_one(opening)
        if self._last_section is not None:
            self._close_section()
        self._body.extend(blocks)
        self._last_section = section

    def write(self) -> bytes:
        """The finished file."""
        self._body.append(self._last_section)
        changed = {
            _DOCUMENT: self._document,
            _RELATIONSHIPS: self._relationships,
            _CONTENT_TYPES: self._content_types,
        }
        for name, root in changed.items():
            self._parts[name] = pack(name, _serialized(root))
        return write_package(list(self._parts.values()))

    def _close_section(self) -> None:
        """Hangs the section of the paper before on its last paragraph, so that no empty page can follow."""
        last = self._body[-1] if len(self._body) else None
        if last is None or last.tag != f"{_W}p" or last.find(f"{_W}pPr/{_W}sectPr") is not None:
            last = self._body.makeelement(f"{_W}p")
            self._body.append(last)
        properties = last.find(f"{_W}pPr")
        if properties is None:
            properties = last.makeelement(f"{_W}pPr")
            last.insert(0, properties)
        change = properties.find(f"{_W}pPrChange")
        if change is None:
            properties.append(self._last_section)
        else:
            change.addprevious(self._last_section)

    def _carried_over(self, package: dict[str, PackedPart]) -> dict[str, str]:
        """Brings in the headers, footers and pictures the paper has of its own; old id → new id."""
        moved: dict[str, str] = {}
        own_types = _parsed(package, _CONTENT_TYPES)
        for relationship in _parsed(package, _RELATIONSHIPS):
            key = _identity(relationship, package)
            if key is None:
                continue
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = self._take(package, relationship, own_types)
            moved[relationship.get("Id")] = known
        return moved

    def _take(self, package: dict[str, PackedPart], relationship: Any, own_types: Any) -> str:
        """Adds one part under a name of its own, or a link; the id it is known by."""
        self._extra += 1
        identity = f"rIdMerged{self._extra}"
        added = copy.deepcopy(relationship)
        added.set("Id", identity)
        self._relationships.append(added)
        if relationship.get("TargetMode") == "External":
            return identity
        part = package[_resolved(relationship)]
        stem, dot, ending = part.name.rpartition(".")
        name = f"{stem}_{self._extra}{dot}{ending}"
        self._parts[name] = PackedPart(name, part.method, part.crc, part.size, part.packed)
        links = _links_of(part.name)
        if links in package:
            own = package[links]
            self._parts[_links_of(name)] = PackedPart(
                _links_of(name), own.method, own.crc, own.size, own.packed
            )
        self._tell_type(part.name, name, own_types)
        added.set("Target", posixpath.relpath(name, "word"))
        return identity

    def _tell_type(self, old: str, new: str, own_types: Any) -> None:
        """What the part is, by its name or by the ending that all of its like have."""
        ending = new.rpartition(".")[2]
        known = {one.get("Extension") for one in self._content_types}
        for told in own_types:
            if told.get("PartName") == f"/{old}":
                typed = copy.deepcopy(told)
                typed.set("PartName", f"/{new}")
                self._content_types.append(typed)
            elif told.get("Extension") == ending and ending not in known:
                self._content_types.insert(0, copy.deepcopy(told))

    def _mark_beginning(self, body: Any) -> None:
        """A bookmark whose name begins with a line is not listed by Word and WPS."""
        first = next(body.iter(f"{_W}p"), None)
        if first is None:
            return
        self._count += 1
        name = {f"{_W}id": str(self._next_id), f"{_W}name": f"_Paper{self._count}"}
        self._next_id += 1
        place = 0 if first.find(f"{_W}pPr") is None else 1
        first.insert(place, first.makeelement(f"{_W}bookmarkStart", name))
        first.insert(place + 1, first.makeelement(f"{_W}bookmarkEnd", {f"{_W}id": name[f"{_W}id"]}))

    def _renumber(self, body: Any) -> None:
        """Ids of drawings and bookmarks may stand once in a file."""
        bookmarks: dict[str, str] = {}
        for element in body.iter(f"{_WP}docPr", f"{_W}bookmarkStart", f"{_W}bookmarkEnd"):
            key = "id" if element.tag == f"{_WP}docPr" else f"{_W}id"
            old = element.get(key)
            if element.tag == f"{_W}bookmarkEnd":
                element.set(key, bookmarks.get(old, old))
                continue
            element.set(key, str(self._next_id))
            if element.tag == f"{_W}bookmarkStart":
                bookmarks[old] = str(self._next_id)
                element.set(f"{_W}name", f"{element.get(f'{_W}name')}_{self._next_id}")
            self._next_id += 1


def _begin_on_new_page(section: Any) -> None:
    kind = section.find(f"{_W}type")
    if kind is not None:
        section.remove(kind)  # the default is a new page


def _number_from_one(section: Any) -> None:
    numbering = section.find(f"{_W}pgNumType")
    if numbering is None:
        numbering = section.makeelement(f"{_W}pgNumType")
        later = {f"{_W}{name}" for name in (
            "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid",
            "printerSettings", "sectPrChange",
        )}  # fmt: skip
        after = next((child for child in section if child.tag in later), None)
        if after is None:
            section.append(numbering)
        else:
            after.addprevious(numbering)
    numbering.set(f"{_W}start", "1")


def _content(package: dict[str, PackedPart], name: str) -> tuple[int, int] | None:
    part = package.get(name)
    return None if part is None else (part.crc, part.size)


def _parsed(package: dict[str, PackedPart], name: str) -> Any:
    from lxml import etree

    return etree.parse(io.BytesIO(unpack(package[name]))).getroot()


def _serialized(root: Any) -> bytes:
    from lxml import etree

    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return data


def _identity(relationship: Any, parts: dict[str, PackedPart]) -> tuple[str, str, bytes] | None:
    """What makes two relationships of two papers the same; None for those every paper shares (styles, fonts).

    The bytes themselves and no checksum: two codes taken for one would send a paper to another case.
    """
    kind = str(relationship.get("Type"))
    if relationship.get("TargetMode") == "External":
        return kind, str(relationship.get("Target")), b""
    part = parts.get(_resolved(relationship))
    if part is None or not kind.endswith(_OF_A_PAPER):
        return None
    return kind, part.name, part.packed


def _resolved(relationship: Any) -> str:
    """Part name a relationship of the document points to."""
    target = str(relationship.get("Target"))
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"word/{target}")


def _links_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"

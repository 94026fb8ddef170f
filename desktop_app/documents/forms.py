"""Paper templates: read and checked with python-docx, split once, then filled by joining strings.

A template is a .docx in `forms/`, or the office's own copy of it in its data folder, which wins. The check
happens when it is read, before any paper is made; whatever is wrong is named with its place.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.documents.codes import code_picture
from desktop_app.documents.docx_package import PackageWriter, PackedPart, pack
from desktop_app.documents.fields import CODE, FIELDS, fields_of, required_fields
from desktop_app.documents.paper_catalogue import TEMPLATES
from desktop_app.documents.paper_merge import merge
from desktop_app.documents.template_marking import (
    PARAGRAPHS,
    ROWS,
    VANISHING,
    Mark,
    Marking,
    W,
)
from desktop_app.documents.template_opening import open_template, placeholders_elsewhere
from desktop_app.documents.template_pictures import DrawnPictures
from desktop_app.documents.template_pieces import (
    Filling,
    HeightSlot,
    Piece,
    Repeated,
    Row,
    Slot,
    Vanishing,
    WidthSlot,
    render,
)
from desktop_app.errors import BadData, Fault
from desktop_app.paths import forms_folder

__all__ = ["FilledPaper", "Template", "check_forms", "load_form", "merge", "read_template", "template_of"]

_MARK = re.compile(r"<\?liuyan (?:slot|open|(close)) (\d+)\?>|liuyan-(width|height)-(\d+)")
_LARGEST_FILE = 20_000_000
"""Bytes; a template is some tens of kilobytes, more is a mistake."""


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """One paper. unprintable: a sentence for each character that had to be shown as □; sha256: of the bytes."""

    bytes: bytes
    unprintable: tuple[str, ...]
    sha256: str


class Template:
    """One template, ready to be filled any number of times; the same values give the same bytes.

    data: the template's file, to be kept beside the papers made of it; sha256: its digest, to be recorded with
    each; fields: those it uses, by name.
    """

    def __init__(
        self,
        form_id: str,
        data: bytes,
        fields: tuple[str, ...],
        constant: Sequence[PackedPart],
        filled: Sequence[tuple[str, tuple[Piece, ...]]],
        pictures: Mapping[str, str] | None = None,
    ) -> None:
        self.form_id = form_id
        self.data = data
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.fields = fields
        self._writer = PackageWriter(constant)
        self._filled = tuple(filled)
        self._pictures = dict(pictures or {})
        self._required = tuple(_value_name(name) for name in required_fields(form_id))

    def fill(self, values: Mapping[str, str | Sequence[Row]]) -> FilledPaper:
        """One paper with these values, put in as text.

        values: field name → text; list name (`件`) → rows, each field name within the list → text. Fields the
        template does not use are passed over, optional ones not given stay blank. Raises KeyError for a value
        no field is named after, or a required one not given: a fault of the caller's, not of the office's.
        """
        if unknown := [name for name in values if name not in _VALUE_NAMES]:
            raise KeyError(f"no such field: {', '.join(unknown)}")
        if missing := [name for name in self._required if name not in values]:
            raise KeyError(f"{self.form_id} needs: {', '.join(missing)}")
        return self.fill_again(values)

    def fill_again(self, values: Mapping[str, str | Sequence[Row]]) -> FilledPaper:
        """The same with values recorded when the paper was first made, whatever fields there are by now."""
        filling = Filling(values, {}, [])
        parts = [pack(name, render(pieces, filling).encode()) for name, pieces in self._filled]
        if self._pictures:
            parts += _pictures(self._pictures, values)
        data = self._writer.write(parts)
        return FilledPaper(data, tuple(dict.fromkeys(filling.unprintable)), hashlib.sha256(data).hexdigest())


def load_form(form_id: str, office_folder: Path | None = None) -> Template:
    """The template of a paper: the office's own copy where its folder holds one, else the shipped one.

    Raises BadData with every fault of the template, and where it stands.
    """
    name = TEMPLATES[form_id].file_name
    own = office_folder / name if office_folder is not None else None
    return read_template(form_id, own if own is not None and own.is_file() else forms_folder() / name)


def check_forms(folder: Path) -> list[Fault]:
    """Proves every template of a folder; what is wrong with them, none when all can be used."""
    faults: list[Fault] = []
    by_file = {paper.file_name: form_id for form_id, paper in TEMPLATES.items()}
    for file in sorted(folder.glob("*.docx")):
        if file.name.startswith("~$"):  # Word's and WPS's mark of an open file
            continue
        if file.name not in by_file:
            names = "、".join(f"{one.file_name}（{one.title}）" for one in TEMPLATES.values())
            faults.append(
                Fault(file.name, "", f"文件名不是任何一种文书的，不会被使用；可用的文件名：{names}")
            )
            continue
        try:
            read_template(by_file[file.name], file)
        except BadData as bad:
            faults.extend(bad.faults)
    return faults


def read_template(form_id: str, file: Path) -> Template:
    """Reads and checks one template from its file. Raises BadData."""
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise BadData(Fault(file.name, "", "文件过大，不像文书模板"))
        data = file.read_bytes()
    except FileNotFoundError:
        raise BadData(Fault(file.name, "", "找不到这个文书模板；请重新安装程序，或放回模板文件")) from None
    except OSError as error:
        reason = f"打不开（{error.strerror}）；若正在 Word 或 WPS 中编辑，请先关闭"
        raise BadData(Fault(file.name, "", reason)) from None
    return template_of(form_id, data, file.name)


def template_of(form_id: str, data: bytes, name: str, *, kept: bool = False) -> Template:
    """Checks a template as it lies in a file of that name. Raises BadData.

    A template `kept` beside a paper that was made of it once may lack fields that are required only since.
    """
    opened = open_template(data, name, kept=kept)
    marking = Marking(fields_of(form_id), TEMPLATES[form_id].title)
    pictures = DrawnPictures(marking.form_fields, marking.title, marking.mark)
    for story in opened.stories:
        marking.part(story.root, story.place)
        pictures.part(story.root, story.targets, story.place)
    faults = [Fault(name, place, reason) for place, reason in (*marking.faults, *pictures.faults)]
    faults += [
        Fault(name, "全文", f"缺少必有的字段 {{{{{field}}}}}（{FIELDS[field].meaning}）")
        for field in required_fields(form_id)
        if field not in marking.used and not kept
    ]
    faults += placeholders_elsewhere(opened, name)
    if faults:
        raise BadData(faults)
    filled = [(story.name, split(story.root, marking.marks)) for story in opened.stories]
    filled = [(name, pieces) for name, pieces in filled if len(pieces) > 1]
    changing = {*(name for name, _ in filled), *pictures.parts}
    constant = [part for part in opened.parts if part.name not in changing]
    return Template(form_id, data, tuple(marking.used), constant, filled, pictures.parts)


def split(root: Any, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cuts a marked part into constant XML and slots."""
    from lxml import etree

    xml = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True).decode()
    prefix = next(f"{name}:" if name else "" for name, uri in root.nsmap.items() if f"{{{uri}}}" == W)
    between = f'</{prefix}t><{prefix}{{}}/><{prefix}t xml:space="preserve">'
    line_break, tab = between.format("br"), between.format("tab")
    stack: list[list[Piece]] = [[]]
    at = 0
    for match in _MARK.finditer(xml):
        if match.start() > at:
            stack[-1].append(xml[at : match.start()])
        at = match.end()
        mark = marks[int(match[2] or match[4])]
        if match[3] == "height":
            stack[-1].append(HeightSlot(mark.names[0], int(mark.names[1])))
        elif match[3]:
            stack[-1].append(WidthSlot(mark.names[0], FIELDS[mark.names[0]].line_chars or 0))
        elif match[1]:
            inner = stack.pop()
            stack[-1].extend(_closed(mark, inner, tab))
        elif mark.kind in (PARAGRAPHS, VANISHING, ROWS):
            stack.append([])
        else:
            stack[-1].append(Slot(mark.names[0], line_break, tab))
    stack[-1].append(xml[at:])
    return tuple(stack[-1])


def _closed(mark: Mark, inner: list[Piece], tab: str) -> list[Piece]:
    """The pieces of a stretch that is repeated or left out, at its end."""
    if mark.kind == ROWS:
        return [Repeated(mark.names[0], tuple(inner))]
    if mark.kind == VANISHING:
        return [Vanishing(mark.names, tuple(inner))]
    head, slot, tail = inner
    if not (isinstance(head, str) and isinstance(slot, Slot) and isinstance(tail, str)):
        raise TypeError("a paragraph that is repeated holds one slot")
    return [head, Slot(slot.field, tail + head, tab), tail]


_VALUE_NAMES = frozenset(field.group or name for name, field in FIELDS.items())


def _value_name(name: str) -> str:
    return FIELDS[name].group or name


def _pictures(names: Mapping[str, str], values: Mapping[str, str | Sequence[Row]]) -> list[PackedPart]:
    """The picture of its field under each of these names. A PNG is packed already."""
    drawn = {field: _picture(field, str(values.get(field, ""))) for field in set(names.values())}
    return [
        PackedPart(name, 0, zlib.crc32(drawn[field]), len(drawn[field]), drawn[field])
        for name, field in names.items()
    ]


def _picture(field: str, value: str) -> bytes:
    return base64.b64decode(value) if value and field != CODE else code_picture(value)

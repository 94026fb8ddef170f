"""Finds the `{{字段}}` of a template's part and marks, in its XML, where values will go.

Word and WPS cut a placeholder into several runs as they please (spelling, input method, a changed letter); the
pieces are joined first. Marks are processing instructions, which no text of a template can imitate:
`<?liuyan slot 3?>`, and `open` / `close` around a paragraph or rows that are repeated or left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from desktop_app.documents.fields import FIELDS, Field
from desktop_app.documents.template_pictures import holds_only_drawn

Element = Any  # an lxml element: lxml carries no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLACEHOLDER = re.compile(r"\{\{([^{}\n\t]*)\}\}")
_STRAY = re.compile(r"\{\{|\}\}|｛｛|｝｝")
_PLAIN_PARAGRAPH = {f"{W}pPr", f"{W}r", f"{W}t", f"{W}rPr"}
_AFTER_WIDTH = {f"{W}{name}" for name in (
    "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl",
    "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
)}  # fmt: skip

PARAGRAPHS, VANISHING, ROWS, SLOT = "paragraphs", "vanishing", "rows", "slot"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. kind: SLOT, or what lies between its open and close; names: the fields, or the list."""

    kind: str
    names: tuple[str, ...]


@dataclass(slots=True)
class Marking:
    """What was found in one template: its marks, the fields used, and what is wrong and where."""

    form_fields: Mapping[str, Field]
    title: str
    marks: list[Mark] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def part(self, root: Element, place_of: Callable[[Element], str]) -> None:
        """Marks one part in place. place_of: where a paragraph stands, in words."""
        _drop_editing_traces(root)
        slots: dict[Element, list[str]] = {}
        alone: set[Element] = set()
        for paragraph in list(root.iter(f"{W}p")):
            whole = "".join(text for text, _ in _own_texts(paragraph))
            names = self._paragraph(paragraph, place_of)
            if names:
                slots[paragraph] = names
                if _PLACEHOLDER.fullmatch(whole.strip()):
                    alone.add(paragraph)
        self._rows(slots, place_of)
        vanishing = {paragraph for paragraph, names in slots.items() if _vanish(names)}
        for paragraph, names in slots.items():
            self._whole_paragraph(paragraph, names, paragraph in alone, vanishing)

    def mark(self, kind: str, *names: str) -> int:
        """Number of a new mark."""
        self.marks.append(Mark(kind, names))
        return len(self.marks) - 1

    def _paragraph(self, paragraph: Element, place_of: Callable[[Element], str]) -> list[str]:
        texts = list(_own_texts(paragraph))
        whole = "".join(part for part, _ in texts)
        if "{{" not in whole and not _STRAY.search(whole):
            return []
        place = place_of(paragraph)
        if stray := _STRAY.search(_PLACEHOLDER.sub("", whole)):
            reason = f"“{stray[0]}”没有成对，或不是半角花括号；字段要写成 {{{{字段名}}}}，不换行"
            self.faults.append((place, reason))
            return []
        found = [(m.start(), m.end(), m[1].strip()) for m in _PLACEHOLDER.finditer(whole)]
        for _, _, name in found:
            self._check_name(name, place)
        _put_slots(texts, [(start, end, self.mark(SLOT, name)) for start, end, name in found])
        for name, run in _runs_of_slots(paragraph, self.marks):
            if name in FIELDS and FIELDS[name].line_chars is not None:
                _set_width(run, self.mark("width", name))
        return [name for _, _, name in found]

    def _check_name(self, name: str, place: str) -> None:
        self.used.setdefault(name, place)
        if name in self.form_fields:
            return
        if name not in FIELDS:
            near = get_close_matches(name, self.form_fields, n=1, cutoff=0.5)
            reason = f"没有“{name}”这个字段" + (f"，是不是“{near[0]}”？" if near else "")
        elif FIELDS[name].protected:
            reason = f"“{name}”是网民身份信息，{self.title}不得出现"
        else:
            reason = f"“{name}”不是{self.title}的字段"
        self.faults.append((place, reason))

    def _rows(self, slots: Mapping[Element, list[str]], place_of: Callable[[Element], str]) -> None:
        group_of: dict[Element, str] = {}
        for paragraph, names in slots.items():
            groups = {name.partition(".")[0] for name in names if "." in name}
            if not groups:
                continue
            row = next(paragraph.iterancestors(f"{W}tr"), None)
            if row is None:
                self.faults.append((place_of(paragraph), "列表的字段要写在表格的一行里"))
            elif len(groups | {group_of.get(row, next(iter(groups)))}) > 1:
                self.faults.append((place_of(paragraph), "一行里只能有一个列表的字段"))
            else:
                group_of[row] = groups.pop()
        for row, group in group_of.items():
            before = row.getprevious()
            if before is not None and group_of.get(before) == group:
                continue
            last = row
            while (after := last.getnext()) is not None and group_of.get(after) == group:
                last = after
            _surround(row, last, self.mark(ROWS, group))

    def _whole_paragraph(
        self, paragraph: Element, names: list[str], alone: bool, vanishing: Collection[Element]
    ) -> None:
        known = [FIELDS[name] for name in names if name in FIELDS]
        if paragraph in vanishing and _may_be_left_out(paragraph, vanishing):
            _surround(paragraph, paragraph, self.mark(VANISHING, *(one.name for one in known)))
        if alone and known and known[0].paragraphs and _is_plain(paragraph):
            _surround(paragraph, paragraph, self.mark(PARAGRAPHS))


def _drop_editing_traces(root: Element) -> None:
    """Removes spelling marks, revision ids and the cursor's bookmark; they say nothing, and ids must not repeat."""
    for element in list(root.iter(f"{W}proofErr", f"{W}lastRenderedPageBreak")):
        element.getparent().remove(element)
    for start in list(root.iter(f"{W}bookmarkStart")):
        if start.get(f"{W}name") == "_GoBack":
            number = start.get(f"{W}id")
            for end in list(root.iter(f"{W}bookmarkEnd")):
                if end.get(f"{W}id") == number:
                    end.getparent().remove(end)
            start.getparent().remove(start)
    for element in root.iter(f"{W}p", f"{W}r", f"{W}tr", f"{W}sectPr"):
        for key in list(element.attrib):
            if key.startswith((f"{_W14}paraId", f"{_W14}textId", f"{W}rsid")):
                del element.attrib[key]


def _own_texts(paragraph: Element) -> Iterator[tuple[str, Element | None]]:
    """The paragraph's texts in order, without those of text boxes anchored in it; breaks and tabs as such."""
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"):
        if next(element.iterancestors(f"{W}p")) is not paragraph or element.getparent().tag != f"{W}r":
            continue
        if element.tag == f"{W}t":
            yield element.text or "", element
        else:
            yield "\t" if element.tag == f"{W}tab" else "\n", None


def _put_slots(texts: list[tuple[str, Element | None]], slots: list[tuple[int, int, int]]) -> None:
    """Puts each slot where its placeholder began and takes the placeholder's text away, in every run it crossed."""
    start = 0
    for text, element in texts:
        end = start + len(text)
        if element is not None and any(first < end and last > start for first, last, _ in slots):
            element.text = ""
            element.set(_XML_SPACE, "preserve")
            at = start
            for first, last, number in slots:
                if last <= start or first >= end:
                    continue
                _append_text(element, text[at - start : max(first, at) - start])
                if first >= start:
                    _append_mark(element, f"{SLOT} {number}")
                at = min(last, end)
            _append_text(element, text[at - start :])
        start = end


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _append_mark(element: Element, words: str) -> None:
    from lxml import etree

    element.append(etree.ProcessingInstruction("liuyan", words))


def _surround(first: Element, last: Element, number: int) -> None:
    from lxml import etree

    first.addprevious(etree.ProcessingInstruction("liuyan", f"open {number}"))
    last.addnext(etree.ProcessingInstruction("liuyan", f"close {number}"))


def _runs_of_slots(paragraph: Element, marks: list[Mark]) -> Iterator[tuple[str, Element]]:
    from lxml import etree

    for instruction in list(paragraph.iter(etree.ProcessingInstruction)):
        kind, _, number = (instruction.text or "").partition(" ")
        if instruction.target == "liuyan" and kind == SLOT:
            yield marks[int(number)].names[0], instruction.getparent().getparent()


def _set_width(run: Element, number: int) -> None:
    """Gives the run a width of face (w:w) to be filled in, at the place the schema wants."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = run.makeelement(f"{W}rPr")
        run.insert(0, properties)
    width = properties.find(f"{W}w")
    if width is None:
        width = properties.makeelement(f"{W}w")
        later = next((child for child in properties if child.tag in _AFTER_WIDTH), None)
        if later is None:
            properties.append(width)
        else:
            later.addprevious(width)
    width.set(f"{W}val", f"liuyan-width-{number}")


def _is_plain(paragraph: Element) -> bool:
    """Whether it holds text and nothing else (no drawing, field, bookmark), so that it can be repeated."""
    for child in paragraph:
        if child.tag not in _PLAIN_PARAGRAPH:
            return False
        if child.tag == f"{W}r" and any(part.tag not in _PLAIN_PARAGRAPH for part in child):
            return False
    return paragraph.find(f"{W}pPr/{W}sectPr") is None


def _vanish(names: Iterable[str]) -> bool:
    """Whether nothing but fields that may vanish stand in a paragraph."""
    known = [FIELDS[name] for name in names if name in FIELDS]
    return bool(known) and all(one.vanishes for one in known)


def _may_be_left_out(paragraph: Element, vanishing: Collection[Element]) -> bool:
    """A cell must keep a paragraph, and end in one; what ends a section or holds a drawing must stay."""
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    held = [
        name for name in ("drawing", "pict", "object") if next(paragraph.iter(f"{W}{name}"), None) is not None
    ]
    if held and not (held == ["drawing"] and holds_only_drawn(paragraph)):
        return False
    if paragraph.getparent().tag == f"{W}body":
        return True
    if next(paragraph.itersiblings(f"{W}p"), None) is not None:
        return True
    before = next(paragraph.itersiblings(f"{W}*", preceding=True), None)
    return before is not None and before.tag == f"{W}p" and before not in vanishing

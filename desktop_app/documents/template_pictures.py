"""Pictures of a template that are drawn anew for each paper: those whose alternative text (可选文字) is `{{识别码}}`,
or names a picture among the paper's fields (`{{图一}}`).

The alternative text, because Word and WPS name a picture's file as they please and keep this. Whatever PNG stands
in the template is a placeholder of the right size in the right place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_app.documents.fields import CODE, Field

Element = Any  # an lxml element: lxml carries no types

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PLACEHOLDER = re.compile(r"\s*\{\{\s*(.*?)\s*\}\}\s*")


@dataclass(slots=True)
class DrawnPictures:
    """What was found in one template: the parts (files in it) that hold such pictures, each with its field, and what is
    wrong and where."""

    form_fields: Mapping[str, Field]
    title: str
    mark: Callable[..., int]
    parts: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def part(self, root: Element, targets: Mapping[str, str], place_of: Callable[[Element], str]) -> None:
        """Looks through one part. targets: names of the parts its relationships lead to, by their ids."""
        for properties, blip in _pictures(root):
            words = properties.get("descr", "")
            if "{{" not in words:
                continue
            place = f"{place_of(next(properties.iterancestors(f'{_W}p')))}的图片"
            target = targets.get(blip.get(f"{_R}embed", ""), "") if blip is not None else ""
            if reason := self._fault(words, target):
                self.faults.append((place, reason))
                continue
            # On the paper it says what it is to a reader who cannot see it.
            name = _named(words)
            properties.set("descr", name)
            if self.parts.setdefault(target, name) != name:
                self.faults.append(
                    (place, f"“{name}”和“{self.parts[target]}”用了同一个图片文件；请另插一张图片")
                )
            if name != CODE and properties.tag == f"{_WP}docPr":
                self._let_height_follow(properties.getparent(), name)

    def _let_height_follow(self, drawing: Element, name: str) -> None:
        """The width is the template's, the height that of what is drawn: a chart has as many bars as it has."""
        for extent in (*drawing.iterchildren(f"{_WP}extent"), *drawing.iter(f"{_A}ext")):
            if extent.get("cx", "").isdigit():
                extent.set("cy", f"liuyan-height-{self.mark('height', name, extent.get('cx'))}")

    def _fault(self, words: str, target: str) -> str:
        drawn = [name for name, one in self.form_fields.items() if one.picture or name == CODE]
        name = _named(words)
        if name == CODE and name not in drawn:
            return f"“{CODE}”不是{self.title}的字段"
        if name not in drawn:
            known = "、".join(f"{{{{{one}}}}}" for one in drawn or (CODE,))
            return f"可选文字里只能写 {known}，现为“{words}”"
        if not target.lower().endswith(".png"):
            return f"要换成{name}的图片须是插在文档里的 PNG 图片；请从程序自带的模板中复制"
        return ""


def _named(words: str) -> str:
    found = _PLACEHOLDER.fullmatch(words)
    return found[1] if found is not None else ""


def holds_only_drawn(paragraph: Element) -> bool:
    """Whether every drawing in a paragraph is a picture of the kind, so that it may be left out with its words."""
    drawings = list(paragraph.iter(f"{_W}drawing"))
    return bool(drawings) and all(
        _named(properties.get("descr", "")) for one in drawings for properties in one.iter(f"{_WP}docPr")
    )


def _pictures(root: Element) -> Iterator[tuple[Element, Element | None]]:
    """The properties that carry a picture's alternative text, with its image; Word writes the text twice."""
    for drawing in root.iter(f"{_W}drawing"):
        blip = next(drawing.iter(f"{_A}blip"), None)
        for properties in (*drawing.iter(f"{_WP}docPr"), *drawing.iter(f"{_PIC}cNvPr")):
            yield properties, blip

"""A template split once into constant XML and slots, and filled by joining strings.

Values are only ever put between constant pieces; nothing that was filled in is looked at again, so a message
that says `{{标题}}` prints as that.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, str]

UNPRINTABLE_SHOWN_AS = "□"

_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PNG_HEAD = 64
"""Characters of base64 that hold a PNG's first chunk."""
_NARROWEST = 30
"""Per cent; below it a face is no longer readable, and the line may break."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field's text goes. line_break, tab: the XML that stands for them in this place."""

    field: str
    line_break: str
    tab: str


@dataclass(frozen=True, slots=True)
class WidthSlot:
    """Where the width of a face goes, in per cent, so that the field stays on its line."""

    field: str
    line_chars: int


@dataclass(frozen=True, slots=True)
class HeightSlot:
    """Where the height of a drawn picture goes, in the unit of its width, which is the template's."""

    field: str
    width: int


@dataclass(frozen=True, slots=True)
class Vanishing:
    """A paragraph left out when all its fields are empty."""

    fields: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """Table rows put once for each member of a list; for an empty list once, blank (a table needs a row)."""

    group: str
    pieces: tuple[Piece, ...]


Piece = str | Slot | WidthSlot | HeightSlot | Vanishing | Repeated


@dataclass(slots=True)
class Filling:
    """The values of one paper, escaped when first needed, and what could not be printed."""

    values: Mapping[str, str | Sequence[Row]]
    ready: dict[str, str]
    unprintable: list[str]

    def text(self, name: str, row: Row | None, row_number: int) -> str:
        """The field's text as XML, line feeds and tabs still bare; empty where no value was given."""
        found = self.ready.get(name)
        if found is None:
            if row is not None and "." in name:
                where = f"{name}（第 {row_number} 行）"
                return printable(row.get(name.partition(".")[2], ""), where, self.unprintable)
            value = self.values.get(name, "")
            if not isinstance(value, str):
                raise TypeError(f"{name} is a list, not a text")
            found = self.ready[name] = printable(value, name, self.unprintable)
        return found

    def rows(self, group: str) -> Sequence[Row]:
        """The members of a list."""
        value = self.values.get(group, ())
        if isinstance(value, str):
            raise TypeError(f"{group} is a text, not a list")
        return value


def printable(text: str, name: str, unprintable: list[str]) -> str:
    """Text as XML character data; line ends become line feeds, what XML cannot hold becomes □ and is listed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNPRINTABLE.search(text):
        unprintable.extend(_described(text, name))
        text = _UNPRINTABLE.sub(UNPRINTABLE_SHOWN_AS, text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _described(text: str, name: str) -> Iterable[str]:
    """One sentence a character: where it first stands, and how often."""
    places: dict[str, list[int]] = {}
    for match in _UNPRINTABLE.finditer(text):
        places.setdefault(match[0], []).append(match.start() + 1)
    for character, at in places.items():
        yield f"{name}：字符 U+{ord(character):04X} 无法打印，共 {len(at)} 处，首处在第 {at[0]} 字，已用□代替"


def width_per_cent(text: str, line_chars: int) -> int:
    """How wide a face must be drawn for the text to stay on a line of so many full-width characters."""
    halves = sum(1 if character.isascii() else 2 for character in text)
    return 100 if halves <= 2 * line_chars else max(_NARROWEST, 200 * line_chars // halves)


def picture_height(png_in_base64: str, width: int) -> int:
    """How high a PNG is at that width; as high as wide where there is none."""
    head = base64.b64decode(png_in_base64[:_PNG_HEAD])
    if len(head) < 24 or head[12:16] != b"IHDR":
        return width
    across, down = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    return max(1, round(width * down / across)) if across else width


def render(pieces: Iterable[Piece], filling: Filling) -> str:
    """The part's XML with its values in place."""
    out: list[str] = []
    _render(pieces, filling, None, 0, out)
    return "".join(out)


def _render(pieces: Iterable[Piece], filling: Filling, row: Row | None, number: int, out: list[str]) -> None:
    for piece in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif isinstance(piece, Slot):
            text = filling.text(piece.field, row, number)
            if "\n" in text:
                text = text.replace("\n", piece.line_break)
            if "\t" in text:
                text = text.replace("\t", piece.tab)
            out.append(text)
        elif isinstance(piece, Vanishing):
            if any(filling.text(name, row, number) for name in piece.fields):
                _render(piece.pieces, filling, row, number, out)
        elif isinstance(piece, WidthSlot):
            text = str(filling.values.get(piece.field, ""))
            out.append(str(width_per_cent(text, piece.line_chars)))
        elif isinstance(piece, HeightSlot):
            out.append(str(picture_height(str(filling.values.get(piece.field, "")), piece.width)))
        else:
            for count, member in enumerate(filling.rows(piece.group) or ({},), start=1):
                _render(piece.pieces, filling, member, count, out)

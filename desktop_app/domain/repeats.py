"""Duplicates, conflicting numbers and suspected repeats among the messages of one import (docs/command-line.md, 导入).

*Duplicate*: the same board number with the same cleaned title and text; or no number and the same citizen,
time, title and text. *Conflict*: the same number with other content. *Suspected*: imported, but looks like
an earlier message. The service looks up in bulk what is already registered; everything here is pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from desktop_app.domain.incoming import NUMBER_CONFLICT, IncomingMessage, Rejected, folded_number
from desktop_app.domain.message_text import fold
from desktop_app.domain.messages import Message

ALIKE_FROM = 8
"""Texts with fewer letters than this (“同上”, “请回复”) are alike without being repeats."""

_NAMELESS = frozenset({"", "匿名", "匿名网友", "匿名用户", "网友", "网民", "游客", "人民网网友"})
"""Names that many people share: the same title under them says nothing."""

_FORM = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Keys:
    """By what a message is found again; all but `number` are SHA-256 in hex, so they can be stored and indexed.

    `number`: folded board number, or empty. `content`: cleaned title and text. `whole`: citizen, time, title
    and text. `alike`: one for the letters of the text, one for citizen and title; none where too little is
    there to tell.
    """

    number: str
    content: str
    whole: str
    alike: tuple[str, ...]


def keys_of(message: Message) -> Keys:
    """The keys of a cleaned message; the service stores them with the case, and looks them up here."""
    citizen = message.citizen.name
    return _keys(message.board_number, citizen, message.written, message.title, message.text)


@lru_cache(maxsize=4096)
def _keys(number: str, citizen: str, written: str, title: str, text: str) -> Keys:
    """An import asks three times: what is registered, what repeats, what is stored."""
    return Keys(
        number=folded_number(number),
        content=_digest("content", title, text),
        whole=_digest("whole", citizen, written, title, text),
        alike=_alike(citizen, title, text),
    )


def _alike(citizen: str, title: str, text: str) -> tuple[str, ...]:
    keys: list[str] = []
    text = letters(text)
    if len(text) >= ALIKE_FROM:
        keys.append(_digest("text", text))
    citizen, title = fold(citizen), letters(title)
    if title and citizen not in _NAMELESS:
        keys.append(_digest("title", citizen, title))
    return tuple(keys)


def letters(text: str) -> str:
    """The folded text without white space, punctuation and marks: what is left when form is passed over."""
    return _FORM.sub("", fold(text))


def _digest(*parts: str) -> str:
    """Of a tagged list; each part goes in with its length, so that no two lists run into one."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(f"{len(data)}:".encode())
        whole.update(data)
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register knows of a board number: the case's register number and its content key."""

    number: str
    content: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is registered already (voided cases left out), by each of the keys.

    `by_number`: folded board number; `by_whole` and `by_alike`: key → register number.
    """

    by_number: Mapping[str, Registered] = field(default_factory=dict)
    by_whole: Mapping[str, str] = field(default_factory=dict)
    by_alike: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier message that one repeats: a case by its register number, or a row of the same file.

    Exactly one is set; a row's number is known only when the batch has been numbered.
    """

    number: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row and the earlier message it repeats, or looks like."""

    row: int
    of: Earlier


@dataclass(frozen=True, slots=True)
class Sorted:
    """Every message of a file once: in `new`, `duplicates` or `conflicts`; `suspected` are rows of `new`."""

    new: tuple[IncomingMessage, ...]
    duplicates: tuple[Repeat, ...]
    conflicts: tuple[Rejected, ...]
    suspected: tuple[Repeat, ...]


@dataclass(frozen=True, slots=True)
class _Origin:
    of: Earlier
    content: bytes


class Sorting:
    """Sorts the messages of a file in the order of their rows, part by part; of repeats within the file the first row
    is the message."""

    def __init__(self) -> None:
        self._new: list[IncomingMessage] = []
        self._duplicates: list[Repeat] = []
        self._conflicts: list[Rejected] = []
        self._suspected: list[Repeat] = []
        self._here = _Here({}, {}, {})

    def take(self, messages: Iterable[IncomingMessage], known: Known) -> None:
        """The next part of the file, and what is `known` of it."""
        for message in messages:
            self._take(message, keys_of(message.message), known)

    def sorted(self) -> Sorted:
        """What was taken so far."""
        return Sorted(
            tuple(self._new), tuple(self._duplicates), tuple(self._conflicts), tuple(self._suspected)
        )

    def _take(self, message: IncomingMessage, keys: Keys, known: Known) -> None:
        origin = self._here.numbered(keys, known) if keys.number else None
        same = self._here.whole(keys, known) if not keys.number else None
        if origin is not None and origin.content != _short(keys.content):
            self._conflicts.append(_conflict(message, origin.of))
        elif origin is not None:
            self._duplicates.append(Repeat(message.row, origin.of))
        elif same is not None:
            self._duplicates.append(Repeat(message.row, same))
        else:
            alike = self._here.alike(keys, known)
            if alike is not None:
                self._suspected.append(Repeat(message.row, alike))
            self._here.add(message.row, keys)
            self._new.append(message)


def classify(messages: Iterable[IncomingMessage], known: Known) -> Sorted:
    """Sorts messages all of which are looked up already."""
    sorting = Sorting()
    sorting.take(messages, known)
    return sorting.sorted()


def _short(digest: str) -> bytes:
    """Half of a SHA-256: no two texts share it either, and of a large file a great many are held."""
    return bytes.fromhex(digest[:32])


@dataclass(frozen=True, slots=True)
class _Here:
    """What this file has brought so far, by rows; what is registered goes before it."""

    by_number: dict[str, tuple[int, bytes]]
    by_whole: dict[bytes, int]
    by_alike: dict[bytes, int]

    def numbered(self, keys: Keys, known: Known) -> _Origin | None:
        registered = known.by_number.get(keys.number)
        if registered is not None:
            return _Origin(Earlier(number=registered.number), _short(registered.content))
        row, content = self.by_number.get(keys.number, (None, b""))
        return None if row is None else _Origin(Earlier(row=row), content)

    def whole(self, keys: Keys, known: Known) -> Earlier | None:
        number = known.by_whole.get(keys.whole)
        return Earlier(number=number) if number is not None else _row(self.by_whole, keys.whole)

    def alike(self, keys: Keys, known: Known) -> Earlier | None:
        for key in keys.alike:
            number = known.by_alike.get(key)
            earlier = Earlier(number=number) if number is not None else _row(self.by_alike, key)
            if earlier is not None:
                return earlier
        return None

    def add(self, row: int, keys: Keys) -> None:
        if keys.number:
            self.by_number[keys.number] = row, _short(keys.content)
        self.by_whole.setdefault(_short(keys.whole), row)
        for key in keys.alike:
            self.by_alike.setdefault(_short(key), row)


def _row(rows: Mapping[bytes, int], key: str) -> Earlier | None:
    row = rows.get(_short(key))
    return None if row is None else Earlier(row=row)


def _conflict(message: IncomingMessage, of: Earlier) -> Rejected:
    where = f"已登记的 {of.number}" if of.number is not None else f"本表第 {of.row} 行"
    return Rejected(
        message.row,
        NUMBER_CONFLICT,
        f"第 {message.row} 行：编号 {message.message.board_number} 与{where}相同，但主题或内容不同；"
        "请核对编号，改正后重新导入该行",
    )

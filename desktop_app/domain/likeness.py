"""By what a message is found again that says the same in other words, more shortly, or for somebody else (X 第四条, T 第五条).

Finding: a message is known by a few short pieces of its title and text, chosen by chance but always by the same chance:
those whose hashes are the smallest (a bottom-k sketch). Of two messages that share much some chosen pieces are the
same, also where one is only a part of the other, so an index of the pieces finds them without reading the texts.
Judging: `compare` reads both and says how much of the shorter is in the longer, whether one person wrote both, and
which place or body both name. docs/adr/028-near-duplicates.md tells what was measured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar
from zlib import crc32

from desktop_app.domain.message_text import fold
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.text_differences import Span, differences

PIECE = 4
"""Letters of a piece by which a message is found: two Chinese words, which few texts share by accident."""

KEYS_OF_TEXT, KEYS_OF_TITLE = 12, 4

TELLS_UP_TO = 30
"""A key that so many cases bear is a figure of speech: it is kept for no further case, and so the index stays small."""

_MOST_COMPARED = 5
_LEAST_EVIDENCE = 0.25
"""Evidence of a key is one part in as many as bear it: one rare key is enough, of common ones it takes several."""

Name = TypeVar("Name")

# Words that carry the sentence and not the matter: rewriting changes them first, and everybody uses them.
_EMPTY = r"\W_的了是在我你他她它们这那有和与及或就也都还不没被把给对向从到为以而但请您很着过吗呢吧啊希望尊敬领导感谢"
# A piece does not reach over punctuation or a word without weight; those that begin with one letter of four go first,
# so that of a long text only a quarter must be hashed.
_FIRST = "".join(chr(code) for code in range(0x4E00, 0xA000) if code * 0x9E3779B1 >> 28 & 3 == 0)
_FIRST_PIECES = re.compile(f"(?=((?![{_EMPTY}])[{_FIRST}0-4a-f][^{_EMPTY}]{{{PIECE - 1}}}))")
_PIECES = {length: re.compile(f"(?=([^{_EMPTY}]{{{length}}}))") for length in (1, 2, 3, PIECE)}
_SPREAD, _MASK = 0x9E3779B1, 0xFFFFFFFF

_SAME_TEXT = 0.55
_LEAST_TEXT = 10
"""Pieces that the shorter text must have before its share says something: “请回复，谢谢” is in every text."""

_TOLD, _PIECES_TOLD = 16, 2
"""Letters of a differing piece that are told, and how many pieces."""

_NAME_BEFORE = 6
"""Letters that a name may have before the last two and its kind: 魅力之城小区."""

_NAMELESS = frozenset({"", "匿名", "匿名网友", "匿名用户", "网友", "网民", "游客", "人民网网友"})
_ONLY_A_FAMILY = re.compile(r".(?:先生|女士|小姐|某|某某|同志|老师)")

_PLACE = re.compile(
    "(?=([一-龥0-9a-z](?![村厂苑府湾湖])[一-龥0-9a-z](?:小区|公寓|花园|家园|社区|公司|集团|公园|广场|大厦|中学|小学|幼儿园|学院|医院|卫校|大道|"
    "水库|酒店|饭店|山庄|村|厂|苑|府|湾|湖)))"
)
# Letters before a kind of place that name none: 物业公司, 安置小区, 全体村民, 高速公路.
_NO_NAME = re.compile(
    "物业|管理|开发|地产|有限|责任|快递|燃气|来水|安置|住宅|整个|全体|部分|当地|一个|中心|实验|民办|公办|人民|水泥|公交|高速|速公|义务|群众|老旧|多个|各个|"
    "我们|附近|周边|所有|本小|该小|相关|某某|政府|级政|市政|县政|区政|镇政|乡政|建设|保险|电力|通信|运营|客运|出租|投资|房产|产开|集团|全村|本村|我村|农村|"
    "新农|个村|级公|乡村|村公|道路|马路|条路|段路|泥巴|修路|十字|在建|高档|居民|商业|工业|污染|附属|重点|普通|公立|私立|乡镇|县人|市人|三甲"
)


def keys_of(title: str, text: str) -> tuple[int, ...]:
    """The keys (31 bits each, ascending) under which a message is kept; none where it says too little."""
    of_title = _least(fold(title), KEYS_OF_TITLE)
    return tuple(sorted({*of_title, *_least(fold(text), KEYS_OF_TEXT)}))


def likely(found: Mapping[int, Sequence[Name]], most: int = _MOST_COMPARED) -> list[Name]:
    """Of those found under the keys of a message, the few worth comparing with it; the most evident first."""
    evidence: dict[Name, float] = {}
    for names in found.values():
        for name in names:
            evidence[name] = evidence.get(name, 0.0) + 1 / len(names)
    worth = [name for name, much in evidence.items() if much >= _LEAST_EVIDENCE]
    return sorted(worth, key=evidence.__getitem__, reverse=True)[:most]


def _least(folded: str, count: int) -> list[int]:
    """The hashes that come first, of the pieces that go first and, where those are too few, of the others."""
    first = {_hash(piece) for piece in _FIRST_PIECES.findall(folded)}
    if len(first) >= count:
        return sorted(first)[:count]
    others = {_hash(piece) for piece in _PIECES[PIECE].findall(folded)} - first
    return [*first, *sorted(others)[: count - len(first)]]


def _hash(piece: str) -> int:
    return (crc32(piece.encode("utf-8", "surrogatepass")) * _SPREAD & _MASK) >> 1


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is compared of a message: its person, the pieces of title and text, the places and bodies it names (by their
    last letters)."""

    citizen: Citizen
    folded: str
    title: Set[str]
    text: Set[str]
    places: Set[str]


def portrait(message: Message) -> Portrait:
    """Read a message once, for comparing it with others."""
    title, text = fold(message.title), fold(message.text)
    names = {name for name in _PLACE.findall(f"{title}\n{text}") if not _NO_NAME.match(name)}
    return Portrait(
        message.citizen,
        f"{title}\n{text}",
        frozenset(_PIECES[2].findall(title)),
        frozenset(_PIECES[3].findall(text)),
        frozenset(name for name in names if _PIECES[2].match(name)),
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two messages say the same.

    `content` and `title`: share (0 to 1) of the shorter one's pieces that the longer one has. `places`: names of places
    and bodies that both tell. `same_person` is None where that can't be told. `enough`: the shorter text is long
    enough for its share to mean something.
    """

    content: float
    title: float
    same_person: bool | None
    places: tuple[str, ...]
    enough: bool

    @property
    def suspected(self) -> bool:
        """Whether a person should look: mostly the same text, or the same matter by the same person or of the same place."""
        if self.enough and self.content >= _SAME_TEXT:
            return True
        if self.same_person and (self.content >= 0.28 or (self.content >= 0.15 and self.title >= 0.45)):
            return True
        if self.places and self.content >= 0.12 and (self.title >= 0.6 or self.content >= 0.25):
            return True
        return self.title >= 0.9 and self.content >= 0.2

    @property
    def related(self) -> bool:
        """Whether it helps a person who screens one of the two to see the other; suspected ones, and more."""
        return (
            self.suspected
            or (self.content >= 0.25 and self.enough)
            or (self.title >= 0.8 and self.content >= 0.05)
            or (bool(self.places) and (self.title >= 0.45 or self.content >= 0.1))
        )

    @property
    def score(self) -> float:
        """For ranking: the greater, the sooner to be looked at."""
        return self.content + 0.4 * self.title + 0.3 * (self.same_person is True) + 0.2 * bool(self.places)

    @property
    def words(self) -> str:
        """The reason, for people: 同一人；内容约 86% 相同；都提到“魅力之城小区”."""
        told = [{True: "同一人", False: "不是同一人", None: "是否同一人不明"}[self.same_person]]
        told.append(f"内容约 {round(self.content * 100)}% 相同")
        if self.title >= 0.9:
            told.append("主题相同")
        if self.places:
            told.append("都提到" + "、".join(f"“{name}”" for name in self.places[:2]))
        return "；".join(told)


def compare(one: Portrait, other: Portrait) -> Likeness:
    """How far two messages say the same; the order of the two does not matter."""
    shorter = min(len(one.text), len(other.text))
    return Likeness(
        content=_share(one.text, other.text),
        title=_share(one.title, other.title),
        same_person=same_person(one.citizen, other.citizen),
        places=_places(one, other),
        enough=shorter >= _LEAST_TEXT,
    )


def differing_words(earlier: str, this: str) -> str:
    """Where two texts part, in words: the longest pieces that only one of them has. Empty where only form differs."""
    found = differences(earlier, this)
    told = [
        f"{whose}多出{pieces}"
        for whose, pieces in (
            ("本件", _told_pieces(this, found.added)),
            ("那件", _told_pieces(earlier, found.removed)),
        )
        if pieces
    ]
    return "；".join(told)


def _told_pieces(text: str, spans: Sequence[Span]) -> str:
    pieces = [" ".join(text[start:end].split()).strip("，。；：、！？,.;:!? ") for start, end in spans]
    longest = sorted((piece for piece in pieces if _PIECES[1].search(piece)), key=len, reverse=True)
    return "、".join(
        f"“{piece if len(piece) <= _TOLD else piece[:_TOLD] + '…'}”" for piece in longest[:_PIECES_TOLD]
    )


def _places(one: Portrait, other: Portrait) -> tuple[str, ...]:
    """The names that both tell, as long as they agree; the longest first, none that is the end of another."""
    names: list[str] = []
    for name in one.places & other.places:
        longer = max(
            (_common_end(before, after) for before in _before(one, name) for after in _before(other, name)),
            key=len,
        )
        names.append(longer + name)
    names.sort(key=lambda name: (-len(name), name))
    return tuple(name for at, name in enumerate(names) if not any(name in other for other in names[:at]))


def _before(one: Portrait, name: str) -> set[str]:
    """What stands before a name, a few letters of it."""
    return {
        one.folded[max(0, found.start() - _NAME_BEFORE) : found.start()]
        for found in re.finditer(re.escape(name), one.folded)
    }


def _common_end(one: str, other: str) -> str:
    length = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs or not _PIECES[1].match(mine):
            break
        length += 1
    return one[len(one) - length :]


def _share(one: Set[str], other: Set[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def same_person(one: Citizen, other: Citizen) -> bool | None:
    """Whether both left the same contact, else whether both bear the same name; None where many may bear it."""
    contacts = _digits(one.contact), _digits(other.contact)
    if all(contacts):
        return contacts[0] == contacts[1]
    name, its = fold(one.name).strip(), fold(other.name).strip()
    return None if is_nameless(name) or is_nameless(its) else name == its


def is_nameless(name: str) -> bool:
    """Whether a folded name tells no one person: none at all, a word for anybody, a family name with a title."""
    return name in _NAMELESS or _ONLY_A_FAMILY.fullmatch(name) is not None


def _digits(contact: str) -> str:
    digits = re.sub(r"\D", "", fold(contact))
    return digits if len(digits) >= 7 else ""

"""Text of messages: cleaning it for show, and folding it for search, duplicates and names.

Cleaning changes nothing that can be seen. Folding is the one folding of the program: NFKC and
case, with the positions in the original kept, so that what was found can be marked where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
"""Zero-width space, non-joiner, joiner, word joiner, byte order mark: invisible, and in the way of search."""

_NON_JOINER, _JOINER = "\u200c", "\u200d"

_ANY_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]")

# Excel's way of writing a carriage return, which leaks into exports as these seven letters.
_ESCAPED_RETURN = re.compile("_x000[dD]_")

_LINE_END = re.compile("\r\n?")

# Scripts whose letters change their shape beside a joiner or a non-joiner: Arabic (Uyghur, Kazakh) to
# Arabic Extended-A, the Indic scripts to Sinhala, Khmer, Mongolian, and Arabic presentation forms.
_JOINING_SCRIPTS = re.compile("[\u0600-\u0dff\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc]")

# Before a joiner an emoji may end in a skin tone (Sk), a variation selector (Mn) or a keycap (Me).
_EMOJI_BEFORE_JOINER = frozenset({"So", "Sk", "Mn", "Me"})
_EMOJI_AFTER_JOINER = frozenset({"So", "Sm"})


def clean(text: str) -> str:
    """The text for show (docs/command-line.md, 导入): visible characters never change, and nothing else is added.

    Removes white space at both ends (full-width and no-break spaces too), the characters of `ZERO_WIDTH`,
    and `_x000D_`; makes CRLF and CR into LF. A joiner or non-joiner stays where taking it away would change
    what is seen: a joiner between two emoji (one family would become three people), either of them beside a
    letter of a joining script (Mongolian, Uyghur). `clean(clean(text)) == clean(text)`.
    """
    if _ANY_ZERO_WIDTH.search(text):
        text = _without_zero_width(text)
    while _ESCAPED_RETURN.search(text):
        text = _ESCAPED_RETURN.sub("", text)
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    return text.strip()


def _without_zero_width(text: str) -> str:
    kept: list[str] = []
    for index, character in enumerate(text):
        if character not in ZERO_WIDTH:
            kept.append(character)
        elif character in (_NON_JOINER, _JOINER):
            before = kept[-1] if kept else ""
            after = _next_visible(text, index + 1)
            if _changes_what_is_seen(character, before, after):
                kept.append(character)
    return "".join(kept)


def _next_visible(text: str, start: int) -> str:
    for character in text[start : start + 16]:
        if character not in ZERO_WIDTH:
            return character
    return ""


def _changes_what_is_seen(character: str, before: str, after: str) -> bool:
    if _JOINING_SCRIPTS.match(before) or _JOINING_SCRIPTS.match(after):
        return True
    return (
        character == _JOINER
        and before not in ("", _NON_JOINER, _JOINER)
        and after != ""
        and unicodedata.category(before) in _EMOJI_BEFORE_JOINER
        and unicodedata.category(after) in _EMOJI_AFTER_JOINER
    )


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `positions[i]` is the index in the original of the character that gave `text[i]`."""

    text: str
    positions: tuple[int, ...]

    def span(self, start: int, end: int, length: int) -> tuple[int, int]:
        """Where folded `[start, end)` stands in the original, whose length is `length`; for marking."""
        first = self.positions[start] if start < len(self.positions) else length
        last = self.positions[end] if end < len(self.positions) else length
        return first, max(first, last)


def fold(text: str) -> str:
    """The text as search and comparison see it: compatible forms (NFKC) and case made one.

    Full-width letters and digits become plain ones. White space and punctuation stay. Idempotent.
    """
    if text.isascii():
        return text.lower()
    return _stable(text)


@lru_cache(maxsize=16384)
def _fold_cluster(cluster: str) -> str:
    return _stable(cluster)


@lru_cache(maxsize=2048)
def _stable(text: str) -> str:
    """NFKC and casefold, again until nothing changes (a few letters need a second round: ẞ, ᾳ, ŉ).

    Kept for a while: search, duplicates and names each fold the same message as it comes in.
    """
    while True:
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        if folded == text:
            return folded
        text = folded


def folded(text: str) -> Folded:
    """`fold(text)` with, for each character of it, the index of its origin in `text`."""
    if text.isascii():
        return Folded(text.lower(), tuple(range(len(text))))
    parts: list[str] = []
    positions: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _joins_the_one_before(text[end]):
            continue
        part = _fold_cluster(text[start:end])
        parts.append(part)
        positions.extend([start] * len(part))
        start = end
    return Folded("".join(parts), tuple(positions))


# Letters of combining class 0 that normalisation may nevertheless melt into the letter before them
# (Unicode, NFKC_Quick_Check=Maybe): vowel signs of Indic scripts; Hangul vowels and finals are a range.
_MELTING = frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
)


@lru_cache(maxsize=16384)
def _joins_the_one_before(character: str) -> bool:
    first = unicodedata.normalize("NFKD", character)[0]
    return (
        unicodedata.combining(first) != 0
        or first in _MELTING
        or "\u1161" <= first <= "\u1175"
        or "\u11a8" <= first <= "\u11c2"
    )


def well_formed(text: str) -> str:
    """`text` without halves of surrogate pairs, which no file can hold (each becomes U+FFFD), and without NUL, which
    PostgreSQL keeps in no text and no screen shows."""
    text = text.replace("\x00", "")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

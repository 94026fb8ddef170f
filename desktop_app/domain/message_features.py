"""What a message is learned by: its letters one, two and three at a time, as numbers (docs/adr/029-suggestions.md)."""

from __future__ import annotations

import re
from collections import Counter
from zlib import crc32

from desktop_app.domain.message_text import fold

BITS = 22
"""Wide enough that what is common enough to be learned from hardly ever meets another of the same number."""

_TITLE_COUNTS = 3
"""A title says in one line what the text is about."""

_READ = 1000
"""Letters of a text that are read: what comes after tells the story and not the matter."""

_SPREAD = 0x9E3779B1
_FORM = re.compile(r"[\W_]+")


def features(title: str, text: str) -> dict[int, int]:
    """How often each group of letters stands in a message, by the number of the group (`BITS` wide)."""
    groups: Counter[str] = Counter()
    for words, counts in ((_letters(title), _TITLE_COUNTS), (_letters(text)[:_READ], 1)):
        for length in (1, 2, 3):
            for at in range(len(words) - length + 1):
                groups[words[at : at + length]] += counts
    found: dict[int, int] = {}
    for group, times in groups.items():
        number = (crc32(group.encode("utf-8", "surrogatepass")) * _SPREAD & 0xFFFFFFFF) >> 32 - BITS
        found[number] = found.get(number, 0) + times
    return found


def _letters(text: str) -> str:
    return _FORM.sub("", fold(text))

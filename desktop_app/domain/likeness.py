"""By what a message is found again that says the same in other words, more shortly, or for somebody else (X 第四条, T 第五条).

A message is known by a few short pieces of its text, chosen by chance but always by the same chance: the pieces whose
hashes are the smallest (a bottom-k sketch). Of two messages that share much, some chosen pieces are the same, also
where one is only a part of the other; a table of the pieces finds them without reading the texts.
"""

from __future__ import annotations

import re
from zlib import crc32

from desktop_app.domain.message_text import fold

PIECE = 4
"""Letters of a piece: four Chinese letters are two words, which many texts rarely share by accident."""

KEYS_OF_TEXT = 12
KEYS_OF_TITLE = 4

_SPREAD, _MASK = 0x9E3779B1, 0xFFFFFFFF

# Words that carry the sentence and not the matter: rewriting changes them first, and everybody uses them.
_EMPTY = re.compile(
    r"[\W_的了是在我你他她它们这那有和与及或就也都还不没被把给对向从到为以而但请您很着过吗呢吧啊希望尊敬领导感谢谢]+"
)


def keys_of(title: str, text: str) -> tuple[int, ...]:
    """The keys (31 bits each, ascending) under which a message is kept; none where it says too little."""
    of_title = sorted(pieces(title))[:KEYS_OF_TITLE]
    of_text = sorted(pieces(text))[:KEYS_OF_TEXT]
    return tuple(sorted({*of_title, *of_text}))


def pieces(text: str) -> set[int]:
    """The hashes of all pieces of a text; pieces do not reach over punctuation or words without weight."""
    found: set[int] = set()
    for run in _EMPTY.split(fold(text)):
        if len(run) >= PIECE:
            data = run.encode("utf-16-le", "surrogatepass")
            found.update(
                crc32(data[at : at + 2 * PIECE]) * _SPREAD & _MASK
                for at in range(0, len(data) - 2 * PIECE + 2, 2)
            )
    return {one >> 1 for one in found}

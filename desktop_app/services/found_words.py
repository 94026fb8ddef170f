"""Where in a message stands what was searched for, told in a few words where its title does not show it."""

from __future__ import annotations

from desktop_app.domain.message_text import fold, folded
from desktop_app.domain.messages import Message
from desktop_app.domain.privacy import masked_text

_BEFORE, _AFTER = 6, 12
"""Characters before and after that are shown."""
_LOOKED_AT = 60
"""Characters on either side within which protected words are found: no number or address is longer."""


def found_in_text(message: Message, words: str) -> str:
    """``正文：…小区二次供水水压不足，希…``, masked; empty where the title has it already, or the text has it not."""
    term = fold(words)
    if not term.strip() or term in fold(message.title):
        return ""
    text = message.text
    plain = fold(text)
    start = plain.find(term)
    if start < 0:
        return ""
    end = start + len(term)
    if len(plain) != len(text):
        start, end = folded(text).span(start, end, len(text))
    first = max(0, start - _LOOKED_AT)
    masked = masked_text(text[first : end + _LOOKED_AT], message.citizen)
    at = fold(masked).find(term)
    if at < 0:
        return "正文（已遮盖）"
    before, after = max(0, at - _BEFORE), at + len(term) + _AFTER
    shown = " ".join(masked[before:after].split())
    return f"正文：{'…' if before or first else ''}{shown}{'…' if after < len(masked) else ''}"

"""What was ticked in `□是　□否`, in all the ways in which people and office suites tick."""

from __future__ import annotations

import re

_TICKS = "√✓✔☑☒■●▣◉"
_CROSSES = "×✗✘✕╳"
"""A cross says no where the other is ticked, and yes where it stands alone."""
_EMPTY = "□☐○◻◯"
_MARKS = _TICKS + _CROSSES + _EMPTY
_YES_NO = re.compile(r"^(?P<before>.*?)是(?P<between>.*?)否(?P<after>.*)$", re.DOTALL)


def ticked_answer(text: str) -> bool | None:
    """True for 是, False for 否, None where neither is ticked or both are."""
    plain = "".join(text.split())
    found = _YES_NO.match(plain)
    if found is None:
        return _in_words(plain)
    yes, no = _marks(found)
    answers = (_says(yes, no), _says(no, yes))
    return {(True, False): True, (False, True): False}.get(answers)


def both_ticked(text: str) -> bool:
    """Whether 是 and 否 are both ticked."""
    found = _YES_NO.match("".join(text.split()))
    return found is not None and all(any(one in _TICKS for one in marks) for marks in _marks(found))


def _marks(found: re.Match[str]) -> tuple[str, str]:
    """The marks of 是 and of 否: those before each, or, where none stands before 是, those after each."""
    before, between, after = (
        "".join(one for one in found[name] if one in _MARKS) for name in found.groupdict()
    )
    return (before, between) if before else (between, after)


def _says(own: str, other: str) -> bool:
    if any(one in _TICKS for one in own):
        return True
    return any(one in _CROSSES for one in own) and not any(one in _TICKS for one in other)


def _in_words(plain: str) -> bool | None:
    """What was not wanted was deleted, or the answer written out."""
    words = "".join(one for one in plain if one not in _MARKS)
    if words in ("是", "宜", "宜公开", "可以公开", "公开", "同意公开"):
        return True
    if words in ("否", "不宜", "不宜公开", "不公开", "不可以公开", "不同意公开"):
        return False
    return None

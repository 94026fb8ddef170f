"""The two codes on paper that open an office together, when every password of its posts is forgotten.

A code is six groups of five signs: a mark (A for the first person's, B for the second's), 23 signs at random
(114 bits), and at the end of each group one that tells a slip of the pen. Signs that look alike are not used.
"""

from __future__ import annotations

import secrets
import unicodedata

from desktop_app.errors import Refusal

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31, a prime: a sign misread, or two exchanged, always shows."""
GROUPS, _DATA = 6, 4
_MARKS = "AB"
_NAMES = {"A": "第一份", "B": "第二份"}


def new_codes() -> tuple[str, str]:
    """Two codes, each written in groups; either alone is of no use."""
    first, second = (_written(mark + _random()) for mark in _MARKS)
    return first, second


def read_codes(one: str, other: str) -> tuple[str, str]:
    """Both codes without the ornaments of writing, the first person's first, in whichever order they were given.

    Refusal `unknown_value` for a slip of the pen, saying in which group, or for the same code twice.
    """
    read = sorted(_read(code) for code in (one, other))
    if [code[0] for code in read] != list(_MARKS):
        raise Refusal(
            "unknown_value",
            f"两份都是{_NAMES[read[0][0]]}恢复码；要两个人各拿一份。",
            None,
            "请把另一个人保管的那一份也输入。",
        )
    return read[0], read[1]


def _random() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(GROUPS * _DATA - 1))


def _written(data: str) -> str:
    groups = (data[place : place + _DATA] for place in range(0, len(data), _DATA))
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def _check(group: str, place: int) -> str:
    total = sum((weight + 1) * SIGNS.index(sign) for weight, sign in enumerate(group))
    return SIGNS[(total + 7 * place) % len(SIGNS)]


def _read(code: str) -> str:
    plain = unicodedata.normalize("NFKC", code).upper()
    signs = "".join(sign for sign in plain if sign.isalnum())
    groups = [signs[place : place + _DATA + 1] for place in range(0, len(signs), _DATA + 1)]
    if len(groups) != GROUPS or len(groups[-1]) != _DATA + 1:
        raise _slip(f"恢复码应有 {GROUPS} 组，每组 {_DATA + 1} 个字符。")
    for place, group in enumerate(groups):
        if any(sign not in SIGNS for sign in group) or _check(group[:_DATA], place) != group[_DATA]:
            raise _slip(f"恢复码的第 {place + 1} 组“{group}”抄错了。")
    data = "".join(group[:_DATA] for group in groups)
    if data[0] not in _MARKS:
        raise _slip("恢复码应以 A 或 B 开头。")
    return data


def _slip(message: str) -> Refusal:
    return Refusal("unknown_value", message, None, "请照纸上重新输入；不用数字 0、1 和字母 I、L、O。")

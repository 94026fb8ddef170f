"""How a person's name is typed in pinyin: its initials, or all of it."""

from __future__ import annotations

from functools import lru_cache

_LONGEST = 6
"""Characters of a name that is read; what is longer is a company, or a nickname that nobody spells."""
_AS_SURNAME = {
    "单": ("shan",), "曾": ("zeng",), "仇": ("qiu",), "解": ("xie",), "查": ("zha",), "任": ("ren",), "区": ("ou",),
    "朴": ("piao",), "盖": ("ge", "gai"), "覃": ("qin", "tan"), "尉": ("wei", "yu"), "乐": ("yue", "le"),
    "缪": ("miao",), "翟": ("zhai", "di"), "华": ("hua",), "宁": ("ning",), "洗": ("xian",), "冼": ("xian",),
    "晟": ("cheng", "sheng"), "员": ("yun",), "种": ("chong",), "重": ("chong",), "黑": ("he", "hei"), "繁": ("po",),
    "折": ("she",), "召": ("shao", "zhao"), "卜": ("bu",), "车": ("che",), "那": ("na",), "哈": ("ha",),
}  # fmt: skip
"""Read otherwise than elsewhere where they are a surname."""


@lru_cache(maxsize=4096)
def readings_of(name: str) -> tuple[str, ...]:
    """Of each way to read a folded name its initials and its spelling: ``("wxm", "wangxiaoming")``.

    ü is typed as v. Empty for a name in which a character has no reading, such as 网友06 or u0123.
    """
    if not name or len(name) > _LONGEST or not all("\u4e00" <= letter <= "\u9fff" for letter in name):
        return ()
    first, rest = name[0], name[1:]
    ways = [(surname, *map(_syllable, rest)) for surname in _AS_SURNAME.get(first, (_syllable(first),))]
    if not all(all(way) for way in ways):
        return ()
    return tuple(part for way in ways for part in ("".join(one[0] for one in way), "".join(way)))


def typed_letters(words: str) -> str:
    """What was typed, as letters of pinyin; empty where it is none: two letters at least, and nothing but letters."""
    letters = words.replace(" ", "").replace("'", "").lower()
    return letters if len(letters) > 1 and letters.isascii() and letters.isalpha() else ""


@lru_cache(maxsize=8192)
def _syllable(letter: str) -> str:
    # pypinyin takes its time to load: only who enters a name pays for it.
    from pypinyin import Style, pinyin

    (readings,) = pinyin(letter, style=Style.NORMAL, errors="ignore", v_to_u=False) or [[""]]
    return readings[0] if readings[0].isascii() else ""

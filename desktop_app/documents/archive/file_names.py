"""Names of files and folders that every disc, stick and system can carry, and that say what is in them."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
"""Characters of a name: Joliet discs carry 64, and a path of the package stays below Windows's 260."""

_UNFIT = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def portable(name: str) -> str:
    """The name without what a file system refuses; never empty, its ending kept."""
    plain = re.sub(r"\s+", " ", _UNFIT.sub("", unicodedata.normalize("NFC", name))).strip(" .")
    if not plain or _RESERVED.fullmatch(plain):
        plain = f"文件{plain and '-'}{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        return plain[:LONGEST].rstrip(" .")
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"


def is_portable(name: str) -> bool:
    """Whether a name stays as it is."""
    return portable(name) == name


def free(name: str, taken: set[str]) -> str:
    """The name, or the name with （2） and so on, that no other bears on a system that knows no case; it is taken now."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    candidate, count = name, 2
    while candidate.casefold() in taken:
        candidate = f"{stem[: LONGEST - 12]}（{count}）{dot}{ending}"
        count += 1
    taken.add(candidate.casefold())
    return candidate

"""What stays to be seen of a citizen's identity where it must not be shown (X 第六条, T 第七条（二）).

Every mask leaves what is already masked as it is, so that masking twice changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from desktop_app.domain.messages import Citizen

HIDDEN = "***"

_COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶"
        "太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空令狐",
    )
)
_NAME = re.compile("[一-鿿]{2,4}")
_MOBILE = re.compile(r"(?:\+?(?:00)?86-?)?(1[3-9][0-9])-?[0-9]{4}-?([0-9]{4})")
_LANDLINE = re.compile(r"\(?(0(?:10|2[0-9]|[3-9][0-9]{2}))\)?-?[2-9][0-9]{6,7}(?:(?:转|-)[0-9]{1,5})?")
_EMAIL = re.compile(r"([^@\s])[^@\s]*@([^@\s]+\.[^@\s]+)")
_ALREADY = re.compile(r"[0-9]{3}\*{4}[0-9]{4}|0[0-9]{2,3}-\*{4}|[^@\s]\*{3}@[^@\s]+\.[^@\s]+|\*+")
_PARTS = re.compile(r"[\s,，、;；/|]+")
_BREAKS = re.compile(r"[\s—–‐‑−-]+")
_DISTRICT = re.compile(
    r"(?:[一-鿿]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?:[一-鿿]{1,8}?(?:市|盟|自治州|地区))?"
    r"(?:[一-鿿]{1,8}?(?:县|旗|市|(?<![小社校园片厂街地])区))?"
)
_IPV4 = re.compile(r"([0-9]{1,3})\.([0-9]{1,3})\.(?:[0-9]{1,3}|\*)\.(?:[0-9]{1,3}|\*)")


def mask_name(name: str) -> str:
    """``王小明`` → ``王**``, ``欧阳小明`` → ``欧阳**``; the length of the name is hidden, too."""
    plain = name.strip()
    if len(plain) <= 1:
        return "*" if plain else ""
    kept = plain[:2] if plain[:2] in _COMPOUND_SURNAMES and len(plain) > 2 else plain[0]
    return f"{kept}**"


def surname_of(name: str) -> str:
    """The surname of a name of two to four Chinese characters, such as 王 or 欧阳; empty for a nickname of other length."""
    if _NAME.fullmatch(name) is None:
        return ""
    return name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[0]


def mask_contact(contact: str) -> str:
    """Each number or address of a contact field masked by its kind; what is of no known kind is hidden whole."""
    plain = _plain(contact)
    for between in ("-", ""):
        if whole := _mask_one_contact(_BREAKS.sub(between, plain)):
            return whole
    parts = [part for part in _PARTS.split(plain) if part]
    return " ".join(part if _ALREADY.fullmatch(part) else _mask_one_contact(part) or HIDDEN for part in parts)


def mask_email(address: str) -> str:
    """``wang@example.com`` → ``w***@example.com``."""
    plain = _plain(address)
    found = _EMAIL.fullmatch(plain)
    return f"{found[1]}***@{found[2]}" if found else HIDDEN if plain else ""


def mask_work_unit(name: str) -> str:
    """Hidden whole: with a surname beside it, a small work unit names the person."""
    return HIDDEN if name.strip() else ""


def mask_address(address: str) -> str:
    """Down to the district or county stays: ``某市某区***``."""
    plain = address.strip()
    if not plain:
        return ""
    found = _DISTRICT.match(plain)
    return f"{found[0] if found else ''}{HIDDEN}"


def mask_ip(address: str) -> str:
    """The first two of four stay; an address of the new kind is hidden whole."""
    plain = _plain(address)
    found = _IPV4.fullmatch(plain)
    return f"{found[1]}.{found[2]}.*.*" if found else HIDDEN if plain else ""


def masked(citizen: Citizen) -> Citizen:
    """The citizen as shown until the operator reveals, and in everything for third parties."""
    return Citizen(
        name=mask_name(citizen.name),
        contact=mask_contact(citizen.contact),
        work_unit=mask_work_unit(citizen.work_unit),
        address=mask_address(citizen.address),
        ip=mask_ip(citizen.ip),
    )


FIELD_MASKS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "citizen": mask_name,
        "contact": mask_contact,
        "work_unit": mask_work_unit,
        "address": mask_address,
        "ip": mask_ip,
    }
)
"""The mask of each identity field, by the key it has in the rows of lists and ledgers."""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _mask_one_contact(part: str) -> str:
    if found := _MOBILE.fullmatch(part):
        return f"{found[1]}****{found[2]}"
    if found := _LANDLINE.fullmatch(part):
        return f"{found[1]}-****"
    return mask_email(part) if _EMAIL.fullmatch(part) else ""

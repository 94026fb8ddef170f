"""Not to the one complained of: which units may not have a case, and none of its papers (X 第六条).

Barred are the unit accused, every unit below it, either under whatever name it stands in the register, and the unit
in which a person accused is head, deputy or handler, with all below that. Units above are not: they are who looks
into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop_app.domain.case import Complaint
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit, UnitRegister, plain_name

BARRED, WARNED = "barred", "warned"
"""How the regulation marks its kinds of complaint."""

_BETWEEN = re.compile(r"[\s、，,;；/|（()）:：]+")
_POST = (
    "(?:副?(?:局|处|科|股|所|站|镇|乡|县|区|市|旗|厅|院|校|队|会|社|部|组)长|副?(?:主任|书记|主席|经理|主管)|党组|党委"
    "|同志|先生|女士)"
)
_POSTS_AFTER = re.compile(f"{_POST}+$")
_ONLY_A_POST = re.compile("[一-鿿][局科处股所主书总]")
_FOLLOWS_A_NAME = re.compile(f"{_POST}|[等和及与的为系在是、，。；]|[^一-鿿]|$")
_NAME = re.compile("[一-鿿·]{2,8}")
_SHORTEST_UNIT_NAME = 3


def accused_before(
    register: UnitRegister, regulation: Regulation, complaints: Iterable[Complaint], name: str, flag: str
) -> str | None:
    """Who is complained of, in complaints so marked, on whose account this touches the unit of that name; None where
    it touches nobody. In words that name no person: the unit, or 某某局的人员."""
    candidates = register.named(name) or ((found,) if (found := register.find(name)) is not None else ())
    for complaint in complaints:
        term = regulation.term("complaint_kind", complaint.kind)
        if term is None or flag not in term.flags:
            continue
        if complaint.unit and plain_name(complaint.unit) == plain_name(name):
            return complaint.unit
        for accused, words in _accused(register, complaint):
            if any(register.is_same_or_below(unit, accused) for unit in candidates):
                return words
    return None


def _accused(register: UnitRegister, complaint: Complaint) -> Iterator[tuple[Unit, str]]:
    """The units that a complaint is about, and how that is said."""
    for unit in register.named(complaint.unit) if complaint.unit else ():
        yield unit, unit.name
    for unit in named_in(register, complaint.person) if complaint.person else ():
        yield unit, f"{unit.name}的人员"


def named_in(register: UnitRegister, words: str) -> tuple[Unit, ...]:
    """Units that these words name, or whose head, deputy or handler they name."""
    plain = plain_name(words)
    found = [unit for part in _BETWEEN.split(words) for unit in _at_the_head_of(register, plain_name(part))]
    found += [unit for unit in register if any(_is_named(one, plain) for one in people_of(unit))]
    return tuple(dict.fromkeys(found))


def _at_the_head_of(register: UnitRegister, part: str) -> list[Unit]:
    """市住建局某科长: whose name the part begins with, the longest that fits; after other words a short name may be
    part of another unit's (某区住建局)."""
    fits: dict[int, list[Unit]] = {}
    for unit in register:
        for name in map(plain_name, unit.names):
            if name and (part == name or (len(name) >= _SHORTEST_UNIT_NAME and part.startswith(name))):
                fits.setdefault(len(name), []).append(unit)
    return fits[max(fits)] if fits else []


def person_in(complaints: Iterable[Complaint], regulation: Regulation, words: str) -> bool:
    """Whether the words name a person whom these complaints accuse (控告、检举)."""
    plain = plain_name(words)
    if not plain:
        return False
    for complaint in complaints:
        term = regulation.term("complaint_kind", complaint.kind)
        accusing = term is not None and BARRED in term.flags
        if accusing and any(_is_named(name, plain) for name in _names_in(complaint.person)):
            return True
    return False


def people_of(unit: Unit) -> tuple[str, ...]:
    """Head, deputy and handlers as names alone; one of whom only the post is known (赵局) is nobody's name."""
    return tuple(name for words in (unit.head, unit.deputy, unit.handler) for name in _names_in(words))


def _names_in(words: str) -> Iterator[str]:
    for part in _BETWEEN.split(words):
        name = _POSTS_AFTER.sub("", plain_name(part))
        if _NAME.fullmatch(name) and not _ONLY_A_POST.fullmatch(name):
            yield name


def _is_named(name: str, person: str) -> bool:
    """Whether the words name that person, and not one of a longer name: 李伟 is not 李伟民."""
    at = person.find(name)
    while at >= 0:
        if len(name) > 2 or _FOLLOWS_A_NAME.match(person, at + len(name)):
            return True
        at = person.find(name, at + 1)
    return False

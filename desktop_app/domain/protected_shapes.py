"""Everything in a text that has the shape of protected data, whoever it belongs to (X 第六条)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.domain import protected_patterns as patterns
from desktop_app.domain.protected_hits import Hit

_DIGIT = re.compile(r"[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖幺〇零○]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SHORTEST_NUMBER = 6
_MARKS_OF_HOMES = frozenset("栋幢座楼#单洞梯号-—")
_LETTERS_FOR_FIGURES = frozenset("oli")
_LEAD = re.compile(r".*(?:我|住|在|的|是|位于)")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_ANNOUNCES = 12
_SHORTEST_PART = 2


def shapes(folded: str) -> list[Hit]:
    """Everything that has the shape of protected data; a shape is not looked for where its marks are missing."""
    hits = [_hit(found, "account") for found in patterns.ACCOUNT.finditer(folded) if not _is_public(found)]
    hits += [_hit(found, "name") for found in patterns.INTRODUCED_NAME.finditer(folded)]
    if patterns.MAY_BE_EMAIL.search(folded):
        hits += [_hit(found, "email") for found in patterns.EMAIL.finditer(folded)]
    if ":" in folded:
        hits += [_hit(found, "ip") for found in patterns.IPV6.finditer(folded)]
    digits = len(_DIGIT.findall(folded))
    if digits == 0:
        return hits
    hits += [_hit(found, "plate") for found in patterns.PLATE.finditer(folded)]
    if not _MARKS_OF_HOMES.isdisjoint(folded):
        hits += filter(None, map(_address, patterns.ADDRESS.finditer(folded)))
    hits += [_hit(found, "address") for found in patterns.HOME.finditer(folded)]
    if "." in folded:
        hits += [_hit(found, "ip") for found in patterns.IPV4.finditer(folded) if _is_ipv4(found[0])]
    if digits >= _SHORTEST_NUMBER:
        hits += _numbers(folded)
        hits += _documents(folded)
        spelt = patterns.with_figures(folded)
        if spelt != folded:
            hits += _spelt_numbers(spelt)
        if "\n" in folded:
            # 138 一直没人接: what is a figure in one reading is a word in the other.
            hits += [*_broken_numbers(folded), *_broken_numbers(spelt)]
    return hits


def _numbers(folded: str) -> Iterator[Hit]:
    for found in patterns.ID_CARD.finditer(folded):
        yield _hit(found, "id_card", sure=is_identity_number(figures_of(found["number"])))
    for found in patterns.OLD_ID_CARD.finditer(folded):
        yield _hit(found, "id_card", sure=_said_before(folded, found.start(), "身份证"))
    yield from _mobiles(folded)
    for found in patterns.LANDLINE.finditer(folded):
        if not _is_public(found):
            yield _hit(found, "landline")
    for found in patterns.ANNOUNCED_NUMBER.finditer(folded):
        yield from _announced(found)
    for found in patterns.BANK_CARD.finditer(folded):
        if is_card_number(figures_of(found["number"])) and _grouped_as_card(found["number"]):
            yield _hit(found, "bank_card", sure=False)
    for found in patterns.ANNOUNCED_CARD.finditer(folded):
        yield _hit(found, "bank_card")


def _mobiles(folded: str) -> Iterator[Hit]:
    for found in patterns.MOBILE.finditer(folded):
        if _is_mobile(found):
            yield _hit(found, "mobile")
    others = [patterns.MOBILES_TOGETHER, patterns.MOBILE_BETWEEN_SIGNS]
    if not _LETTERS_FOR_FIGURES.isdisjoint(folded):
        others.append(patterns.MOBILE_WITH_LETTERS)
    for pattern in others:
        for found in pattern.finditer(folded):
            yield _hit(found, "mobile")


def _documents(folded: str) -> Iterator[Hit]:
    """Passports and other papers of a person; without a word that announces them only those of a known shape."""
    for found in patterns.CERTIFICATE.finditer(folded):
        yield _hit(found, "certificate")
    for found in patterns.PASSPORT.finditer(folded):
        yield _hit(found, "certificate", sure=False)
    for found in patterns.SOCIAL_SECURITY.finditer(folded):
        yield _hit(found, "social_security")


def _spelt_numbers(spelt: str) -> Iterator[Hit]:
    """Numbers with Chinese figures among their digits."""
    yield from _mobiles(spelt)
    yield from (_hit(found, "id_card") for found in patterns.ID_CARD.finditer(spelt))
    yield from (
        _hit(found, "landline") for found in patterns.LANDLINE.finditer(spelt) if not _is_public(found)
    )
    for found in patterns.ANNOUNCED_NUMBER.finditer(spelt):
        yield from _announced(found)


def _broken_numbers(spelt: str) -> Iterator[Hit]:
    """Numbers that go on in the next line. Lists of figures have line breaks, too, so the whole must be one number."""
    for found in patterns.BROKEN_NUMBER.finditer(spelt):
        figures = figures_of(found[0])
        parts = [figures_of(part) for part in found[0].split("\n")]
        if min(map(len, parts)) < _SHORTEST_PART:
            continue
        if _MOBILE.fullmatch(figures):
            yield _hit(found, "mobile")
        elif patterns.BROKEN_ID.fullmatch(figures):
            said = _said_before(spelt, found.start(), "身份证")
            if said or is_identity_number(figures):
                yield _hit(found, "id_card", sure=is_identity_number(figures))
        elif patterns.BROKEN_CARD.fullmatch(figures) and is_card_number(figures):
            yield _hit(found, "bank_card", sure=_said_before(spelt, found.start(), "卡"))


def _said_before(text: str, place: int, word: str) -> bool:
    return word in text[max(0, place - _ANNOUNCES) : place]


def _announced(found: re.Match[str]) -> Iterator[Hit]:
    """One hit a number: of several named together (或、、) the unit's own may be permitted and another not."""
    for one in patterns.ONE_OF_SEVERAL.finditer(found["number"]):
        figures = figures_of(one[0])
        if patterns.PUBLIC_NUMBER.fullmatch(figures) or patterns.DATE_LIKE.fullmatch(figures):
            continue
        start = found.start("number") + one.start()
        yield Hit(start, start + len(one[0]), "landline", one[0])


def _hit(found: re.Match[str], kind: str, sure: bool = True) -> Hit:
    group: str | int = "number" if "number" in found.re.groupindex and kind != "mobile" else 0
    return Hit(found.start(group), found.end(group), kind, found[group], sure)


def _address(found: re.Match[str]) -> Hit | None:
    """Without the words before the place: “我住在阳光小区3栋501” begins at 阳光."""
    lead = _LEAD.match(found["before"])
    if found["stair"] and not found["after"] and not re.search("[我住]", found["before"]):
        return None
    start = found.start() + (lead.end() if lead else 0)
    end = found.start("after") if found["after"] else found.end()
    return Hit(start, end, "address", found.string[start:end])


def _is_mobile(found: re.Match[str]) -> bool:
    """Dates and sums in a row can have eleven figures, too: only groupings that people use for telephones."""
    groups = [len(group) for group in re.findall(r"[0-9]+", found["number"])]
    return max(groups) <= 2 or (min(groups) >= 2 and groups[0] >= 3)


def _grouped_as_card(number: str) -> bool:
    """In one piece, in fours, six and the rest, or figure by figure; not a telephone and a year in a row."""
    groups = [len(group) for group in re.findall(r"[0-9]+", number)]
    return len(groups) == 1 or max(groups) == 1 or set(groups[:-1]) == {4} or groups[:-1] == [6]


def _is_public(found: re.Match[str]) -> bool:
    number = found["number"] if "number" in found.re.groupindex else found[0]
    return patterns.PUBLIC_NUMBER.fullmatch(figures_of(number)) is not None


def _is_ipv4(written: str) -> bool:
    return all(part == "*" or int(part) <= 255 for part in written.split("."))


def is_identity_number(number: str) -> bool:
    """Whether the check figure of an 18-figure identity number is right (GB 11643-1999)."""
    if len(number) != 18 or not number[:17].isdigit():
        return False
    remainder = sum(int(figure) * weight for figure, weight in zip(number, _WEIGHTS, strict=False)) % 11
    return "10x98765432"[remainder] == number[17].lower()


def is_card_number(number: str) -> bool:
    """Whether the check figure of a bank card number is right (Luhn, GB/T 17552)."""
    doubled = [int(figure) * 2 for figure in number[-2::-2]]
    return (sum(map(int, number[-1::-2])) + sum(n - 9 if n > 9 else n for n in doubled)) % 10 == 0


def figures_of(text: str) -> str:
    """The figures of a number that matched, without what stands between them."""
    return "".join(letter for letter in text if letter in "0123456789x")

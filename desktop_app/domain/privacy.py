"""Finding protected data inside a message or a reply, and covering it (X 第六条, T 第七条（二）、第十八条).

What is found is shown to the operator, who may let it stand (`cleared`): better one word too many than one leaked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain import protected_patterns as patterns
from desktop_app.domain.messages import Citizen

KIND_WORDS = {
    "name": "网友姓名",
    "contact": "网友联系方式",
    "work_unit": "网友工作单位",
    "home": "网友住址",
    "id_card": "身份证号",
    "mobile": "手机号码",
    "landline": "电话号码",
    "bank_card": "银行卡号或账号",
    "email": "电子邮箱",
    "account": "微信、QQ 等账号",
    "plate": "车牌号",
    "ip": "IP 地址",
    "address": "住址",
}
"""Every kind of `Hit` in the office's words, the weightiest first: where two overlap, the first gives its name."""

_RANK = {kind: rank for rank, kind in enumerate(KIND_WORDS)}
_TELEPHONES = frozenset({"mobile", "landline", "account"})
_NO_NAMES = frozenset(
    {"匿名", "匿名网友", "网友", "网民", "游客", "用户", "先生", "女士", "市民", "群众", "居民", "业主"}
    | {"不详", "未留", "保密"}
)
_COUNTS_IN_WORDS = re.compile(r"\S|\n")
_COUNTS_IN_CONTACTS = re.compile(r"[0-9a-z@一-鿿\n]")
_DIGIT = re.compile(r"[0-9一二三四五六七八九壹贰叁肆伍陆柒捌玖幺〇零○]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SHORTEST_TELEPHONE = 7
_LEAD = re.compile(r".*(?:我|住|在|的|是|位于)")


@dataclass(frozen=True, slots=True)
class Hit:
    """Protected words at ``[start, end)`` of the text looked at. `kind` is a key of `KIND_WORDS`.

    Not `sure`: the shape fits, a check figure does not, or there is none and nothing announces the number.
    """

    start: int
    end: int
    kind: str
    text: str
    sure: bool = True


def find_protected(
    text: str, citizen: Citizen | None = None, permitted: Collection[str] = ()
) -> tuple[Hit, ...]:
    """All protected words in order, none overlapping.

    `permitted` are the telephones (and mail or street addresses) of the unit and its handler, which T 第十二条 wants
    published; what belongs to the citizen stays protected even then.
    """
    folded = patterns.same_length_fold(text)
    own = tuple(_own(folded, citizen)) if citizen is not None else ()
    found = (
        [hit for hit in _shapes(folded) if not _is_permitted(hit, permitted)]
        if permitted
        else _shapes(folded)
    )
    return _merged(text, (*own, *found))


def mask_text(text: str, hits: Iterable[Hit]) -> str:
    """`text` with every character of the hits covered by ``*``; length and line breaks stay."""
    letters = list(text)
    for hit in hits:
        for place in range(hit.start, min(hit.end, len(letters))):
            if letters[place] != "\n":
                letters[place] = "*"
    return "".join(letters)


def masked_text(text: str, citizen: Citizen | None = None, permitted: Collection[str] = ()) -> str:
    """`text` as it may be shown to third parties."""
    return mask_text(text, find_protected(text, citizen, permitted))


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


def _figures(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789x")


def _own(folded: str, citizen: Citizen) -> Iterator[Hit]:
    """The citizen's own data, wherever they stand, whatever stands between their characters."""
    for kind, value, least in (
        ("name", citizen.name, 2),
        ("work_unit", citizen.work_unit, 2),
        ("home", citizen.address, 4),
        ("ip", citizen.ip, 7),
    ):
        compact = re.sub(r"\s", "", patterns.same_length_fold(value))
        if len(compact) >= least and compact not in _NO_NAMES and "**" not in compact:
            yield from _occurrences(folded, compact, kind)
    for part in re.split(r"[,，、;；/|\n]+", patterns.same_length_fold(citizen.contact)):
        compact = re.sub(r"[^0-9a-z@一-鿿]", "", part)
        if len(compact) >= 5:
            yield from _occurrences(folded, compact, "contact")
            if compact.isdigit():
                yield from _occurrences(patterns.with_figures(folded), compact, "contact")


def _occurrences(folded: str, compact: str, kind: str) -> Iterator[Hit]:
    """Where `compact` stands, whatever blanks (in a contact: signs, too) stand between its characters.

    By plain search: a pattern compiled for each citizen would cost a ledger of 100,000 rows twenty minutes.
    """
    if not all(letter in folded for letter in compact):
        return
    counts = _COUNTS_IN_CONTACTS if kind == "contact" else _COUNTS_IN_WORDS
    places = [found.start() for found in counts.finditer(folded)]
    squeezed = "".join(folded[place] for place in places)
    at = squeezed.find(compact)
    while at >= 0:
        start, end = places[at], places[at + len(compact) - 1] + 1
        yield Hit(start, end, kind, folded[start:end])
        at = squeezed.find(compact, at + len(compact))


def _shapes(folded: str) -> list[Hit]:
    """Everything that has the shape of protected data; a shape is not looked for where its marks are missing."""
    hits = [_hit(found, "account") for found in patterns.ACCOUNT.finditer(folded) if not _is_public(found)]
    hits += [_hit(found, "name") for found in patterns.INTRODUCED_NAME.finditer(folded)]
    if "@" in folded or "at" in folded:
        hits += [_hit(found, "email") for found in patterns.EMAIL.finditer(folded)]
    if ":" in folded:
        hits += [_hit(found, "ip") for found in patterns.IPV6.finditer(folded)]
    digits = len(_DIGIT.findall(folded))
    if digits == 0:
        return hits
    hits += [_hit(found, "plate") for found in patterns.PLATE.finditer(folded)]
    hits += filter(None, map(_address, patterns.ADDRESS.finditer(folded)))
    hits += [_hit(found, "address") for found in patterns.HOME.finditer(folded)]
    if "." in folded:
        hits += [_hit(found, "ip") for found in patterns.IPV4.finditer(folded) if _is_ipv4(found[0])]
    if digits >= _SHORTEST_TELEPHONE:
        hits += _numbers(folded)
        hits += _spelt_numbers(folded)
    return hits


def _spelt_numbers(folded: str) -> Iterator[Hit]:
    """Numbers with Chinese figures among their digits."""
    spelt = patterns.with_figures(folded)
    if spelt != folded:
        yield from (_hit(found, "mobile") for found in patterns.MOBILE.finditer(spelt) if _is_mobile(found))
        yield from (_hit(found, "id_card") for found in patterns.ID_CARD.finditer(spelt))


def _numbers(folded: str) -> Iterator[Hit]:
    for found in patterns.ID_CARD.finditer(folded):
        yield _hit(found, "id_card", sure=is_identity_number(_figures(found["number"])))
    for found in patterns.OLD_ID_CARD.finditer(folded):
        yield _hit(found, "id_card", sure="身份证" in folded[max(0, found.start() - 12) : found.start()])
    for found in patterns.MOBILE.finditer(folded):
        if _is_mobile(found):
            yield _hit(found, "mobile")
    for found in patterns.MOBILES_TOGETHER.finditer(folded):
        yield _hit(found, "mobile")
    for found in patterns.LANDLINE.finditer(folded):
        if not _is_public(found):
            yield _hit(found, "landline")
    for found in patterns.ANNOUNCED_NUMBER.finditer(folded):
        yield from _announced(found)
    for found in patterns.BANK_CARD.finditer(folded):
        if is_card_number(_figures(found["number"])) and _grouped_as_card(found["number"]):
            yield _hit(found, "bank_card", sure=False)
    for found in patterns.ANNOUNCED_CARD.finditer(folded):
        yield _hit(found, "bank_card")


def _announced(found: re.Match[str]) -> Iterator[Hit]:
    """One hit a number: of several named together (或、、) the unit's own may be permitted and another not."""
    for one in patterns.ONE_OF_SEVERAL.finditer(found["number"]):
        figures = _figures(one[0])
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
    return patterns.PUBLIC_NUMBER.fullmatch(_figures(number)) is not None


def _is_ipv4(written: str) -> bool:
    return all(part == "*" or int(part) <= 255 for part in written.split("."))


def _is_permitted(hit: Hit, permitted: Collection[str]) -> bool:
    words = [patterns.same_length_fold(word).strip() for word in permitted if word.strip()]
    if hit.kind in _TELEPHONES:
        return any(_same_telephone(hit.text, word) for word in words)
    compact = re.sub(r"\s", "", hit.text)
    return hit.kind in {"email", "address"} and any(compact in re.sub(r"\s", "", word) for word in words)


def _same_telephone(found: str, permitted: str) -> bool:
    """With or without area code, country code and extension."""
    one, other = (_figures(re.split("转", number)[0]) for number in (found, permitted))
    if min(len(one), len(other)) < 7:
        return False
    longer, shorter = sorted((one, other), key=len, reverse=True)
    rest = longer.removesuffix(shorter)
    return one == other or (longer.endswith(shorter) and len(rest) <= 4 and rest[:1] in {"0", "8"})


def _merged(text: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Overlapping hits become one, named after the weightiest."""
    whole: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if whole and hit.start < whole[-1].end:
            before = whole.pop()
            first = min(before, hit, key=lambda one: _RANK[one.kind])
            start, end = before.start, max(before.end, hit.end)
            whole.append(Hit(start, end, first.kind, text[start:end], before.sure or hit.sure))
        else:
            whole.append(Hit(hit.start, hit.end, hit.kind, text[hit.start : hit.end], hit.sure))
    return tuple(whole)

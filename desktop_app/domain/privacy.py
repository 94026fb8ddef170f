"""Finding protected data inside a message or a reply, and covering it (X 第六条, T 第七条（二）、第十八条).

What is found is shown to the operator, who may let it stand (`cleared`): better one word too many than one leaked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from desktop_app.domain import protected_patterns as patterns
from desktop_app.domain.messages import Citizen
from desktop_app.domain.protected_hits import KIND_WORDS, Hit
from desktop_app.domain.protected_identity import own_words
from desktop_app.domain.protected_shapes import figures_of, is_card_number, is_identity_number, shapes

__all__ = [
    "KIND_WORDS",
    "Hit",
    "find_protected",
    "is_card_number",
    "is_identity_number",
    "mask_text",
    "masked_text",
]

_RANK = {kind: rank for rank, kind in enumerate(KIND_WORDS)}
_TELEPHONES = frozenset({"mobile", "landline", "account"})
_SHORTEST_TELEPHONE = 7
_PARTS = re.compile(r"[,，;；、/|\n]+|[^\S\n]{2,}")


def find_protected(
    text: str, citizen: Citizen | None = None, permitted: Collection[str] = ()
) -> tuple[Hit, ...]:
    """All protected words in order, none overlapping.

    `permitted` are the telephones (and mail or street addresses) of the unit and its handler, which T 第十二条 wants
    published; what belongs to the citizen stays protected even then.
    """
    seen, places = patterns.seen_only(text)
    folded = patterns.same_length_fold(seen)
    own = tuple(own_words(folded, citizen)) if citizen is not None else ()
    found = shapes(folded)
    if permitted:
        found = [hit for hit in found if not _is_permitted(hit, permitted)]
    hits: Sequence[Hit] = (*own, *found)
    if len(seen) != len(text):
        whole = (*places, len(text))
        hits = [_in_place(hit, whole) for hit in hits]
    return _merged(text, hits)


def _in_place(hit: Hit, places: Sequence[int]) -> Hit:
    """The hit where it stands in the text as it was given, with what nobody sees in and after it."""
    return Hit(places[hit.start], places[hit.end], hit.kind, hit.text, hit.sure)


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
    if not text:
        return text
    return mask_text(text, find_protected(text, citizen, permitted))


def _is_permitted(hit: Hit, permitted: Collection[str]) -> bool:
    """Whether it is one of the numbers or addresses given; of several in one field each counts for itself, and what
    stands in a sentence there counts for nothing."""
    words = [part for word in permitted for part in _PARTS.split(patterns.same_length_fold(word)) if part]
    if hit.kind in _TELEPHONES:
        return any(_same_telephone(hit.text, word) for word in words)
    compact = re.sub(r"\s", "", hit.text)
    return hit.kind in {"email", "address"} and any(compact == word for word in words)


def _same_telephone(found: str, permitted: str) -> bool:
    """With or without area code, country code and extension."""
    one, other = (figures_of(re.split("转", number)[0]) for number in (found, permitted))
    if min(len(one), len(other)) < _SHORTEST_TELEPHONE:
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

"""What of a case is written into the search index, and in which letters.

Every character and every two neighbours are a token of their own, in plain ASCII so that no tokenizer touches
them; of three that are made of two frequent pairs, the three as well (`frequent_pairs`). Marks stand beside them: the
state, the unit, the days and whatever else lists are narrowed down by, so that words and filters are looked up
together. Names of citizens have tokens of their own kind: not everybody may search by them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from desktop_app.domain.message_text import fold
from desktop_app.storage.case_ids import split_id
from desktop_app.storage.frequent_pairs import FREQUENT_PAIRS

BETWEEN = "\x1f"
"""Stands between the texts of a case, so that nothing is found across two of them."""
MARK = "\u00a4"
"""Begins whatever is no token of the text. No ASCII letter: the tokenizer leaves it alone."""
VOIDED, OPEN, AWAITING = f"{MARK}v", f"{MARK}o", f"{MARK}w"
STATUS, CATEGORY, LEAD, UNIT, DUE, RECEIVED = "s", "c", "l", "u", "d", "r"
PIECE = "b"
NAME, INITIALS, SPELLED = f"{MARK}n", f"{MARK}i", f"{MARK}p"
NO_DAY = "0"

_LONGEST = 500
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class _Codes(dict[str, str]):
    """Every character as four digits to base 36: plain ASCII, of one length, so that two can't run into one."""

    def __missing__(self, character: str) -> str:
        rest, code = ord(character), ""
        for _ in range(4):
            rest, digit = divmod(rest, 36)
            code = _DIGITS[digit] + code
        self[character] = code
        return code


CODES = _Codes()


def folded_text(texts: Iterable[str]) -> str:
    """The texts of a case as they are searched."""
    return BETWEEN.join(fold_words(words) for words in texts if words)


def fold_words(words: str) -> str:
    return fold(words).replace(BETWEEN, " ")


def mark(kind: str, value: str) -> str:
    """The mark of a state, a category or a unit; no index takes words of any length."""
    return f"{MARK}{kind}{''.join([CODES[character] for character in value[:_LONGEST]])}"


def day_mark(kind: str, day: str | None) -> str:
    """The mark of an ISO day, or of the month or year that it begins with; of having none."""
    return f"{MARK}{kind}{day.replace('-', '') if day else NO_DAY}"


PIECE_SIZES = (1_024, 16_384, 10**9)
"""Serials in one piece of a year's register, in a larger one, in all of it."""


def number_mark(case_id: int, size: int) -> str:
    """The mark of the piece of the register in which a case lies; `size` is one of `PIECE_SIZES`."""
    year, serial = split_id(case_id)
    parts = [serial // one for one in reversed(PIECE_SIZES[:-1]) if one >= size]
    return ".".join((f"{MARK}{PIECE}{year}", *map(str, parts)))


def number_marks(case_id: int) -> Iterator[str]:
    """The marks of all pieces in which a case lies: for an index that answers in no order."""
    for size in PIECE_SIZES:
        yield number_mark(case_id, size)


def text_tokens(folded: str) -> Iterator[str]:
    """Each token of the text once, in an order of its own: an index is compared by it, another day."""
    codes = CODES
    for character in dict.fromkeys(folded):
        yield codes[character]
    for first, second in dict.fromkeys(pairwise(folded)):
        yield codes[first] + codes[second]
    for first, second, third in sorted(frequent_triples(folded)):
        yield codes[first] + codes[second] + codes[third]


def frequent_triples(folded: str) -> set[tuple[str, str, str]]:
    """Three neighbours whose two pairs are frequent ones."""
    frequent = FREQUENT_PAIRS
    pairs = [first + second in frequent for first, second in pairwise(folded)]
    return {
        (folded[place], folded[place + 1], folded[place + 2])
        for place, (one, other) in enumerate(pairwise(pairs))
        if one and other
    }


def name_tokens(names: str) -> Iterator[str]:
    """Of a name as `search_texts` keeps it: the name, then its readings, initials and whole by turns."""
    name, *readings = names.split(BETWEEN)
    codes = CODES
    for character in dict.fromkeys(name):
        yield NAME + codes[character]
    for first, second in dict.fromkeys(pairwise(name)):
        yield NAME + codes[first] + codes[second]
    for initials, spelled in zip(readings[::2], readings[1::2], strict=False):
        # Every beginning of the initials is a token: they are few, and a prefix would have to be collected.
        for end in range(2, len(initials) + 1):
            yield INITIALS + initials[:end]
        yield SPELLED + spelled


MARKED_COLUMNS = (
    "status", "is_open", "awaiting_reply", "category", "lead", "supporting", "due", "received", "voided",
)  # fmt: skip
"""The columns of a case's row that its marks are made of."""


def row_marks(row: Sequence[object]) -> list[str]:
    """The marks of a case, from its `MARKED_COLUMNS` as the table keeps them."""
    status, is_open, awaiting, category, lead, supporting, due, received, voided = row
    units = dict.fromkeys((str(lead), *(json.loads(str(supporting)) if supporting else ())))
    marks = [mark(STATUS, str(status)), mark(CATEGORY, str(category)), mark(LEAD, str(lead))]
    marks += [mark(UNIT, unit) for unit in units if unit]
    marks += _day_marks(DUE, due) + _day_marks(RECEIVED, received)
    marks += [flag for flag, is_set in ((OPEN, is_open), (AWAITING, awaiting), (VOIDED, voided)) if is_set]
    return marks


def _day_marks(kind: str, day: object) -> list[str]:
    """Year, month and day: a span of any length is then a few dozen tokens."""
    if not isinstance(day, str):
        return [day_mark(kind, None)]
    return [day_mark(kind, day[:4]), day_mark(kind, day[:7]), day_mark(kind, day)]

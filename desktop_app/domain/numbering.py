"""Numbers the office gives: register numbers of cases, document numbers of papers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desktop_app.errors import Refusal

_REGISTER = re.compile(r"([0-9]{4})-([0-9]{1,9})")
_BOARD_PREFIX = "board:"
_DASHES = str.maketrans("‐‑‒–—―−﹣", "-" * 8)
# 〔〕 is what GB/T 9704 prescribes; people type whatever brackets their keyboard has.
_OPENING, _CLOSING = "〔[({【〖﹝", "〕])}】〗﹞"
_BRACKETS = str.maketrans(_OPENING + _CLOSING, "〔" * len(_OPENING) + "〕" * len(_CLOSING))


@dataclass(frozen=True, order=True, slots=True)
class RegisterNumber:
    """A case's number in the register: one series an office, without gaps; ordered as integers."""

    year: int
    serial: int

    def __post_init__(self) -> None:
        if not 1000 <= self.year <= 9999 or self.serial < 1:
            raise ValueError(f"登记号应为四位年份和不小于 1 的顺序号：{self.year}-{self.serial}")

    def __str__(self) -> str:
        return f"{self.year}-{self.serial:04d}"


@dataclass(frozen=True, slots=True)
class BoardNumber:
    """The number that the message board itself gave a message, as text."""

    text: str

    def __str__(self) -> str:
        return self.text


def parse_register_number(text: str) -> RegisterNumber:
    """Reads ``2026-0312``, also ``2026-312`` and full-width typing; else `Refusal` ``unknown_case``."""
    found = _REGISTER.fullmatch(without_dress(text))
    if found is None or int(found[1]) < 1000 or int(found[2]) < 1:
        raise Refusal(
            "unknown_case",
            f"“{text.strip()[:40]}”不是登记号。",
            remedy="登记号写作“年份-顺序号”，如 2026-0312；留言板编号前加 board:，如 board:12345。",
        )
    return RegisterNumber(int(found[1]), int(found[2]))


def parse_number_or_board(text: str) -> RegisterNumber | BoardNumber:
    """Reads what names a case: a register number, or ``board:`` and the board's own number."""
    plain = _without_space(text)
    if plain[: len(_BOARD_PREFIX)].lower() != _BOARD_PREFIX:
        return parse_register_number(text)
    board = plain[len(_BOARD_PREFIX) :]
    if not board:
        raise Refusal("unknown_case", "“board:”后缺少留言板编号。", remedy="写作 board:12345。")
    return BoardNumber(board)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A paper's number: series, year, serial; without gaps in each series and year."""

    series: str
    year: int
    serial: int


@dataclass(frozen=True, slots=True)
class DocumentSeries:
    """A series of document numbers, its pattern written as the office writes it.

    ``pattern`` holds ``{year}`` and ``{serial}`` once each, as in ``通民盼督〔{year}〕{serial}号``;
    ValueError where it does not. Numbers carry no leading zeros (GB/T 9704-2012, 7.2.5).
    """

    id: str
    pattern: str

    def __post_init__(self) -> None:
        rest = self.pattern.replace("{year}", "", 1).replace("{serial}", "", 1)
        if "{year}" not in self.pattern or "{serial}" not in self.pattern or "{" in rest or "}" in rest:
            raise ValueError(f"字号样式须各含一次 {{year}} 和 {{serial}}：{self.pattern}")

    def write(self, year: int, serial: int) -> str:
        """The number as it stands on the paper: ``通民盼督〔2026〕3号``."""
        return self.pattern.replace("{year}", str(year)).replace("{serial}", str(serial))

    def read(self, text: str) -> DocumentNumber | None:
        """The number that a person typed or a paper bears, in any brackets and widths; None if not ours."""
        pattern = re.escape(_tolerant(self.pattern.replace("{year}", "\ue000").replace("{serial}", "\ue001")))
        pattern = pattern.replace("\ue000", "(?P<year>[0-9]{4})").replace(
            "\ue001", "0*(?P<serial>[0-9]{1,9})"
        )
        found = re.fullmatch(pattern, _tolerant(text))
        if found is None or int(found["serial"]) < 1:
            return None
        return DocumentNumber(self.id, int(found["year"]), int(found["serial"]))


def without_dress(text: str, *, spaces: bool = False) -> str:
    """What was typed, in half-width characters, every dash a hyphen; without white space unless `spaces` stay."""
    plain = unicodedata.normalize("NFKC", text) if spaces else _without_space(text)
    return plain.translate(_DASHES)


def _without_space(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _tolerant(text: str) -> str:
    return without_dress(text).translate(_BRACKETS)

"""What a step is made of: its keys, and what the value of each is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class KeyKind(StrEnum):
    """What a key's value is; decides how it is read, checked, shown and kept."""

    WORDS = "words"
    TEXT = "text"
    TERM = "term"
    TERMS = "terms"
    YES_NO = "yes_no"
    DATE = "date"
    COUNT = "count"
    UNIT = "unit"
    UNITS = "units"
    EVENT = "event"
    PAPER = "paper"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Key:
    """One key. TEXT is free text that may name a citizen, so it is kept apart from the journal; WORDS are short
    and name officials, channels and places only. `vocabulary` names the regulation's list for a TERM or TERMS;
    where it is `free`, other words than the list's are taken as they are. `counted`: figures are summed up by it and
    go round, so nothing protected may stand in it."""

    name: str
    kind: KeyKind
    title: str
    required: bool = False
    vocabulary: str = ""
    free: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    name: str
    keys: tuple[Key, ...]

    def key(self, name: str) -> Key | None:
        return next((key for key in self.keys if key.name == name), None)


def words(name: str, title: str, required: bool = False) -> Key:
    return Key(name, KeyKind.WORDS, title, required)


def text(name: str, title: str, required: bool = False) -> Key:
    return Key(name, KeyKind.TEXT, title, required)


def term(name: str, title: str, vocabulary: str, required: bool = False, free: bool = False) -> Key:
    return Key(name, KeyKind.TERM, title, required, vocabulary, free)


def yes_no(name: str, title: str, required: bool = False) -> Key:
    return Key(name, KeyKind.YES_NO, title, required)


def day(name: str, title: str, required: bool = False) -> Key:
    return Key(name, KeyKind.DATE, title, required)

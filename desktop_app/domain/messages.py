"""One citizen's message as the register keeps it, and what about the citizen is protected (X 第六条, T 第七条（二）)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.oversight import NOT_FROM_ABOVE, HandedDown


@dataclass(frozen=True, slots=True, repr=False)
class Citizen:
    """Who wrote. Every field is protected: never in public, never to the one complained of, and not in a message of
    the program's own either, where the repr of a value might stand."""

    name: str = ""
    contact: str = ""
    work_unit: str = ""
    address: str = ""
    ip: str = ""

    def __repr__(self) -> str:
        return "Citizen(…)"


NOTHING: Mapping[str, str] = {}
"""One for all messages that have no ratings or no unknown columns: of a large file a great many are held."""


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """What came in, cleaned for show. `extra` keeps columns the program does not know, as given.

    `raw_title` and `raw_text` are the cells as they came where cleaning changed them, else empty.
    `written` is the message's own time as text (2019-02-28 11:25:05 or 2019-02-28), empty when unknown.
    """

    title: str
    text: str
    citizen: Citizen = Citizen()
    board_number: str = ""
    board: str = ""
    kind: str = ""
    domain: str = ""
    written: str = ""
    raw_title: str = ""
    raw_text: str = ""
    answer: str = ""
    answered_at: str = ""
    answered_by: str = ""
    ratings: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "Message(…)"


@dataclass(frozen=True, slots=True)
class Registration:
    """The first fact of every case: which message, received when, under which regulation, from which column.

    `received` is the 收件日期 of the sheet, else the day of the message's own time; never the day of import.
    `steps` is how many steps of the same old case are recorded right behind it (补录).
    """

    regulation: str
    received: date
    source: str
    message: Message
    batch: int | None = None
    row: int | None = None
    handed_down: HandedDown = NOT_FROM_ABOVE
    steps: int = 0

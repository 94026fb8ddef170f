"""Small records that an office keeps beside its cases; each is one row, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found wrong with the data. `kind` is a word for machines, `where` the place, `message` Chinese."""

    kind: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """One file brought in. `id` is 0 until storage gives it; `entered` the clock's time; counts are rows.

    `undone` is the time at which the whole import was taken back (its numbers stay used), else empty.
    """

    file: str
    sha256: str
    by: str
    entered: str
    rows: int
    imported: int
    duplicates: int = 0
    rejected: int = 0
    id: int = 0
    undone: str = ""


@dataclass(frozen=True, slots=True)
class IncomingKey:
    """By what an incoming message is known again (see `repeats.Keys`).

    `content_digest` is of title and text where there is a `board_number`, else of citizen, time, title and text.
    `likeness` is of the letters of the text, `title_likeness` of citizen and title; either may be empty.
    """

    number: str
    content_digest: str
    board_number: str = ""
    likeness: str = ""
    title_likeness: str = ""


@dataclass(frozen=True, slots=True)
class PaperMade:
    """A paper that was made of a case: which form, under which document number, from which template.

    `made` is the clock's time; digests are SHA-256 in hexadecimal; `event_id` the event it rests on, if one.
    `filled` is what went into the template, as JSON; lists leave it out. `joint`: the paper is about several
    cases and noted on each. `id` is 0 until storage gives it; `void` tells that its number stands no more.
    """

    form: str
    case: str
    made: str
    by: str
    sha256: str
    number: str = ""
    template_sha256: str = ""
    event_id: int | None = None
    file_name: str = ""
    filled: str = ""
    joint: bool = False
    id: int = 0
    void: bool = False


@dataclass(frozen=True, slots=True)
class EventProof:
    """An event with all it takes to prove it away from the office: the very text that was hashed, its SM3, and the
    protected words with their salts, by key. `withheld`: what stands in place of a text that may not be handed out."""

    id: int
    canonical: str
    hash: str
    words: Mapping[str, tuple[str, str]]
    withheld_for: str = ""

    def withheld(self, why: str) -> EventProof:
        return EventProof(self.id, "", self.hash, {}, why)


@dataclass(frozen=True, slots=True)
class DocumentOfCase:
    """What a document number is to one case: by which event it bears it, and how its paper went out.

    `standing` is False once that event was voided, or its number spoiled and given anew; `addressee` is empty
    where the step names none, `served_on` None until delivery is recorded.
    """

    case: str
    event_id: int | None = None
    standing: bool = True
    on: date | None = None
    addressee: str = ""
    served_on: date | None = None
    served_manner: str = ""


@dataclass(frozen=True, slots=True)
class DocumentIssued:
    """A document number that was given out; a voided one stays used (作废).

    `title` is the paper's by the regulation, `by` the user who took the number, `replaced_by` the number that
    a spoiled one was given anew.
    """

    series: str
    year: int
    serial: int
    text: str
    title: str = ""
    by: str = ""
    voided_reason: str = ""
    replaced_by: str = ""
    of_cases: tuple[DocumentOfCase, ...] = ()

    @property
    def voided(self) -> bool:
        return bool(self.voided_reason)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases it stands on; of a voided one all that it stood on."""
        return tuple(one.case for one in self.of_cases if one.standing or self.voided)


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """A holiday notice that the office entered. `text` is JSON; `region` is empty for the national notice."""

    year: int
    region: str
    text: str
    source: str
    entered: str
    by: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A scan or file that belongs to a case; its bytes lie encrypted under a random name. `size` is plain bytes."""

    id: int
    case: str
    kind: str
    name: str
    size: int
    sha256: str
    added: str
    by: str


@dataclass(frozen=True, slots=True)
class LiveDeadlines:
    """How many cases whose clock runs, or is expected to, fall due on a day. `certain`: neither counted from
    dispatch nor provisional."""

    due: date
    awaiting_reply: bool
    certain: bool
    count: int

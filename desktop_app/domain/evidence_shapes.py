"""What a chain of evidence is made of: links, their service, and the files kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Served:
    """When and how a paper reached its addressee, who took it, and by which event that is known."""

    on: date
    manner: str
    received_by: str
    event: int


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A scan or file kept with the case. `event` and `form` are what the code on it says, 0 and empty where none was read."""

    name: str
    kind: str
    added: date
    event: int = 0
    form: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One link. `kind` is the step's name, `to` whom it went to or which unit it is from, `by` who signed or decided.

    `outcome` tells in words what came of it; `papers` are ids of the forms made of it, `files` names of scans kept.
    """

    event: int
    kind: str
    what: str
    on: date
    document: str = ""
    to: str = ""
    by: str = ""
    outcome: str = ""
    served: Served | None = None
    papers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

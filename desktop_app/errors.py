"""Errors sorted by whose fault they are; a leaf that every floor may use.

`Refusal`: the rules say no. `BadData`: a file we were given is wrong. `StorageProblem`: the disk or the
database is. `Cancelled`: the user stopped it. Anything else that reaches the top is a bug.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class LiuyanError(Exception):
    """Root of all errors that carry a sentence for the user."""

    message: str

    def __str__(self) -> str:
        return self.message


class Refusal(LiuyanError):
    """A step the regulation, or the office's own order, does not allow; nothing was changed.

    `code` is one of the codes promised in docs/command-line.md, `clause` the article as its regulation
    writes it (第十四条), or None; `remedy` says what to do instead.
    """

    def __init__(self, code: str, message: str, clause: str | None = None, remedy: str | None = None) -> None:
        super().__init__(code, message, clause, remedy)
        self.code = code
        self.message = message
        self.clause = clause
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a given file: where, and why."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}，{self.place}" if self.place else self.file
        return f"{where}：{self.reason}"


class BadData(LiuyanError):
    """A regulation, sheet, template or other file that cannot be read as what it claims to be."""

    def __init__(self, faults: Sequence[Fault] | Fault, code: str = "bad_data") -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(self.faults)
        self.code = code
        self.message = "；".join(str(fault) for fault in self.faults)


class StorageProblem(LiuyanError):
    """The data are locked, damaged, full or read-only, or the password is wrong; nothing half-done stays."""

    def __init__(self, code: str, message: str, remedy: str | None = None) -> None:
        super().__init__(code, message, remedy)
        self.code = code
        self.message = message
        self.remedy = remedy


class Cancelled(LiuyanError):
    """The user stopped it; silent."""

    message = "已取消"

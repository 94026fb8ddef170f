"""What the strip below the pages says: what was just done, or what was refused, why, and which clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.errors import LiuyanError, Refusal, StorageProblem

DONE, REFUSED, INFO = "done", "refused", "info"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the strip. `undo` is offered as 撤销 where it is possible."""

    text: str
    kind: str = DONE
    clause: str | None = None
    undo: Callable[[], None] | None = None


def message_of(error: LiuyanError) -> Message:
    """An error as the strip says it: message, remedy, clause."""
    if isinstance(error, Refusal):
        return Message(error.message + (error.remedy or ""), REFUSED, error.clause)
    if isinstance(error, StorageProblem):
        return Message(error.message + (error.remedy or ""), REFUSED)
    return Message(error.message, REFUSED)

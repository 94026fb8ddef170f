"""How long one waits for one's turn to write, and how it is told that it did not come; needs no driver."""

from __future__ import annotations

from desktop_app.domain.waiting import Waiting, minutes_words
from desktop_app.errors import StorageProblem
from desktop_app.storage.faults import SAFE

TURN_SECONDS = 120.0
"""So long a seat waits for another that is writing: longer than the import of ten thousand rows takes."""


def waited_in_vain(seconds: float, seen: Waiting | None) -> StorageProblem:
    """The turn did not come."""
    whom = (seen or Waiting(0, 0)).for_whom
    return StorageProblem(
        "locked",
        f"等了 {minutes_words(seconds)}，没有等到{whom}。{SAFE}",
        "请稍候再试；总是这样，请看是不是有人正在导入很多留言。",
    )


def gave_up(seen: Waiting | None) -> StorageProblem:
    """Whoever waited wanted to wait no longer."""
    whom = (seen or Waiting(0, 0)).for_whom
    return StorageProblem(
        "given_up", f"没有再等{whom}，这一步没有保存。", "填好的内容还在，可以过一会儿再办。"
    )

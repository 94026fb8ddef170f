"""Says to the other seats which case is open here, and hears who else has it open; on the reader's thread, never in the way.

Only while the page can be seen, or a form stands open on it in a window that is not locked: who went away is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.operations import Operations
from desktop_app.services import presence
from desktop_app.services.presence import Present
from desktop_app.services.session import Session

_SHOWN = 2


class PresenceKeeper(QObject):
    """Does nothing at all where there can be nobody else (an office in a file)."""

    told = Signal(str)
    """Who else is there, in words; empty where nobody is."""

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._kept = presence.is_told(operations.session)
        self._number = self._doing = ""
        self._timer = QTimer(self)
        self._timer.setInterval(presence.BEAT_SECONDS * 1000)
        self._timer.timeout.connect(self._beat)
        if self._kept:
            operations.changed.connect(self._hear)

    def be_at(self, number: str, doing: str = "") -> None:
        """The case that is open here, and the action whose form stands open; an empty number for none."""
        if not self._kept or (number, doing) == (self._number, self._doing):
            return
        if number != self._number:
            self.told.emit("")
        self._number, self._doing = number, doing
        if number:
            self._timer.start()
            self._beat()
        else:
            self._timer.stop()
            self._ask(_leave)

    def _beat(self) -> None:
        number, doing = self._number, self._doing
        self._ask(lambda session: presence.beat(session, number, doing))

    def _hear(self, changes: Changes) -> None:
        if self._number and presence.TOLD_AS in changes.kinds:
            number = self._number
            self._operations.query(
                self, "others", lambda session: presence.others(session, number), self._show, _pass_over
            )

    def _ask(self, said: Callable[[Session], tuple[Present, ...]]) -> None:
        # One topic: what is said last is what holds.
        self._operations.query(self, "presence", said, self._show, _pass_over)

    def _show(self, others: Sequence[Present]) -> None:
        if self._number:
            self.told.emit(presence_words(others))


def _leave(session: Session) -> tuple[Present, ...]:
    presence.leave(session)
    return ()


def _pass_over(error: LiuyanError) -> None:
    """That the server can't be reached is told by the frame; who is there is of no matter then."""


def presence_words(others: Sequence[Present]) -> str:
    """``王敏 也打开着这一件（14:02 起），正在填「答复」``; the first few by name."""
    if len(others) == 1:
        (one,) = others
        return f"{one.user} 也打开着这一件（{one.since} 起）" + (
            f"，正在填「{one.doing}」" if one.doing else ""
        )
    told = "、".join(
        f"{one.user}（{one.since} 起{f'，正在填「{one.doing}」' if one.doing else ''}）"
        for one in others[:_SHOWN]
    )
    rest = f"等 {len(others)} 人" if len(others) > _SHOWN else ""
    return f"{told}{rest}也打开着这一件" if told else ""

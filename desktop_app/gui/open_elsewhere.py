"""Which cases stand open at other seats, for the lists: one small question for all rows, asked when others come or leave.

It is told and never a lock. For an office in a file, and for a post that sees no cases, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.gui.changes import Changes
from desktop_app.gui.operations import Operations
from desktop_app.gui.presence_keeper import presence_words
from desktop_app.services import presence
from desktop_app.services.presence import Present

_LOOK_AGAIN_MS = 30_000
"""Whoever went away without a word is not told of; looked for only while somebody is shown."""


class OpenElsewhere(QObject):
    """Of one window; its lists share it."""

    changed = Signal()

    def __init__(self, operations: Operations, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operations = operations
        self._open: Mapping[str, Sequence[Present]] = {}
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        if operations.on_server and operations.session.may(Right.SEE_CASES):
            operations.changed.connect(self._hear)
            operations.reachable.connect(self._line_changed)
            self._ask()

    def mark(self, number: str) -> str:
        """``李四 打开着``, ``李四等 2 人打开着``; empty for a case that is open nowhere else."""
        others = self._open.get(number) if self._open else None
        if not others:
            return ""
        more = f"等 {len(others)} 人" if len(others) > 1 else " "
        return f"{others[0].user}{more}打开着"

    def words(self, number: str) -> str:
        """The same in a sentence, with the time."""
        return presence_words(self._open.get(number, ())) if self._open else ""

    def _hear(self, changes: Changes) -> None:
        if presence.TOLD_AS in changes.kinds:
            self._ask()

    def _line_changed(self, problem: StorageProblem | None) -> None:
        if problem is None:
            self._ask()
        else:
            self._show({})  # nobody can be asked

    def _ask(self) -> None:
        self._operations.query(self, "elsewhere", presence.elsewhere, self._show, _pass_over)

    def _show(self, found: Mapping[str, Sequence[Present]]) -> None:
        if found:
            self._again.start()
        else:
            self._again.stop()
        if found != self._open:
            self._open = found
            self.changed.emit()


def _pass_over(error: LiuyanError) -> None:
    """That the server can't be reached is told by the frame."""

"""有 n 件没办完的草稿: at the foot of the window, with the way to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QPushButton

from desktop_app.gui.operations import Changes, Operations
from desktop_app.gui.workspace import Workspace
from desktop_app.services.drafts import OpenDraft, open_drafts
from desktop_app.services.presence import TOLD_AS

_PAUSE = 400


class OpenDrafts(QPushButton):
    """Hidden while nothing waits. Pressed, it lists what does, and opens it."""

    def __init__(self, operations: Operations, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("role", "link")
        self._operations, self._workspace = operations, workspace
        self.drafts: tuple[OpenDraft, ...] = ()
        self.waiting = QMenu(self)
        self.setMenu(self.waiting)
        self.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        operations.changed.connect(self._on_changed)
        self._ask()

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds != {TOLD_AS}:
            self._pause.start()

    def _ask(self) -> None:
        self._operations.query(self, "drafts", open_drafts, self._show)

    def _show(self, found: Sequence[OpenDraft]) -> None:
        self.drafts = tuple(found)
        words = f"有 {len(found)} 件没办完的草稿"
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(found))
        self.waiting.clear()
        for draft in found:
            self.waiting.addAction(f"{draft.number} {draft.title}".strip(), partial(self._open, draft))

    def _open(self, draft: OpenDraft) -> None:
        if draft.number:
            self._workspace.open_case(draft.number, (draft.number,), draft.action)
        else:
            self._workspace.open(draft.action)

"""有 n 件没办完的草稿: at the foot of the window, with the way to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QPushButton

from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message
from desktop_app.gui.operations import Operations
from desktop_app.gui.workspace import Workspace
from desktop_app.services.drafts import OpenDraft, open_drafts
from desktop_app.services.presence import TOLD_AS
from desktop_app.services.typed_here import TakenIn, take_in

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
        if operations.on_server:
            again = "what was typed here"
            operations.change(self, take_in, self._tell_taken, Changes.of("drafts"), again=again)

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

    def _tell_taken(self, found: TakenIn) -> None:
        """What an earlier session left at this seat, the server being away."""
        words = taken_words(found)
        if words:
            self._workspace.show_message(Message(words, "refused" if found.unreadable else "info"))

    def _open(self, draft: OpenDraft) -> None:
        if draft.number:
            self._workspace.open_case(draft.number, (draft.number,), draft.action)
        else:
            self._workspace.open(draft.action)


def taken_words(found: TakenIn) -> str:
    """What to tell of it; empty where nothing lay here."""
    told = []
    if found.taken:
        told.append(f"上次连不上服务器时填的 {found.taken} 处内容已经接上，在窗口下面的“草稿”里打开。")
    if found.both:
        names = "、".join(found.both)
        told.append(
            f"{names}另有后来填的一份，打开的是后来的；上次连不上时填的也留着，办完或者不要那一份以后可以打开。"
        )
    if found.unreadable:
        told.append(
            f"有 {found.unreadable} 份连不上服务器时填的内容打不开（文件被改动或损坏），没有接上，"
            f"已放在一边：{found.aside}。请告诉维护人员。"
        )
    return "".join(told)

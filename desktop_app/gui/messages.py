"""What the window says after an act: a strip for what was done or refused, a dialog where the data are in trouble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.errors import BadData, LiuyanError, Refusal, StorageProblem

Kind = Literal["done", "refused", "info"]

_MOST_FAULTS = 3
_LEADS = {"done": "✓ ", "refused": "✕ ", "info": ""}


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell. `clause` is the article behind a refusal; `undo` takes back what was done."""

    text: str
    kind: Kind = "info"
    clause: str | None = None
    undo: Callable[[], None] | None = None

    @property
    def whole(self) -> str:
        """The sentence with its clause, as it is shown and read aloud."""
        return f"{_LEADS[self.kind]}{self.text}" + (f"（{self.clause}）" if self.clause else "")


def message_of(error: LiuyanError) -> Message:
    """A refusal or a bad file in the words of the strip."""
    if isinstance(error, BadData):
        shown = "；".join(str(fault) for fault in error.faults[:_MOST_FAULTS])
        rest = len(error.faults) - _MOST_FAULTS
        return Message(shown + (f"；另有 {rest} 处" if rest > 0 else ""), "refused")
    remedy = error.remedy if isinstance(error, Refusal | StorageProblem) else None
    clause = error.clause if isinstance(error, Refusal) else None
    return Message(str(error) + (remedy or ""), "refused", clause)


def is_outcome_unknown(error: Exception) -> bool:
    """Whether nobody knows if the step was recorded: the server went away at that very moment."""
    return isinstance(error, StorageProblem) and error.code == "outcome_unknown"


def show_storage_problem(parent: QWidget | None, problem: StorageProblem) -> None:
    """The data cannot be read or written just now: what it is, that nothing half-done stays, what to do."""
    unknown = is_outcome_unknown(problem)
    title = "不知道存上没有" if unknown else "数据暂时不能读写"
    safe = "已保存的内容没有丢失。" if unknown else "已保存的内容没有丢失，刚才这一步没有保存。"
    box = QMessageBox(QMessageBox.Icon.Critical, title, problem.message, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(f"{safe}\n{problem.remedy or ''}".strip())
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def show_bug(parent: QWidget | None, report: Path) -> None:
    """The program itself has failed: where its report lies."""
    box = QMessageBox(QMessageBox.Icon.Warning, "程序出错", "程序出了错，刚才这一步没有完成。", parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(
        f"已保存的内容没有丢失。\n错误报告（不含留言内容）在：\n{report}\n请把它发给维护人员。"
    )
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()

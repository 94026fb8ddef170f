"""What is said before a window closes whose server is away: where the words are that somebody has just typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

if TYPE_CHECKING:
    from desktop_app.gui.operations import Operations


def agrees_to_leave(window: QWidget, operations: Operations) -> bool:
    """True where everything typed is on the server; else as whoever sits here says, knowing what becomes of it."""
    waiting = operations.line.typed
    if not waiting:
        return True
    here = operations.typed.all_here
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Information if here else QMessageBox.Icon.Warning)
    box.setWindowTitle("服务器还没有恢复")
    box.setText(
        f"有 {waiting} 处填写的内容还没有存到服务器，已经加密留在这台电脑上。"
        if here
        else f"有 {waiting} 处填写的内容还没有存到服务器，这台电脑上也没有存下（磁盘满了，或者不能写入）。"
    )
    box.setInformativeText(
        "下次用您的用户名在这台电脑上登录，会自动接上，在窗口下面的“草稿”里打开。换一台电脑看不到。"
        if here
        else "现在退出，这些内容就没有了。请先抄下来，或者等服务器恢复。"
    )
    stay = box.addButton("不退出", QMessageBox.ButtonRole.RejectRole)
    leave = box.addButton(
        "退出" if here else "退出，不要了",
        QMessageBox.ButtonRole.AcceptRole if here else QMessageBox.ButtonRole.DestructiveRole,
    )
    box.setDefaultButton(leave if here else stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave

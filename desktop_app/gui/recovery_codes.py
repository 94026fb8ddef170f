"""Two recovery codes, one person after the other: each sees only the own one, writes it down, and proves that."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.recovery_codes import new_codes
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import named, row
from desktop_app.gui.theme import CURRENT

_TITLES = ("第一份", "第二份")
Keep = Callable[[tuple[str, str], Callable[[], None]], None]
"""Makes the codes valid; calls back once they are."""


class RecoveryCodes(QDialog):
    """The codes are valid only once both were proved to be on paper; leaving before, those of before stay."""

    def __init__(self, parent: QWidget, keep: Keep, codes: tuple[str, str] | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("制作两人恢复码")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._keep = keep
        self._codes = codes or new_codes()
        self._person = 0
        self._asked = 0
        self.heading = label("", "title")
        self.words = label("")
        self.code = label("", "", wrap=False)
        self.code.setAccessibleName("恢复码")
        self.code.setStyleSheet(f"font-family: monospace; font-size: {CURRENT.px(24)}px")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.show_code = QPushButton("显示")
        self.print = QPushButton("打印…")
        self.group = QLineEdit()
        self.fault = label("", "fault")
        self.next = QPushButton("")
        self.next.setProperty("role", "primary")
        self.leave = QPushButton("取消，仍用原来的")
        form = QFormLayout()
        self._name, _ = named("核对", self.group)
        form.addRow(self._name, self.group)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        for widget in (self.heading, self.words, self.code):
            column.addWidget(widget)
        column.addLayout(row(self.show_code, self.print, None))
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addLayout(row(self.next, self.leave, None))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("字") * 50)
        self.show_code.clicked.connect(self._reveal)
        self.print.clicked.connect(self._ask_printer)
        self.next.clicked.connect(self._go_on)
        self.group.returnPressed.connect(self._go_on)
        self.leave.clicked.connect(self.reject)
        for button in (self.show_code, self.print, self.leave):
            button.setAutoDefault(False)
        self._begin(0)

    def _begin(self, person: int) -> None:
        """The next person's turn: nothing of a code shows until that person says so."""
        self._person = person
        self._asked = secrets.randbelow(len(self._groups()))
        title = _TITLES[person]
        self.heading.setText(f"{title}恢复码")
        self.words.setText(
            f"请{'第一位' if person == 0 else '第二位'}保管人坐到屏幕前，另一位回避，然后点“显示”。"
            "抄在纸上或打印出来，封好，自己保管，不要和另一份放在一起，不要拍照。"
        )
        self.code.setText("·····-" * 5 + "·····")
        self._name.setText(f"纸上的第 {self._asked + 1} 组")
        self.group.setAccessibleName(self._name.text())
        self.group.clear()
        self.group.setEnabled(False)
        self.next.setText("抄好了，换下一位" if person == 0 else "都抄好了，开始生效")
        self.next.setEnabled(False)
        self.show_code.setEnabled(True)
        self.print.setEnabled(False)
        self.fault.hide()
        self.show_code.setFocus()

    def _groups(self) -> list[str]:
        return self._codes[self._person].split("-")

    def _reveal(self) -> None:
        self.code.setText(self._codes[self._person])
        self.show_code.setEnabled(False)
        for widget in (self.group, self.next, self.print):
            widget.setEnabled(True)
        self.group.setFocus()

    def _go_on(self) -> None:
        if self.group.text().strip().upper() != self._groups()[self._asked]:
            self.fault.setText(f"和第 {self._asked + 1} 组不一样，请照着纸上的再输一遍。")
            self.fault.show()
            self.group.selectAll()
            self.group.setFocus()
        elif self._person == 0:
            self._begin(1)
        else:
            self.next.setEnabled(False)
            self._keep(self._codes, self.accept)

    def _ask_printer(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("恢复码")
        if not QPrinterInfo.availablePrinterNames():
            self.fault.setText("这台电脑没有装打印机，请抄在纸上。")
            self.fault.show()
            return
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = sheet(self._person, self._codes[self._person])
        dialog.accepted.connect(lambda *_: page.print_(printer))
        QDialog.open(dialog)


def sheet(person: int, code: str) -> QTextDocument:
    """What is printed for one person: the code, what it is for, and what to do with it."""
    page = QTextDocument()
    page.setHtml(
        f"<h2>留言办　{_TITLES[person]}恢复码</h2>"
        f"<p style='font-size:20pt; font-family:monospace'>{code}</p>"
        "<p>两份合在一起，才能在所有人都忘了密码时打开本单位的数据；一份单独没有用。请封好，由您本人保管，"
        "不要和另一份放在一起，不要拍照、存进电脑。用过一次或者重新制作以后，这一份作废。</p>"
        "<p>用法：登录页下面的“密码都忘了？用两人恢复码…”。</p>"
        "<p>保管人：　　　　　　　　日期：　　　　年　　月　　日</p>"
    )
    return page

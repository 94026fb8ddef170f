"""What a sheet of units would bring, or what is wrong with it, shown in place before anything is changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from desktop_app.errors import BadData, LiuyanError
from desktop_app.gui.page_parts import label
from desktop_app.gui.units_state import Arrivals

_MOST_LINES = 5


class UnitArrivals(QFrame):
    """A card with 导入 and 取消; after faults only 知道了."""

    accepted = Signal(object)
    """The units to bring in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._arrivals: Arrivals | None = None
        self.words = label("", "section")
        self.lines = QListWidget()
        self.lines.setAccessibleName("表中的单位或问题")
        self.take = QPushButton("导入")
        self.take.setProperty("role", "primary")
        self.leave = QPushButton("取消")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.take)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.lines)
        column.addLayout(buttons)
        self.take.clicked.connect(self._accept)
        self.leave.clicked.connect(self.hide)

    def show_arrivals(self, file: str, arrivals: Arrivals) -> None:
        self._arrivals = arrivals
        self.words.setText(f"{file}：{arrivals.words}。同名的按表格更新，名册里其他单位不动。")
        lines = [f"新增  {unit.name}" for unit in arrivals.new]
        lines += [f"更新  {unit.name}" for unit in arrivals.changed]
        self._show_lines(lines)
        count = len(arrivals.new) + len(arrivals.changed)
        self.take.setText(f"导入 {count} 个")
        self.take.setVisible(count > 0)
        self.leave.setText("取消" if count else "知道了")
        self._come(self.take if count else self.leave)

    def show_faults(self, file: str, error: LiuyanError) -> None:
        self._arrivals = None
        faults = error.faults if isinstance(error, BadData) else ()
        self.words.setText(
            f"{file}：有 {len(faults)} 处问题，一个单位也没有导入。请改好再导入。"
            if faults
            else error.message
        )
        self._show_lines(
            [f"{fault.place}  {fault.reason}" if fault.place else fault.reason for fault in faults]
        )
        self.take.hide()
        self.leave.setText("知道了")
        self._come(self.leave)

    def _show_lines(self, lines: list[str]) -> None:
        self.lines.clear()
        self.lines.addItems(lines)
        self.lines.setVisible(bool(lines))
        shown = min(len(lines), _MOST_LINES)
        self.lines.setFixedHeight((self.lines.fontMetrics().height() + 6) * shown + 8)

    def _come(self, focus: QWidget) -> None:
        self.show()
        focus.setFocus()

    def _accept(self) -> None:
        if self._arrivals is not None:
            self.accepted.emit((*self._arrivals.new, *self._arrivals.changed))

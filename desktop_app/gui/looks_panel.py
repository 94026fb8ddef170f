"""Settings: size of text and contrast of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.theme import SIZES
from desktop_app.gui.window_settings import HIGH_CONTRAST, TEXT_SIZE, WindowSettings


class LooksPanel(QWidget):
    """What is chosen holds at once, and can be chosen back."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        machine = WindowSettings(context.session.folder)
        self.sizes = {size: QRadioButton(size) for size in SIZES}
        self.contrast = QCheckBox("高对比度")
        group = QButtonGroup(self)
        for size, button in self.sizes.items():
            button.setChecked(size == machine.get(TEXT_SIZE, next(iter(SIZES))))
            group.addButton(button)
        self.contrast.setChecked(machine.get(HIGH_CONTRAST, False))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("显示", "title"))
        column.addWidget(label("文字大小", "section"))
        column.addLayout(row(*self.sizes.values(), None))
        column.addWidget(self.contrast)
        column.addStretch(1)
        group.buttonClicked.connect(self._change)
        self.contrast.clicked.connect(self._change)

    def refresh(self) -> None:
        """Nothing here comes from the office's data."""

    def _change(self) -> None:
        size = next(size for size, button in self.sizes.items() if button.isChecked())
        self._context.change_theme(size, self.contrast.isChecked())

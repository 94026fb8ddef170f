"""The figures as charts, drawn aside and shown as pictures; each can be kept as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.figures import Grouping
from desktop_app.errors import LiuyanError
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.theme import CURRENT

if TYPE_CHECKING:
    from desktop_app.documents.charts import Chart
    from desktop_app.services.session import Session
    from desktop_app.services.statistics import Compared

_WIDTH, _SCREEN_DPI, _PAPER_DPI = 190.0, 130, 300
"""Millimetres that a chart is drawn wide at the standard size of text; larger text is drawn on less."""
_FILES = "图片 (*.png);;矢量图 (*.svg)"


@dataclass(frozen=True, slots=True)
class Drawn:
    chart: Chart
    png: bytes


class FiguresCharts(QScrollArea):
    """Asks for the charts when it is shown with figures it has not drawn."""

    drawn = Signal()
    """The pictures of the figures shown last are there."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._wanted: tuple[Compared, Grouping] | None = None
        self._asked: tuple[Compared, Grouping] | None = None
        self.pictures: list[_Picture] = []
        self._hint = label("正在画图……", "hint")
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(16)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("统计图")

    def show_figures(self, compared: Compared, by: Grouping) -> None:
        """Draw these, at once where the charts are looked at, else when they are."""
        self._wanted = compared, by
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        wanted = self._wanted
        if wanted is None or wanted is self._asked:
            return
        self._asked = wanted
        width = _WIDTH / CURRENT.px(100) * 100
        # As many dots whatever the size of text, and for a screen of finer dots more.
        dpi = round(_SCREEN_DPI * _WIDTH / width * self.devicePixelRatioF())
        self._hint.setText("正在画图……")
        self._hint.show()
        self._context.operations.query(
            self, "charts", lambda _: _draw(*wanted, width, dpi), self._show, self._failed, aside=True
        )

    def _show(self, drawn: Sequence[Drawn]) -> None:
        self._hint.hide()
        for old in self.pictures:
            old.deleteLater()
        self.pictures = [_Picture(one, partial(self._save, one)) for one in drawn]
        for place, picture in enumerate(self.pictures, start=1):
            self._column.insertWidget(place, picture)
        self._fit()
        self.drawn.emit()

    def _failed(self, error: LiuyanError) -> None:
        self._hint.setText(message_of(error).text)
        self.drawn.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for picture in self.pictures:
            picture.fit(self.viewport().width() - 16)

    # ------------------------------------------------------------------ files

    def _save(self, drawn: Drawn) -> None:
        name = f"{drawn.chart.title}.png"
        chosen, kind = QFileDialog.getSaveFileName(self, "图另存为", name, _FILES)
        if chosen:
            file = Path(chosen)
            self.save(drawn, file if file.suffix else file.with_suffix(".svg" if "svg" in kind else ".png"))

    def save(self, drawn: Drawn, file: Path) -> None:
        """Into that file, sharp enough for print; noted like every export."""
        told = self._asked
        if told is None:
            return
        first, last = told[0].now.first, told[0].now.last

        def write(session: Session) -> None:
            from desktop_app.documents import charts
            from desktop_app.documents.paper_runs import save_document
            from desktop_app.services.statistics import note_export

            vector = file.suffix.lower() == ".svg"
            made = charts.svg(drawn.chart) if vector else charts.png(drawn.chart, dpi=_PAPER_DPI)
            save_document(session, made, file)
            note_export(session, first, last, file.suffix.lower().removeprefix("."))

        self._context.operations.change(
            self,
            write,
            lambda _: self._context.show_message(Message(f"图已存为 {file}", "done")),
            Changes(frozenset()),
            lambda error: self._context.show_message(message_of(error)),
        )


class _Picture(QWidget):
    """One chart with its button."""

    def __init__(self, drawn: Drawn, save: Callable[[], None]) -> None:
        super().__init__()
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(drawn.png)
        self.drawn = drawn
        self.image = QLabel()
        self.image.setAccessibleName(drawn.chart.title)
        self.save_button = QPushButton("存为图片…")
        self.save_button.setProperty("role", "quiet")
        self.save_button.setAccessibleName(f"{drawn.chart.title}，存为图片")
        self.save_button.clicked.connect(lambda: save())
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.image)
        column.addLayout(row)

    def fit(self, width: int) -> None:
        """As wide as there is room, never wider than it was drawn."""
        ratio = self.devicePixelRatioF()
        pixels = min(round(width * ratio), self._pixmap.width())
        if pixels <= 0:
            return
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = self._pixmap.scaledToWidth(pixels, smooth)
        shown.setDevicePixelRatio(ratio)
        self.image.setPixmap(shown)


def _draw(compared: Compared, by: Grouping, width: float, dpi: int) -> tuple[Drawn, ...]:
    from desktop_app.documents import charts, figure_charts

    wanted: list[Chart] = [figure_charts.answers_chart(compared, by), figure_charts.late_chart(compared)]
    if by is not Grouping.MONTH:
        wanted.append(figure_charts.received_chart(compared, by))
    wanted.append(figure_charts.months_chart(compared))
    return tuple(Drawn(one, charts.png(one, width, dpi=dpi)) for one in wanted if any(one.names))

"""Printing pages: the operator chooses printer, copies and range; Qt draws each page at its own size.

Papers are measured to the millimetre, so a page is never stretched to what a printer calls its printable area:
one dot of the picture is a whole number of the printer's dots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from desktop_app.documents.pdf_pages import PageSize, PdfPages
from desktop_app.errors import Cancelled, LiuyanError
from desktop_app.gui.page_picture import image_of
from desktop_app.gui.print_order import fitting, sheets, sides

_SHARP, _QUICK = 600, 300
"""Dots an inch: as office printers print, or, for long runs, half of it."""
_LONG_RUN = 20
_STRIP = 64
"""Rows drawn in one call, so that the window gets its turn in between."""
_MM_AN_INCH = 25.4

Progress = Callable[[int, int], bool]


class PrintingFailed(LiuyanError):
    """The printer, or the file printed to, does not take it."""

    def __init__(self) -> None:
        self.message = "打印机没有接受这项打印，没有打印。请看打印机是否开着、连着、有纸，再试一次。"
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class PrintRun:
    """What the operator asked for. order: the sides, page by page, None for a blank one."""

    printer: QPrinter
    order: list[int | None]
    shrunk: bool
    both_sides_off: bool

    @property
    def words(self) -> str:
        """What was sent where, for the strip."""
        count = sum(page is not None for page in self.order)
        copies = self.printer.copyCount() if self.printer.supportsMultipleCopies() else 1
        where = self.printer.outputFileName()
        words = f"已存为 {where}" if where else f"已送往打印机 {self.printer.printerName()}"
        words += f"，共 {count:,} 页" + (f"，{copies} 份" if copies > 1 else "")
        if self.shrunk:
            words += "；所选纸张比文书小，已缩小打印"
        if self.both_sides_off:
            words += "；认不出各件从哪一页开始，改为单面，以免两件印在一张纸上"
        return words


def ask_printer(
    parent: QWidget,
    title: str,
    pages: PdfPages,
    papers: int,
    file: Path,
    agreed: Callable[[PrintRun], None],
) -> QPrintDialog:
    """Ask for printer, copies and range; `agreed` is called where the operator does. So many `papers` are in the
    pages; `file` is offered where the machine has no printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("留言办")
    printer.setFullPage(True)
    printer.setPageLayout(_layout(pages.sizes[0]))
    if not QPrinterInfo.availablePrinterNames():
        printer.setOutputFileName(str(file))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"打印 {title}")
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCollateCopies)
    dialog.setMinMax(1, len(pages))
    dialog.setFromTo(1, len(pages))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda *_: agreed(planned(printer, pages, papers)))
    QDialog.open(dialog)
    for button in dialog.findChildren(QPushButton):
        if button.text().endswith(">>"):  # Qt's own dialog on Unix hides range and copies behind it
            button.click()
    return dialog


def planned(printer: QPrinter, pages: PdfPages, papers: int) -> PrintRun:
    """The order of pages for what was chosen; copies that the printer cannot make itself are drawn."""
    printer.setFullPage(True)
    both_sides = printer.duplex() != QPrinter.DuplexMode.DuplexNone
    unknown = papers > len(pages.starts)
    if both_sides and unknown:
        printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    drawn = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    order = sheets(
        _chosen(printer, len(pages)),
        frozenset(pages.starts),
        both_sides and not unknown,
        drawn,
        printer.collateCopies(),
    )
    paper = printer.pageLayout().fullRectPoints()
    shrunk = any(
        fitting(_upright(size), _upright(_mm(paper.width() / 72, paper.height() / 72))) < 1
        for size in pages.sizes
    )
    return PrintRun(printer, sides(order), shrunk, both_sides and unknown)


def print_run(run: PrintRun, pages: PdfPages, progress: Progress) -> PrintRun:
    """Draw all of it. May run beside the window's thread. Raises PrintingFailed; Cancelled where `progress` says so."""
    printer = run.printer
    sharp = _SHARP if len(run.order) <= _LONG_RUN else _QUICK
    if run.order[0] is not None:
        _turn(printer, pages.sizes[run.order[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise PrintingFailed
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        for place, page in enumerate(run.order):
            if page is not None and place:
                _turn(printer, pages.sizes[page])
            if place and not printer.newPage():
                raise PrintingFailed
            if page is not None:
                _draw(painter, printer, pages, page, sharp)
            if not progress(place + 1, len(run.order)):
                raise Cancelled
    except BaseException:
        printer.abort()
        painter.end()
        if printer.outputFileName():
            Path(printer.outputFileName()).unlink(missing_ok=True)
        raise
    painter.end()
    return run


def _draw(painter: QPainter, printer: QPrinter, pages: PdfPages, page: int, sharp: int) -> None:
    """The page from the paper's own corner, at its own size."""
    across, down = printer.logicalDpiX(), printer.logicalDpiY()
    dots = max(1, -(-across // sharp))
    dpi = across / dots
    rect = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    scale = fitting(pages.sizes[page], PageSize(rect.width(), rect.height()))
    painter.save()
    painter.scale(dots, dots * down / across)
    for place, strip in enumerate(pages.strips(page, dpi * scale, _STRIP)):
        painter.drawImage(QPoint(0, place * _STRIP), image_of(strip))
    painter.restore()


def _turn(printer: QPrinter, size: PageSize) -> None:
    """Upright or across, as the page is; the paper stays the one that was chosen."""
    across = size.width > size.height
    way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    if printer.pageLayout().orientation() != way:
        printer.setPageOrientation(way)


def _chosen(printer: QPrinter, pages: int) -> list[int]:
    """The pages of the range that was chosen, counted from 0; all of them where none was."""
    if printer.printRange() != QPrinter.PrintRange.PageRange:
        return list(range(pages))
    ranges: Any = printer.pageRanges()
    if not ranges.isEmpty():
        return [page for page in range(pages) if ranges.contains(page + 1)]
    first = max(printer.fromPage(), 1)
    last = min(printer.toPage() or pages, pages)
    return list(range(first - 1, last))


def _layout(size: PageSize) -> QPageLayout:
    """The paper that the first page wants: A4 where it is that to a millimetre or two."""
    upright = _upright(size)
    paper = QPageSize(
        QSizeF(upright.width, upright.height),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    layout = QPageLayout()
    layout.setPageSize(paper)
    layout.setOrientation(
        QPageLayout.Orientation.Landscape if size.width > size.height else QPageLayout.Orientation.Portrait
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _upright(size: PageSize) -> PageSize:
    return PageSize(min(size.width, size.height), max(size.width, size.height))


def _mm(width: float, height: float) -> PageSize:
    return PageSize(width * _MM_AN_INCH, height * _MM_AN_INCH)

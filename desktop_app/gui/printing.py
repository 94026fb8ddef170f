"""Printing papers: turned into pages by the office suite of the machine, drawn on the printer by Qt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from desktop_app.documents.pdf_pages import PageImage


def print_pages(pages: Sequence[PageImage], parent: QWidget) -> str:
    """Ask for the printer and print; what came of it, in words."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印文书")
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return "没有打印；文书已记入“已制作”"
    draw(pages, printer)
    return f"已送往打印机，共 {len(pages)} 页"


def draw(pages: Sequence[PageImage], printer: object) -> None:
    """Draw each page on a sheet, edge to edge as it was set."""
    from PySide6.QtPrintSupport import QPrinter

    assert isinstance(printer, QPrinter)
    printer.setFullPage(True)
    painter = QPainter(printer)
    try:
        for place, page in enumerate(pages):
            if place:
                printer.newPage()
            image = QImage(page.pixels, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
            painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
    finally:
        painter.end()

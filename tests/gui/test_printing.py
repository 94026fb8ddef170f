"""Printing: to the millimetre, the pages that were chosen, and nothing where it was cancelled."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLineF, QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton, QRadioButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.errors import Cancelled
from desktop_app.gui import printing
from desktop_app.gui.print_order import sheets, sides
from desktop_app.gui.printing import PrintingFailed, PrintRun, ask_printer, planned, print_run

MM = 25.4
LINE = 100
"""Millimetres of the line on each page, which begins 30 mm from the left and from the top."""


def ruled(*sizes: tuple[float, float]) -> bytes:
    """A PDF with a page of each size in millimetres, and a line across and one down on each."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(1200)
    painter: QPainter | None = None
    for width, height in sizes:
        page = QPageSize(
            QSizeF(width, height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch
        )
        writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        if painter is None:
            painter = QPainter(writer)
        else:
            writer.newPage()
        dots = 1200 / MM
        pen = QPen(QColor("black"), 0.25 * dots)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        corner = QPointF(30 * dots, 30 * dots)
        painter.drawLine(QLineF(corner, corner + QPointF(LINE * dots, 0)))
        painter.drawLine(QLineF(corner, corner + QPointF(0, LINE * dots)))
    assert painter is not None
    painter.end()
    return bytes(data.data())


def extent(file: Path, page: int = 0) -> tuple[float, float, float, float]:
    """Left, top, width and height of what is black on a page, in millimetres."""
    with PdfPages(file) as pages:
        image = pages.picture(page, 600)
    ink = image.pixels[::3].translate(bytes(128) + b"\xff" * 128)
    rows = [ink[top : top + image.width] for top in range(0, len(ink), image.width)]
    dark = [place for place, row in enumerate(rows) if 0 in row]
    lefts = min(rows[place].index(0) for place in dark)
    rights = max(rows[place].rindex(0) for place in dark)
    dot = MM / 600
    return lefts * dot, dark[0] * dot, (rights - lefts + 1) * dot, (dark[-1] - dark[0] + 1) * dot


def printer_to(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def goes_on(done: int, total: int) -> bool:
    return True


def printed(pdf: bytes, file: Path, set_up: Callable[[QPrinter], object] = lambda printer: None) -> PrintRun:
    """The whole way but the dialog."""
    with PdfPages(pdf) as pages:
        printer = printer_to(file)
        printer.setPageLayout(printing._layout(pages.sizes[0]))
        set_up(printer)
        return print_run(planned(printer, pages, len(pages.starts)), pages, goes_on)


@pytest.mark.parametrize("long_run", [False, True])
def test_a_line_of_100_mm_is_100_mm(
    qtbot: QtBot, tmp_path: Path, long_run: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_LONG_RUN", 0 if long_run else 20)
    run = printed(ruled((210, 297)), tmp_path / "out.pdf")
    left, top, width, height = extent(tmp_path / "out.pdf")
    assert (width, height) == (pytest.approx(LINE, abs=0.3), pytest.approx(LINE, abs=0.3))
    assert (left, top) == (pytest.approx(30, abs=0.3), pytest.approx(30, abs=0.3))
    with PdfPages(tmp_path / "out.pdf") as pages:
        assert (pages.sizes[0].width, pages.sizes[0].height) == (
            pytest.approx(210, abs=0.3),
            pytest.approx(297, abs=0.3),
        )
    assert not run.shrunk


def test_a_page_that_lies_across_is_printed_across(qtbot: QtBot, tmp_path: Path) -> None:
    printed(ruled((210, 297), (297, 210), (210, 297)), tmp_path / "out.pdf")
    with PdfPages(tmp_path / "out.pdf") as pages:
        assert [round(size.width) for size in pages.sizes] == [210, 297, 210]
    assert extent(tmp_path / "out.pdf", 1)[2] == pytest.approx(LINE, abs=0.3)


def test_a_larger_sheet_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    run = printed(
        ruled((210, 297)),
        tmp_path / "out.pdf",
        lambda printer: printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3)),
    )
    assert extent(tmp_path / "out.pdf")[2] == pytest.approx(LINE, abs=0.3)
    assert not run.shrunk


def test_on_a_smaller_sheet_it_is_made_smaller_and_said_so(qtbot: QtBot, tmp_path: Path) -> None:
    run = printed(
        ruled((210, 297)),
        tmp_path / "out.pdf",
        lambda printer: printer.setPageSize(QPageSize(QPageSize.PageSizeId.A5)),
    )
    assert extent(tmp_path / "out.pdf")[2] == pytest.approx(LINE * 148 / 210, abs=0.3)
    assert run.shrunk and "已缩小打印" in run.words


def test_range_and_copies(qtbot: QtBot, tmp_path: Path) -> None:
    def set_up(printer: QPrinter) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 3)
        printer.setCopyCount(2)

    run = printed(ruled((210, 297), (148, 210), (148, 210)), tmp_path / "out.pdf", set_up)
    assert run.order == [1, 2, 1, 2]
    with PdfPages(tmp_path / "out.pdf") as pages:
        assert len(pages) == 4
    assert "共 4 页" in run.words and str(tmp_path / "out.pdf") in run.words


def test_pages_named_one_by_one(qtbot: QtBot, tmp_path: Path) -> None:
    with PdfPages(ruled(*[(210, 297)] * 6)) as pages:
        printer = printer_to(tmp_path / "out.pdf")
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        ranges = printer.pageRanges()
        ranges.addPage(1)
        ranges.addRange(4, 5)
        printer.setPageRanges(ranges)
        assert planned(printer, pages, 1).order == [0, 3, 4]


class Run(PdfPages):
    """Pages whose papers begin where a test says."""

    def __init__(self, pages: int, starts: tuple[int, ...]) -> None:
        super().__init__(ruled(*[(210, 297)] * pages))
        self.starts = starts


class BothSides(QPrinter):
    """A printer that can print on both sides, and was asked to; a PDF file knows no sides."""

    def __init__(self, file: Path) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(file))
        self.chosen = QPrinter.DuplexMode.DuplexLongSide

    def duplex(self) -> QPrinter.DuplexMode:
        return self.chosen

    def setDuplex(self, duplex: QPrinter.DuplexMode) -> None:
        self.chosen = duplex


def test_on_both_sides_each_paper_begins_on_a_front(qtbot: QtBot, tmp_path: Path) -> None:
    with Run(3, (0, 1)) as pages:
        printer = BothSides(tmp_path / "out.pdf")
        run = planned(printer, pages, 2)
        assert run.order == [0, None, 1, 2]
        print_run(run, pages, goes_on)
    with PdfPages(tmp_path / "out.pdf") as made:
        assert len(made) == 4
        assert min(made.picture(1, 72).pixels) == 255


def test_where_papers_cannot_be_told_apart_only_fronts_are_printed(qtbot: QtBot, tmp_path: Path) -> None:
    with Run(3, (0,)) as pages:
        printer = BothSides(tmp_path / "out.pdf")
        run = planned(printer, pages, 3)
    assert run.order == [0, 1, 2]
    assert printer.duplex() == QPrinter.DuplexMode.DuplexNone
    assert "改为单面" in run.words


def test_a_cancelled_run_leaves_no_file(qtbot: QtBot, tmp_path: Path) -> None:
    with PdfPages(ruled(*[(210, 297)] * 3)) as pages:
        run = planned(printer_to(tmp_path / "out.pdf"), pages, 1)
        with pytest.raises(Cancelled):
            print_run(run, pages, lambda done, total: done < 2)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_printed_to_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with PdfPages(ruled((210, 297))) as pages:
        run = planned(printer_to(tmp_path / "missing" / "out.pdf"), pages, 1)
        with pytest.raises(PrintingFailed, match="没有打印"):
            print_run(run, pages, goes_on)


def test_the_operator_chooses_range_and_copies(qtbot: QtBot, tmp_path: Path) -> None:
    """Through Qt's own dialog, by clicks and keys."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    agreed: list[PrintRun] = []
    with PdfPages(ruled(*[(210, 297)] * 5)) as pages:
        dialog = ask_printer(parent, "承办单 5 件", pages, 1, tmp_path / "out.pdf", agreed.append)
        qtbot.waitUntil(dialog.isVisible)

        def named(kind: type, name: str) -> QWidget:
            found = dialog.findChild(kind, name)
            assert isinstance(found, QWidget) and found.isVisible()
            return found

        assert named(QLineEdit, "filename").text() == str(tmp_path / "out.pdf")  # type: ignore[attr-defined]
        qtbot.mouseClick(named(QRadioButton, "printRange"), Qt.MouseButton.LeftButton)
        for name, value in (("from", "2"), ("to", "4"), ("copies", "3")):
            box = named(QSpinBox, name)
            box.selectAll()  # type: ignore[attr-defined]
            qtbot.keyClicks(box, value)
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        accept = next(
            one for one in box.buttons() if box.buttonRole(one) == QDialogButtonBox.ButtonRole.AcceptRole
        )
        assert isinstance(accept, QPushButton)
        qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(agreed))
        assert agreed[0].order == sides(sheets([1, 2, 3], {0}, copies=3))
        print_run(agreed[0], pages, goes_on)
    with PdfPages(tmp_path / "out.pdf") as made:
        assert len(made) == 9


def test_nothing_is_printed_where_the_operator_leaves(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    agreed: list[PrintRun] = []
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842).close()
    buffer = io.BytesIO()
    document.save(buffer)
    with PdfPages(buffer.getvalue()) as pages:
        dialog = ask_printer(parent, "承办单", pages, 1, tmp_path / "out.pdf", agreed.append)
        qtbot.waitUntil(dialog.isVisible)
        with qtbot.waitSignal(dialog.finished):
            qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert agreed == []

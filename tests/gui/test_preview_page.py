"""文书预览, by clicks and keys: from a case, from what is ticked, and for whoever has a document to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.documents import office_suite, paper_runs
from desktop_app.documents.office_suite import can_make_pdf
from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.errors import StorageProblem
from desktop_app.gui import printing, register_papers
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.page import PageContext
from desktop_app.gui.paper_works import PaperWorks, open_preview
from desktop_app.gui.papers_folder import PAPERS_FOLDER
from desktop_app.gui.papers_panel import PREVIEW, PRINT
from desktop_app.gui.preview_page import PreviewPage
from desktop_app.gui.preview_state import Preview
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services.case_view import view_case
from desktop_app.services.session import Session
from tests.gui.pdf_samples import blank_pdf

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
JOB_MS = 30_000
NUMBER = "2026-0001"
with_libreoffice = pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")


# ------------------------------------------------------------------ the page alone


@pytest.fixture
def page(context: PageContext, qtbot: QtBot) -> PreviewPage:
    made = PreviewPage(context)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(page: PreviewPage, qtbot: QtBot, pages: int = 12) -> None:
    page.context.works.show_preview(Preview("承办单 12 件", "承办单", blank_pdf(pages), b"PK"))
    page.focus_first()
    qtbot.waitUntil(lambda: 0 in page.view.drawn)


@pytest.fixture(autouse=True)
def no_faces_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents that are none have no faces."""
    from desktop_app.gui import preview_page

    known = preview_page.faces_of
    monkeypatch.setattr(preview_page, "faces_of", lambda docx: known(docx) if len(docx) > 10 else frozenset())


def test_it_is_empty_until_there_is_something(page: PreviewPage, qtbot: QtBot) -> None:
    assert page.stack.currentIndex() == 0
    qtbot.keyClick(page, Key.Key_P, CONTROL)
    show(page, qtbot)
    assert page.stack.currentIndex() == 1
    assert page.heading.text() == "承办单 12 件"
    assert page.count.text() == "页，共 12 页"


def test_only_pages_in_view_are_drawn(
    page: PreviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = PdfPages.picture

    def picture(pages: PdfPages, place: int, dpi: float) -> object:
        drawn.append(place)
        return draw(pages, place, dpi)

    monkeypatch.setattr(PdfPages, "picture", picture)
    show(page, qtbot)
    assert set(drawn) == {0}
    qtbot.keyClick(page.view, Key.Key_End)
    qtbot.waitUntil(lambda: 11 in page.view.drawn)
    assert set(drawn) <= {0, 10, 11}
    assert 0 not in page.view.drawn


def test_pages_are_turned_by_keys_and_buttons(page: PreviewPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    assert not page.before_button.isEnabled() and page.after_button.isEnabled()
    qtbot.keyClick(page.view, Key.Key_PageDown)
    assert (page.view.page, page.number.value()) == (1, 2)
    qtbot.mouseClick(page.after_button, LEFT)
    assert page.number.value() == 3
    qtbot.keyClick(page.print_button, Key.Key_PageUp)
    assert page.number.value() == 2
    qtbot.keyClick(page.view, Key.Key_End)
    assert page.number.value() == 12 and not page.after_button.isEnabled()
    qtbot.keyClick(page.view, Key.Key_Home)
    assert page.number.value() == 1


def test_a_click_into_the_pages_gives_them_the_keyboard(page: PreviewPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.print_button.setFocus()
    qtbot.mouseClick(page.view.viewport(), LEFT, pos=QPoint(5, 5))
    assert page.focusWidget() is page.view


def test_a_page_is_gone_to_by_its_number(page: PreviewPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.number.setFocus()
    page.number.selectAll()
    qtbot.keyClicks(page.number, "7")
    qtbot.keyClick(page.number, Key.Key_Return)
    assert page.view.page == 6
    qtbot.waitUntil(lambda: 6 in page.view.drawn)


def test_scrolling_tells_which_page_is_read(page: PreviewPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    for _ in range(40):
        qtbot.keyClick(page.view, Key.Key_Down)
    assert page.number.value() == 2
    qtbot.keyClick(page.view, Key.Key_Space)
    qtbot.keyClick(page.view, Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert page.number.value() == 2


def test_size_is_chosen_by_keys_and_kept(page: PreviewPage, qtbot: QtBot, settings: WindowSettings) -> None:
    show(page, qtbot)
    qtbot.keyClick(page.view, Key.Key_PageDown)
    qtbot.keyClick(page.view, Key.Key_0, CONTROL)
    assert page.view.zoom == "适合宽度"
    assert page.view.page == 1
    qtbot.keyClick(page.view, Key.Key_Plus, CONTROL)
    assert page.zoom.currentText() == page.view.zoom == "150 %"
    qtbot.keyClick(page.view, Key.Key_Minus, CONTROL)
    qtbot.keyClick(page.view, Key.Key_Minus, CONTROL)
    assert page.view.zoom == "100 %"
    page.zoom.setFocus()
    qtbot.keyClick(page.zoom, Key.Key_Down)
    assert page.view.zoom == "适合宽度"
    assert settings.get("preview/zoom", "") == "适合宽度"


def test_on_a_fine_screen_pictures_are_as_fine(
    page: PreviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(page.view), "devicePixelRatio", lambda view: 2.0)
    wanted: list[float] = []
    page.view.picture_wanted.connect(lambda place, dpi: wanted.append(dpi))
    show(page, qtbot)
    assert wanted[0] == pytest.approx(192)
    dpi, picture = page.view._pictures[0]
    assert picture.width() == pytest.approx(595 / 72 * dpi, abs=1)
    assert picture.deviceIndependentSize().width() == pytest.approx(794, abs=1)


def test_a_document_that_is_only_a_pdf_is_not_saved_as_word(page: PreviewPage, qtbot: QtBot) -> None:
    page.context.works.show_preview(Preview("扫描", "扫描", blank_pdf(1)))
    assert page.word_button.isHidden() and page.pdf_button.isVisible()


def test_another_document_begins_at_its_first_page(page: PreviewPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    qtbot.keyClick(page.view, Key.Key_End)
    page.context.works.show_preview(Preview("督办函", "督办函", blank_pdf(2)))
    qtbot.waitUntil(lambda: 0 in page.view.drawn)
    assert (page.number.value(), page.number.maximum()) == (1, 2)
    assert page.view.verticalScrollBar().value() == 0


def test_when_the_window_closes_nothing_stays(page: PreviewPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.context.works.close()
    assert page.stack.currentIndex() == 0 and page.context.works.preview is None


def test_saving_asks_where(
    page: PreviewPage, qtbot: QtBot, tmp_path: Path, frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(page, qtbot)
    asked: list[str] = []

    def ask(parent: object, title: str, at: str, kinds: str) -> tuple[str, str]:
        asked.append(at)
        return str(tmp_path / "out" / "我的"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    qtbot.keyClick(page.view, Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: bool(frame.messages))
    assert asked[0].endswith("承办单.docx")
    assert (tmp_path / "out" / "我的.docx").read_bytes() == b"PK"
    assert frame.messages[-1].text == f"文书已存为 {tmp_path / 'out' / '我的.docx'}"


def test_any_document_may_be_shown(page: PreviewPage, qtbot: QtBot, frame) -> None:
    open_preview(page.context, blank_pdf(3), "模板 承办单")
    assert frame.pages == ["preview"]
    assert page.heading.text() == "模板 承办单" and page.count.text() == "页，共 3 页"


def test_a_word_document_is_laid_out_first(
    page: PreviewPage, qtbot: QtBot, frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PaperWorks, "suite", lambda works, folder: None)
    monkeypatch.setattr(paper_runs, "pdf_of", lambda docx, home, archival: blank_pdf(len(docx)))
    open_preview(page.context, b"four", "模板")
    qtbot.waitUntil(lambda: frame.pages == ["preview"])
    assert page.count.text() == "页，共 4 页"


def test_without_a_suite_a_word_document_cannot_be_shown_and_why(
    page: PreviewPage, qtbot: QtBot, frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_suite, "_program", lambda name: None)
    open_preview(page.context, b"PK", "模板")
    qtbot.waitUntil(lambda: len(frame.messages) == 2)
    assert "没有找到 LibreOffice" in frame.messages[1].text
    assert frame.pages == []


# ------------------------------------------------------------------ in the window, from cases


@pytest.fixture
def window(
    qtbot: QtBot, operations: Operations, settings: WindowSettings, tmp_path: Path
) -> Iterator[MainWindow]:
    settings.put(PAPERS_FOLDER, str(tmp_path / "papers"))
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> None:
    """A LibreOffice that gives every paper two blank pages."""

    def paged(
        made: Sequence[object], home: object, progress: paper_runs.Progress
    ) -> tuple[bytes, tuple[int, ...]]:
        assert progress(len(made), len(made))
        return blank_pdf(2 * len(made)), tuple(range(0, 2 * len(made), 2))

    monkeypatch.setattr(office_suite, "can_make_pdf", lambda: True)
    monkeypatch.setattr(paper_runs, "libreoffice", lambda: Path("soffice"))
    monkeypatch.setattr(paper_runs, "_paged", paged)
    monkeypatch.setattr(PaperWorks, "suite", lambda works, folder: None)


def preview_of(window: MainWindow) -> PreviewPage:
    made = window.workspace.page("preview")
    assert isinstance(made, PreviewPage)
    return made


def case(window: MainWindow, qtbot: QtBot) -> CasePage:
    window.workspace.open_case(NUMBER)
    made = window.workspace.page("case")
    assert isinstance(made, CasePage)
    qtbot.waitUntil(lambda: ("slip", PREVIEW) in made.papers.buttons)
    return made


def papers_of(session: Session, number: str = NUMBER) -> list[str]:
    return [paper.form for paper in view_case(session, number).papers]


def seen(session: Session, number: str = NUMBER) -> int:
    return sum(event.action == "reveal" for event in view_case(session, number).events)


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, LEFT)  # type: ignore[arg-type]


def open_slip(window: MainWindow, qtbot: QtBot) -> PreviewPage:
    case(window, qtbot).papers.buttons["slip", PREVIEW].click()
    qtbot.waitUntil(lambda: window.workspace.current == "preview")
    made = preview_of(window)
    qtbot.waitUntil(lambda: 0 in made.view.drawn)
    return made


def test_a_slip_is_looked_at_and_who_looked_is_on_record(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None
) -> None:
    made = open_slip(window, qtbot)
    assert made.heading.text().startswith(f"{NUMBER} 承办单")
    assert window.focusWidget() is made.view
    assert seen(session) == 1
    assert papers_of(session) == []


def test_a_paper_without_identity_leaves_no_trace_of_looking(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None
) -> None:
    case(window, qtbot).papers.buttons["slip-anonymous", PREVIEW].click()
    qtbot.waitUntil(lambda: window.workspace.current == "preview")
    assert seen(session) == 0 and papers_of(session) == []


def test_saved_from_the_preview_it_goes_on_record_once(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None, tmp_path: Path
) -> None:
    made = open_slip(window, qtbot)
    preview = made._preview
    assert preview is not None
    made.acts.save_to(preview, tmp_path / "a.docx")
    qtbot.waitUntil(lambda: (tmp_path / "a.docx").exists() and preview.recorded)
    made.acts.save_to(preview, tmp_path / "b.docx")
    qtbot.waitUntil(lambda: "b.docx" in window.workspace.strip.text)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert papers_of(session) == ["slip"]


def test_where_it_cannot_be_saved_it_is_not_on_record(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None, tmp_path: Path
) -> None:
    made = open_slip(window, qtbot)
    assert made._preview is not None
    (tmp_path / "file").touch()
    with qtbot.waitSignal(window.workspace.context.operations.failed) as failed:
        made.acts.save_to(made._preview, tmp_path / "file" / "a.docx")
    assert isinstance(failed.args[0], StorageProblem)
    assert papers_of(session) == [] and not made._preview.recorded


def print_dialog(window: MainWindow, qtbot: QtBot) -> QPrintDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QPrintDialog)))
    return next(one for one in window.findChildren(QPrintDialog) if one.isVisible())


def accept(dialog: QPrintDialog, qtbot: QtBot) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    click(
        qtbot,
        next(one for one in box.buttons() if box.buttonRole(one) == QDialogButtonBox.ButtonRole.AcceptRole),
    )


def test_printed_from_the_preview_it_goes_on_record(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None, tmp_path: Path
) -> None:
    made = open_slip(window, qtbot)
    qtbot.keyClick(made.view, Key.Key_P, CONTROL)
    dialog = print_dialog(window, qtbot)
    name = dialog.findChild(QLineEdit, "filename")
    assert isinstance(name, QLineEdit)
    assert Path(name.text()).parent == tmp_path / "papers"
    name.setText(str(tmp_path / "out.pdf"))
    accept(dialog, qtbot)
    qtbot.waitUntil(lambda: "已记入“已制作”" in window.workspace.strip.text, timeout=JOB_MS)
    with PdfPages(tmp_path / "out.pdf") as pages:
        assert len(pages) == 2
    assert papers_of(session) == ["slip"]


def test_leaving_the_printer_s_dialog_records_nothing(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None
) -> None:
    case(window, qtbot).papers.buttons["slip", PRINT].click()
    dialog = print_dialog(window, qtbot)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Key.Key_Escape)
    assert papers_of(session) == [] and seen(session) == 0
    assert window.workspace.current == "case"


def test_a_printer_that_fails_is_told(
    qtbot: QtBot, window: MainWindow, suite: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise printing.PrintingFailed

    monkeypatch.setattr(printing, "print_run", fail)
    made = open_slip(window, qtbot)
    click(qtbot, made.print_button)
    accept(print_dialog(window, qtbot), qtbot)
    qtbot.waitUntil(lambda: "没有打印" in window.workspace.strip.text, timeout=JOB_MS)


def test_what_is_ticked_comes_as_one_document(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None
) -> None:
    window.workspace.page("register").model.toggle(["2026-0001", "2026-0002", "2026-0004"])  # type: ignore[attr-defined]
    window.preview_papers("slip")
    qtbot.waitUntil(lambda: window.workspace.current == "preview")
    made = preview_of(window)
    assert made.heading.text().endswith("3 件") and made.count.text() == "页，共 6 页"
    assert made._pages is not None and made._pages.starts == (0, 2, 4)
    assert [seen(session, number) for number in ("2026-0001", "2026-0002", "2026-0004")] == [1, 1, 1]


def test_one_case_without_the_paper_stops_the_preview_of_all(
    qtbot: QtBot, window: MainWindow, session: Session, suite: None
) -> None:
    window.workspace.page("register").model.toggle(["2026-0001", "2026-0020"])  # type: ignore[attr-defined]
    window.preview_papers("slip")
    qtbot.waitUntil(lambda: "2026-0020" in window.workspace.strip.text)
    assert "勾选的 2 件都没有制作" in window.workspace.strip.text
    assert window.workspace.current == "register" and seen(session) == 0


@pytest.mark.parametrize("way", [PREVIEW, PRINT])
def test_without_any_suite_the_file_is_saved_its_folder_opened_and_said_so(
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    way: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(office_suite, "_program", lambda name: None)
    monkeypatch.setattr(register_papers, "show_folder", shown.append)
    case(window, qtbot).papers.buttons["slip", way].click()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [tmp_path / "papers"]
    assert "没有找到 WPS、Word 或 LibreOffice" in window.workspace.strip.text
    assert str(tmp_path / "papers") in window.workspace.strip.text
    (file,) = (tmp_path / "papers").iterdir()
    assert file.name.startswith(f"{NUMBER} 承办单") and papers_of(session) == ["slip"]


@with_libreoffice
def test_the_whole_way_through_libreoffice(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    case(window, qtbot).papers.buttons["slip", PREVIEW].click()
    qtbot.waitUntil(lambda: window.workspace.current == "preview", timeout=JOB_MS)
    made = preview_of(window)
    qtbot.waitUntil(lambda: 0 in made.view.drawn, timeout=JOB_MS)
    assert made._pages is not None
    assert NUMBER in made._pages.words(0)
    works = window.workspace.context.works
    assert works._kept is not None and works._kept.running
    home = works._kept.home.folder
    assert home.parent == session.folder / "temporary"
    assert not [file for file in home.iterdir() if file.suffix in (".docx", ".pdf")]
    window.close()
    assert not home.exists()

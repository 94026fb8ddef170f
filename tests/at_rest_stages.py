"""What the program is doing while its folders are looked through: each stage runs in a process of its own.

    python -m tests.at_rest_stages STAGE DATA

A stage prints `ready` once it stands in the middle of its work, and goes on when a line comes in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.words_at_rest import LATIN, WORDS

TODAY = date(2026, 10, 30)
NUMBER = "2026-0001"
STICK, OUTBOX, INBOX = "stick", "outbox", "inbox"
"""Beside the data folder: the second place for backups; beside the machine: what the operator saves, and brings in."""


def wait(word: str = "ready") -> None:
    print(word, flush=True)
    sys.stdin.readline()


def entered(data: Path) -> Any:
    from desktop_app.services import office
    from tests.cli.offices import FIRST, PASSWORD

    return office.enter(data, FIRST, PASSWORD, TODAY)


def outside(data: Path, name: str) -> Path:
    """A folder of the operator's, who may keep papers in clear there."""
    folder = data.parents[1] / name
    folder.mkdir(exist_ok=True)
    return folder


def sheet(folder: Path, rows: int) -> Path:
    """A file of messages, every column of which bears the words."""
    file = folder / "留言.csv"
    with file.open("w", encoding="utf-8-sig") as lines:
        lines.write("留言编号,留言用户,联系方式,单位,地址,留言主题,留言详情,收件日期\n")
        for row in range(rows):
            text = f"{WORDS}{row}" * 20
            lines.write(f"{row}{WORDS},{WORDS},{WORDS},{WORDS},{WORDS},{WORDS}{row},{text},2026-10-08\n")
    return file


def fill(data: Path) -> None:
    """An office with the words in every field; then a transaction that has outgrown the memory and stays open."""
    from desktop_app.documents.message_files import bring_in_file
    from desktop_app.documents.paper_runs import make_file
    from desktop_app.domain.units import Unit
    from desktop_app.services import attachments, backups, drafts, office
    from desktop_app.services.case_view import reveal_case
    from desktop_app.services.cases import act
    from tests.cli.offices import T, found_quickly

    found_quickly(data, T)
    session = entered(data)
    unit = f"{WORDS}局"
    office.bring_in_units(session, [Unit(unit, (f"{WORDS}简",), head=WORDS, phone=WORDS, duties=WORDS)])
    (number, *_) = bring_in_file(session, sheet(outside(data, INBOX), 30)).numbers
    on = date(2026, 10, 9)
    act(session, number, "accept", {"category": "投诉", "topic": LATIN}, on)
    act(session, number, "complained-of", {"kind": "投诉", "unit": unit, "person": WORDS}, on)
    act(session, number, "dispatch", {"lead": unit, "opinion": WORDS}, on)
    act(session, number, "receive", {"manner": "签收", "by": WORDS}, on)
    reply = {"signer": WORDS, "stamped": "yes", "handler": WORDS, "phone": "0475-0000104"}
    act(session, number, "reply", {"text": WORDS * 9, **reply}, on)
    scan = outside(data, INBOX) / f"{WORDS}.pdf"
    scan.write_bytes(WORDS.encode() * 500)
    attachments.attach(session, number, scan, "scan")
    drafts.keep_draft(session, number, "pass-review", {"opinion": WORDS})
    reveal_case(session, number, WORDS)
    make_file(session, [number], "slip", outside(data, OUTBOX) / f"{WORDS}.docx")
    (data.parent / STICK).mkdir()
    backups.choose_second_place(session, data.parent / STICK)
    backups.back_up(session)
    report_a_bug(data)
    with session.change() as work:
        for place in range(400):
            work.drafts.put("王敏", number, f"draft {place}", WORDS * 4000)
        wait()
    session.close()


def report_a_bug(data: Path) -> None:
    """An error that quotes what it stumbled over, in the log and in a report."""
    import logging

    from desktop_app import log

    log.set_up(data)
    try:
        int(WORDS)
    except ValueError as error:
        logging.getLogger("desktop_app").exception("stumbled")
        log.report_bug(error, data)
        log.report_bug(error, None)


def work_on(data: Path) -> None:
    """A day's work with what is there, in good order."""
    from desktop_app.services import backups, verification

    session = entered(data)
    assert verification.verify(session).problems == ()
    backups.back_up_if_due(session, leaving=True)
    session.close()
    wait("done")


def bring_in_many(data: Path) -> None:
    """A large import in a process of its own, stopped in the middle."""
    from functools import partial

    from desktop_app.gui import import_job
    from desktop_app.gui.import_state import Wish
    from desktop_app.services.child_process import entry_of, run_in_child
    from tests.cli.offices import T

    session = entered(data)
    wish = Wish(sheet(outside(data, INBOX), 4000), None, T, "", TODAY, {})

    def progress(done: int, total: int) -> None:
        wait()

    run_in_child(entry_of(session), partial(import_job.bring_in, wish=wish), progress, lambda: False)


def convert(data: Path) -> None:
    """A paper on its way through an office suite that never comes to an end (`PATH` leads to it)."""
    from desktop_app.documents.paper_runs import make_pages

    make_pages(entered(data), lambda done, total: True, [NUMBER], "slip")


def preview(data: Path) -> None:
    """A paper was shown and printed to a file; the real suite is still running."""
    from PySide6.QtGui import QPageSize
    from PySide6.QtPrintSupport import QPrinter

    from desktop_app.documents.office_suite import libreoffice
    from desktop_app.documents.paper_runs import make_pages
    from desktop_app.documents.pdf_pages import PdfPages
    from desktop_app.documents.suite_server import KeptSuite, SuiteHome
    from desktop_app.gui.application import make_application
    from desktop_app.gui.printing import planned, print_run
    from desktop_app.private_folder import TEMPORARY_FOLDER, PrivateFolder

    make_application()
    session = entered(data)
    folder = PrivateFolder(data / TEMPORARY_FOLDER)
    kept = KeptSuite(SuiteHome(folder.path), libreoffice())
    kept.start()
    pages = make_pages(session, lambda done, total: True, [NUMBER], "slip", kept.home)
    printer = QPrinter()
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setOutputFileName(str(outside(data, OUTBOX) / "printed.pdf"))
    with PdfPages(pages.pdf) as opened:
        print_run(planned(printer, opened, 1), opened, lambda done, total: True)
    wait()
    kept.close()
    folder.close()
    session.close()
    wait("done")


def window(data: Path) -> None:
    """The window, with a case open, a search made and a form half typed."""
    import time

    from desktop_app.gui.application import Program, make_application
    from desktop_app.services.drafts import drafts_of
    from tests.cli.offices import FIRST, PASSWORD

    application = make_application()

    def until(holds: Callable[[], Any], longest: float = 60) -> None:
        end = time.monotonic() + longest
        while not holds():
            assert time.monotonic() < end, "the window does not come"
            application.processEvents()

    program = Program(application, data, TODAY)
    card: Any = program.show_entrance()
    card.user.setText(FIRST)
    card.password.setText(PASSWORD)
    card.submitted.emit()
    until(lambda: program.window is not None)
    shown: Any = program.window
    shown.search.setFocus()
    shown.search.setText(WORDS)
    shown.workspace.open_case(NUMBER, [NUMBER])
    page = shown.workspace.page("case")
    until(lambda: page.file is not None and "pass-review" in page.steps.buttons)
    page.steps.buttons["pass-review"].click()
    until(lambda: page.form is not None)
    page.form.editor("by").set_value(WORDS)
    session = entered(data)
    until(lambda: WORDS in str(drafts_of(session, NUMBER, ["pass-review"])))
    session.close()
    wait()
    shown.close()
    until(lambda: not shown.isVisible())  # what is being saved is waited for
    program.close()
    wait("done")


STAGES = {one.__name__: one for one in (fill, work_on, bring_in_many, convert, preview, window)}

if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    STAGES[sys.argv[1]](Path(sys.argv[2]))

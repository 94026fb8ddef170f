"""A window whose server goes away while somebody types; it says so once the words are at the seat, and waits to be killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

CASE = "2026-0002"
BEFORE, TOPIC, MESSAGE = "供热", "供热温度不够，欧阳小红", "暖气三天没有热过，"


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.gui.application import make_application
    from desktop_app.gui.case_page import CasePage
    from desktop_app.gui.entry_page import EntryPage
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.operations import Operations
    from desktop_app.gui.window_settings import WindowSettings
    from desktop_app.services import office
    from desktop_app.services.drafts import open_drafts
    from tests.gui.case_desk import fill
    from tests.gui.typing_chinese import type_in

    folder, user, key, today = sys.argv[1:]
    application = make_application()
    session = office.enter_with_key(Path(folder), user, bytes.fromhex(key), date.fromisoformat(today))
    operations = Operations(session)
    window = MainWindow(operations, WindowSettings(Path(folder), user))
    window.show()

    def until(there: Callable[[], bool]) -> None:
        while not there():
            application.processEvents()

    window.workspace.open_case(CASE, (CASE,), "accept")
    case = window.workspace.page("case")
    assert isinstance(case, CasePage)
    until(lambda: case.form is not None)
    assert case.form is not None
    fill(case.form, "topic", BEFORE)
    until(lambda: len(open_drafts(session)) == 1)
    window.workspace.open("entry")
    entry = window.workspace.page("entry")
    assert isinstance(entry, EntryPage)
    until(lambda: not operations.busy)
    print("ready", flush=True)
    until(lambda: operations.line.away is not None)
    type_in(entry.editors["text"], MESSAGE)
    window.workspace.open("case")
    fill(case.form, "topic", TOPIC)
    until(lambda: operations.line.typed == 2 and operations.typed.all_here)
    print("typed", flush=True)
    until(lambda: False)


if __name__ == "__main__":
    main()

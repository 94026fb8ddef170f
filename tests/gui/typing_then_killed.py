"""A window in which somebody types into four forms; it says so once the hands rest, and then waits to be killed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

TOPIC, MESSAGE = "供热温度", "暖气三天没有热过，"
NOTICE, DUTIES = "二、春节：2月5日（周五）至13日放假", "学前教育、义务教育"


def main() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop_app.gui.application import make_application
    from desktop_app.gui.case_page import CasePage
    from desktop_app.gui.entry_page import EntryPage
    from desktop_app.gui.holidays_page import HolidaysPage
    from desktop_app.gui.main_window import MainWindow
    from desktop_app.gui.operations import Operations
    from desktop_app.gui.units_page import UnitsPage
    from desktop_app.gui.window_settings import WindowSettings
    from desktop_app.services import office
    from desktop_app.services.drafts import open_drafts
    from tests.gui.case_desk import NEW, fill
    from tests.gui.typing_chinese import type_in

    folder, user, key, today = sys.argv[1:]
    application = make_application()
    session = office.enter_with_key(Path(folder), user, bytes.fromhex(key), date.fromisoformat(today))
    window = MainWindow(Operations(session), WindowSettings(Path(folder), user))
    window.show()

    def until(there: Callable[[], bool]) -> None:
        while not there():
            application.processEvents()

    window.workspace.open_case(NEW, (NEW,), "accept")
    case = window.workspace.page("case")
    assert isinstance(case, CasePage)
    until(lambda: case.form is not None)
    assert case.form is not None
    fill(case.form, "topic", TOPIC)
    window.workspace.open("entry")
    entry = window.workspace.page("entry")
    assert isinstance(entry, EntryPage)
    type_in(entry.editors["text"], MESSAGE)
    window.workspace.open("holidays")
    holidays = window.workspace.page("holidays")
    assert isinstance(holidays, HolidaysPage)
    type_in(holidays.entry.text, NOTICE)
    window.workspace.open("units")
    units = window.workspace.page("units")
    assert isinstance(units, UnitsPage)
    until(lambda: units.form.isEnabled())
    type_in(units.form.editors["duties"], DUTIES)
    until(lambda: len(open_drafts(session)) == 4)
    print("typed", flush=True)
    until(lambda: False)


if __name__ == "__main__":
    main()

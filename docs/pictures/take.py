"""Takes the pictures of the documentation from the real program, on a sample office made for it.

QT_QPA_PLATFORM=offscreen .venv/bin/python docs/pictures/take.py
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.gui.application import Program, make_application
from desktop_app.services import sample_office

HERE = Path(__file__).parent
NOTICE = HERE.parents[1] / "tests" / "data" / "notices" / "2027-made-up.txt"
SIZE = (1366, 768)
LONGEST = 30
"""Seconds for a page to fill."""


def main() -> None:
    """One picture a page, named after it."""
    application = make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        # Shown in the log-in card: a path of nobody's machine.
        folder = Path(name) / "liuyan"
        made = sample_office.make(folder)
        program = Program(application, folder, None)
        card = program.show_entrance()
        card.user.setText(made.users[0].name)
        card.password.setText(made.users[0].password)
        card.submitted.emit()
        _until(lambda: program.window is not None)
        window = program.window
        assert window is not None
        window.resize(*SIZE)
        for page, act in _pages(window.workspace):
            act()
            _rest()
            window.grab().save(str(HERE / f"{page}.png"))
        window.close()
        program.close()


def _pages(workspace: object) -> list[tuple[str, Callable[[], object]]]:
    def opened(place: str) -> Callable[[], object]:
        return lambda: workspace.open(place)  # type: ignore[attr-defined]

    return [
        ("desk", opened("desk")),
        ("window", opened("register")),
        ("case", lambda: workspace.open_case("2026-0015", ["2026-0015"])),  # type: ignore[attr-defined]
        ("calendar", opened("calendar")),
        ("figures", opened("figures")),
        ("units", opened("units")),
        ("import", opened("import")),
        ("backlog", lambda: _type_old_case(workspace)),
        ("holidays", lambda: _try_a_notice(workspace)),
        ("settings", opened("settings")),
    ]


def _type_old_case(workspace: Any) -> None:
    """An old case half typed, all of it invented."""
    workspace.open("backlog")
    page = workspace.page("backlog")
    _until(lambda: page.form is not None)
    page.head.year.setText("2025")
    page.form.set_values(
        {
            "register.on": "2025-09-18 周四",
            "register.title": "东门外路灯半个月不亮",
            "register.text": "夜里看不清路，见原件。",
            "register.citizen": "常乐",
            "register.contact": "13900000000",
            "accept.category": "投诉",
            "dispatch.on": "2025-09-18 周四",
            "dispatch.lead": "通辽市住房和城乡建设局",
            "receive.on": "2025-09-19 周五",
            "reply.on": "2025-09-25 周四",
            "pass-review.by": "李建国",
            "archive.retention": "10年",
        }
    )
    page.form.focus_on("reply.text")


def _try_a_notice(workspace: Any) -> None:
    """A made-up notice of the coming year, pasted and not entered."""
    workspace.open("holidays")
    page = workspace.page("holidays")
    page.entry.text.setPlainText(NOTICE.read_text(encoding="utf-8"))


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the window does not come")
        make_application().processEvents()
        time.sleep(0.01)


def _rest() -> None:
    """Let the page ask, and be painted with what came back."""
    end = time.monotonic() + 5
    _until(lambda: time.monotonic() > end)


if __name__ == "__main__":
    main()

"""The frame after log-in: tabs, pages, the strip below them. Pages are made when they are first shown."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.domain.rights import Right, holders
from desktop_app.gui.away_banner import AwayBanner
from desktop_app.gui.clock_banner import ClockBanner
from desktop_app.gui.jobs import Job
from desktop_app.gui.messages import Message
from desktop_app.gui.open_elsewhere import OpenElsewhere
from desktop_app.gui.operations import Operations
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.paper_works import PaperWorks
from desktop_app.gui.strip import MessageStrip, ProgressStrip
from desktop_app.gui.window_settings import WindowSettings


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the window: its tab, and where its class is found. Only `fixed` ones have a tab from the start; `right`
    is what one must be allowed to do there, None where everybody may look."""

    id: str
    title: str
    page: str
    fixed: bool = False
    right: Right | None = Right.SEE_CASES


PLACES = (
    Place("desk", "今日工作台", "desk_page.DeskPage", fixed=True),
    Place("register", "留言台账", "register_page.RegisterPage", fixed=True),
    Place("case", "办件详情", "case_page.CasePage", fixed=True),
    Place("calendar", "时限日历", "calendar_page.CalendarPage", fixed=True),
    Place("figures", "统计通报", "figures_page.FiguresPage", fixed=True),
    Place("bulletins", "历次通报", "bulletins_page.BulletinsPage"),
    Place("appraisal", "考核扣分", "appraisal_page.AppraisalPage"),
    Place("import", "导入留言", "import_page.ImportPage", right=Right.REGISTER),
    Place("entry", "登记一件", "entry_page.EntryPage", right=Right.REGISTER),
    Place("backlog", "补录旧件", "backlog_page.BacklogPage", right=Right.REGISTER),
    Place("issued", "发文登记", "issued_page.IssuedPage"),
    Place("archive", "归档", "archive_page.ArchivePage"),
    Place("returned", "收回文书", "returned_page.ReturnedPage", right=Right.WORK_ON_CASES),
    Place("scans", "扫描件归件", "scans_page.ScansPage", right=Right.WORK_ON_CASES),
    Place("preview", "文书预览", "preview_page.PreviewPage"),
    Place("units", "单位名册", "units_page.UnitsPage", right=None),
    Place("holidays", "放假安排", "holidays_page.HolidaysPage", right=None),
    Place("trail", "审计日志", "trail_page.AuditPage", right=Right.SEE_LOGINS),
    Place("settings", "设置", "settings_page.SettingsPage", right=None),
)


class Workspace(QWidget):
    """Tabs over pages. Those the office works in stand always; the others come with the menu, and can close."""

    shown = Signal(str)
    """The id of a page that has come up."""
    theme_wanted = Signal(str, bool)
    restore_wanted = Signal(object)
    """A function that restores, for when the window has closed."""

    def __init__(self, operations: Operations, settings: WindowSettings) -> None:
        super().__init__()
        self.strip = MessageStrip()
        self.clock = ClockBanner()
        self.away = AwayBanner(operations)
        self.context = PageContext(
            operations,
            operations.session,
            self.open_case,
            self.open,
            self.strip.show_message,
            settings,
            self.theme_wanted.emit,
            self.open_holidays,
            PaperWorks(self),
            self.restore_wanted.emit,
            OpenElsewhere(operations, self),
        )
        self.context.works.sweep(operations)
        self.tabs = QTabBar()
        self.tabs.setObjectName("pages")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("页面")
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stack = QStackedWidget()
        self._pages: dict[str, Page] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.away)
        self._column.addWidget(self.clock)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.strip)
        operations.job_started.connect(self._show_job)
        for place in PLACES:
            if place.fixed and self._may(place):
                self._add_tab(place)
        if self.tabs.count() == 0:
            # Who keeps a post and sees no cases: the log for who looks through it, else what the settings offer.
            offered = (place for place in PLACES if place.id in ("trail", "settings"))
            self._add_tab(next(place for place in offered if self._may(place)))
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.tabCloseRequested.connect(self._close_tab)
        self._show_tab(0)

    def open(self, place_id: str) -> None:
        """Show a page, with its tab made where it has none yet; or say whose it is."""
        position = self._position(place_id)
        if position < 0:
            place = next(place for place in PLACES if place.id == place_id)
            if not self._may(place):
                self._say_whose(place)
                return
            position = self._add_tab(place)
        self.tabs.setCurrentIndex(position)

    def open_settings(self, subject: str) -> None:
        """Show one subject of the settings."""
        self.page("settings").show_subject(subject)  # type: ignore[attr-defined]
        self.open("settings")

    def page(self, place_id: str) -> Page:
        """The page, made where it was never shown."""
        if place_id not in self._pages:
            place = next(place for place in PLACES if place.id == place_id)
            module, name = place.page.split(".")
            make: Callable[[PageContext], Page] = getattr(
                importlib.import_module(f"desktop_app.gui.{module}"), name
            )
            page = make(self.context)
            self._pages[place_id] = page
            self.stack.addWidget(page)
            page.retitled.connect(lambda title: self._retitle(place_id, title))
        return self._pages[place_id]

    @property
    def current(self) -> str:
        """The id of the page that is shown."""
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def open_case(self, number: str, neighbours: Sequence[str] = (), step: str = "") -> None:
        """Show a case; Alt+↓ and Alt+↑ then go through `neighbours`. `step`: the form that stands open at once."""
        self.page("case").show_case(number, neighbours, step)  # type: ignore[attr-defined]
        self.open("case")

    def open_holidays(self, year: int) -> None:
        """Show the holiday notices at a year, such as one that lacks its own."""
        self.page("holidays").show_year(year)  # type: ignore[attr-defined]
        self.open("holidays")

    def show_message(self, message: Message) -> None:
        self.strip.show_message(message)

    def step(self, by: int) -> None:
        """The next or previous tab."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def focus_current(self) -> None:
        """Put the keyboard into the page that is shown."""
        self.page(self.current).focus_first()

    def close_current(self) -> None:
        """Close the tab that is shown, where it is one that closes."""
        self._close_tab(self.tabs.currentIndex())

    def _show_job(self, job: Job) -> None:
        strip = ProgressStrip(f"正在{job.title}…")
        job.progress.connect(strip.set_progress)
        job.ended.connect(strip.deleteLater)
        strip.cancelled.connect(job.cancel)
        self._column.addWidget(strip)

    def _may(self, place: Place) -> bool:
        return place.right is None or self.context.session.may(place.right)

    def _say_whose(self, place: Place) -> None:
        if place.right is not None:
            who = "、".join(role.label for role in holders(place.right, self.context.session.separation))
            self.strip.show_message(Message(f"“{place.title}”由“{who}”角色的用户使用。", "refused"))

    def _add_tab(self, place: Place) -> int:
        position = self.tabs.addTab(place.title)
        self.tabs.setTabData(position, place.id)
        if not place.fixed:
            # Only these close; the button is drawn on every tab unless it is taken off the fixed ones.
            self.tabs.setTabsClosable(True)
            for fixed in range(self.tabs.count()):
                if self._place_at(fixed).fixed:
                    self.tabs.setTabButton(fixed, QTabBar.ButtonPosition.RightSide, None)
        return position

    def _retitle(self, place_id: str, title: str) -> None:
        position = self._position(place_id)
        if position >= 0:
            self.tabs.setTabText(position, title)

    def _place_at(self, position: int) -> Place:
        return next(place for place in PLACES if place.id == self.tabs.tabData(position))

    def _position(self, place_id: str) -> int:
        return next((at for at in range(self.tabs.count()) if self.tabs.tabData(at) == place_id), -1)

    def _show_tab(self, position: int) -> None:
        place_id = str(self.tabs.tabData(position))
        page = self.page(place_id)
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            page.focus_first()
        self.shown.emit(place_id)

    def _close_tab(self, position: int) -> None:
        if not self._place_at(position).fixed and self.tabs.count() > 1:
            self.tabs.removeTab(position)

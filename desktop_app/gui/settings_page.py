"""设置: a list of subjects at the left, the one chosen at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QWidget

from desktop_app.gui.backup_panel import BackupPanel
from desktop_app.gui.looks_panel import LooksPanel
from desktop_app.gui.office_panel import OfficePanel
from desktop_app.gui.own_password_panel import OwnPasswordPanel
from desktop_app.gui.page import Page, PageContext
from desktop_app.gui.place_panel import PlacePanel
from desktop_app.gui.regulations_panel import RegulationsPanel
from desktop_app.gui.security_panel import SecurityPanel
from desktop_app.gui.templates_panel import TemplatesPanel
from desktop_app.gui.users_panel import UsersPanel


class SettingsPage(Page):
    """本单位, 用户, 我的密码, 安全, 显示, 备份与恢复, 数据所在, 办法, 文书模板."""

    title = "设置"
    kinds = frozenset({"settings", "backups"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.office = OfficePanel(context)
        self.users = UsersPanel(context)
        self.own_password = OwnPasswordPanel(context)
        self.security = SecurityPanel(context)
        self.looks = LooksPanel(context)
        self.backup = BackupPanel(context)
        self.place = PlacePanel(context)
        self.regulations = RegulationsPanel(context)
        self.templates = TemplatesPanel(context)
        self._panels = (
            ("本单位", self.office),
            ("用户", self.users),
            ("我的密码", self.own_password),
            ("安全", self.security),
            ("显示", self.looks),
            ("备份与恢复", self.backup),
            ("数据所在", self.place),
            ("办法", self.regulations),
            ("文书模板", self.templates),
        )
        self.subjects = QListWidget()
        self.subjects.setAccessibleName("设置的内容")
        self.subjects.setSpacing(4)
        self.subjects.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.panels = QStackedWidget()
        for name, panel in self._panels:
            self.subjects.addItem(name)
            self.panels.addWidget(_scrolling(panel, name))
        self.subjects.setFixedWidth(self.subjects.fontMetrics().horizontalAdvance("本单位的设置项目"))
        page = QHBoxLayout(self)
        page.setContentsMargins(16, 8, 16, 8)
        page.setSpacing(16)
        page.addWidget(self.subjects)
        page.addWidget(self.panels, 1)
        self.subjects.currentRowChanged.connect(self.panels.setCurrentIndex)
        self.subjects.setCurrentRow(0)

    def show_subject(self, name: str) -> None:
        """Go to one subject by its name."""
        self.subjects.setCurrentRow([known for known, _ in self._panels].index(name))

    def refresh(self) -> None:
        for _, panel in self._panels:
            panel.refresh()

    def focus_first(self) -> None:
        self.subjects.setFocus()


def _scrolling(panel: QWidget, name: str) -> QScrollArea:
    """A panel that need not be squeezed where the text is large and the screen small."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(panel)
    return area

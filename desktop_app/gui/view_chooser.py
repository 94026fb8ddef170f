"""视图: the register as it was set before, under a name. Chosen, saved and deleted from one button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from desktop_app.gui.messages import Message
from desktop_app.gui.page_parts import label, set_tone
from desktop_app.gui.register_views import LONGEST_NAME, SavedView, SavedViews, tidy_name
from desktop_app.gui.window_settings import WindowSettings

VIEW_SETTINGS = "register/views"
_NAME_WIDTH = 12
"""Characters of a name that the field shows at once."""


class ViewChooser(QWidget):
    """A button with a menu; a name is typed in the button's own place."""

    chosen = Signal(object)
    """The `SavedView` that the register is to show."""

    def __init__(
        self,
        settings: WindowSettings,
        now: Callable[[str], SavedView],
        show_message: Callable[[Message], None],
    ) -> None:
        """`now` gives what the register shows, under the name it is to be saved by."""
        super().__init__()
        self._settings, self._now, self._show_message = settings, now, show_message
        self.button = QPushButton("视图(&V)……")
        self.button.setProperty("role", "quiet")
        self.button.setAccessibleName("保存的视图")
        self.button.setToolTip("保存现在的筛选、排序和列，以后一选就是　Alt+V")
        self.button.clicked.connect(self._open_menu)
        self.naming = QWidget()
        self._lay_out()
        leaving = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.naming)
        leaving.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leaving.activated.connect(self._leave)
        self.name.returnPressed.connect(self._save)
        self.save_button.clicked.connect(self._save)
        self.leave_button.clicked.connect(self._leave)
        self.naming.hide()

    def _lay_out(self) -> None:
        self.name = QLineEdit()
        self.name.setAccessibleName("视图的名称，必填")
        self.name.setPlaceholderText("如：本周到期")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.textChanged.connect(lambda: set_tone(self.name, ""))
        self.save_button, self.leave_button = QPushButton("保存"), QPushButton("取消")
        self.leave_button.setProperty("role", "quiet")
        caption = label("视图名称", "field")
        caption.setBuddy(self.name)
        field = QHBoxLayout(self.naming)
        field.setContentsMargins(0, 0, 0, 0)
        field.setSpacing(8)
        for widget in (caption, self.name, self.save_button, self.leave_button):
            field.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.naming)

    # ------------------------------------------------------------------ the menu

    @property
    def views(self) -> SavedViews:
        """What this user has saved."""
        kept: list[object] = self._settings.get(VIEW_SETTINGS, [])
        return SavedViews.read(kept)

    def menu(self) -> QMenu:
        """The views, the one that is shown now ticked; then saving, and deleting one."""
        views = self.views
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = views.shown_as(self._now(""))
        for view in views.views:
            action = menu.addAction(_title(view.name))
            action.setCheckable(True)
            action.setChecked(view.name == shown)
            action.triggered.connect(partial(self._choose, view))
        if views.views:
            menu.addSeparator()
        menu.addAction("保存现在的视图…").triggered.connect(lambda: self._ask_name(shown))
        if views.views:
            removing = menu.addMenu("删除视图")
            for view in views.views:
                removing.addAction(_title(view.name)).triggered.connect(partial(self._delete, view.name))
        return menu

    def _open_menu(self) -> None:
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _choose(self, view: SavedView, *_: object) -> None:
        self.chosen.emit(view)

    # ------------------------------------------------------------------ saving and deleting

    def _ask_name(self, name: str) -> None:
        self.name.setFixedWidth(self.name.fontMetrics().horizontalAdvance("字") * _NAME_WIDTH)
        self.name.setText(name)
        self.name.selectAll()
        self.button.hide()
        self.naming.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.naming.hide()
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        name = tidy_name(self.name.text())
        if not name:
            set_tone(self.name, "refused")
            self._show_message(Message("请给视图写一个名称。", "refused"))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        before = self.views
        replaced = before.named(name) is not None
        self._keep(before.with_view(self._now(name)))
        words = f"视图“{name}”已改为现在的样子。" if replaced else f"视图“{name}”已保存，搜索的文字不在其中。"
        self._show_message(Message(words, "done", undo=partial(self._keep, before)))
        self._leave()

    def _delete(self, name: str, *_: object) -> None:
        before = self.views
        self._keep(before.without(name))
        self._show_message(Message(f"视图“{name}”已删除。", "done", undo=partial(self._keep, before)))

    def _keep(self, views: SavedViews) -> None:
        self._settings.put(VIEW_SETTINGS, views.written())


def _title(name: str) -> str:
    """As a menu shows it: an ampersand of one's own is no access key."""
    return name.replace("&", "&&")

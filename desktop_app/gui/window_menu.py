"""The menu of the window: every act of the frame with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QSizePolicy

from desktop_app.domain.rights import Right
from desktop_app.gui.papers_menu import PapersMenu
from desktop_app.gui.shortcuts import show_shortcuts
from desktop_app.gui.theme import CURRENT, SIZES

if TYPE_CHECKING:
    from desktop_app.gui.main_window import MainWindow


def make_menu(window: MainWindow) -> QMenuBar:
    """The whole menu; its actions belong to the window, so that they can be told apart and switched off."""
    bar = QMenuBar()
    bar.setNativeMenuBar(False)
    bar.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
    add = partial(_add, window)
    go = window.workspace.open
    files = bar.addMenu("文件(&F)")
    add(files, "导入留言…", "Ctrl+I", partial(go, "import"))
    add(files, "登记一件…", "Ctrl+N", partial(go, "entry"))
    files.addSeparator()
    add(files, "立即备份", "Ctrl+B", window.back_up)
    add(files, "锁定", "Ctrl+L", window.lock_wanted.emit)
    add(files, "退出", "Ctrl+Q", window.close)
    work = bar.addMenu("办理(&B)")
    add(work, "今日工作台", "Ctrl+1", partial(go, "desk"))
    add(work, "留言台账", "Ctrl+2", partial(go, "register"))
    add(work, "办件详情", "Ctrl+3", partial(go, "case"))
    add(work, "时限日历", "Ctrl+4", partial(go, "calendar"))
    add(work, "统计通报", "Ctrl+5", partial(go, "figures"))
    work.addSeparator()
    add(work, "补录旧件…", "Ctrl+Shift+N", partial(go, "backlog"))
    work.addSeparator()
    add(work, "搜索", "Ctrl+F", window.focus_search)
    add(work, "下一页", "Ctrl+Tab", partial(window.workspace.step, 1))
    add(work, "上一页", "Ctrl+Shift+Tab", partial(window.workspace.step, -1))
    add(work, "关闭此页", "Ctrl+W", window.workspace.close_current)
    papers = PapersMenu(bar, window, window.print_papers, window.preview_papers)
    add(papers, "成批存为文件…", "Ctrl+Shift+P", window.papers_to_files)
    add(papers, "收回文书…", "Ctrl+R", partial(go, "returned"))
    add(papers, "扫描件归件…", "Ctrl+Shift+R", partial(go, "scans"))
    add(papers, "发文登记", "Ctrl+D", partial(go, "issued"))
    papers.addSeparator()
    window.papers_known.connect(papers.show_forms)
    bar.addMenu(papers)
    ledger = bar.addMenu("台账(&T)")
    add(ledger, "导出台账…", "Ctrl+E", window.export_ledger)
    add(ledger, "归档…", "Ctrl+Shift+A", partial(go, "archive"))
    add(ledger, "历次通报…", "", partial(go, "bulletins"))
    add(ledger, "考核扣分…", "", partial(go, "appraisal"))
    add(ledger, "清除搜索和筛选", "Ctrl+Shift+X", window.clear_filters)
    for menu in (papers, ledger):
        menu.menuAction().setVisible(window.sees_cases)
    settings = bar.addMenu("设置(&S)")
    add(settings, "单位名册", "Ctrl+U", partial(go, "units"))
    add(settings, "放假安排", "Ctrl+H", partial(go, "holidays"))
    if window.workspace.context.session.may(Right.SEE_LOGINS):
        add(settings, "审计日志", "", partial(go, "trail"))
    add(settings, "设置…", "Ctrl+,", partial(go, "settings"))
    add(settings, "改我的密码…", "", partial(window.workspace.open_settings, "我的密码"))
    settings.addSeparator()
    _add_looks(window, settings)
    add(bar.addMenu("帮助(&H)"), "快捷键", "F1", partial(show_shortcuts, window))
    return bar


def _add(window: MainWindow, menu: QMenu, title: str, keys: str, call: Callable[[], object]) -> QAction:
    action = QAction(title, window)
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.triggered.connect(lambda: call())
    menu.addAction(action)
    return action


def _add_looks(window: MainWindow, menu: QMenu) -> None:
    """Size of text and contrast; what is in force is ticked whenever the menu opens."""
    sizes = menu.addMenu("文字大小")
    group = QActionGroup(window)
    choices: dict[str, QAction] = {}
    for size in SIZES:
        choose = partial(_choose, window, size)
        choices[size] = _add(window, sizes, size, "", choose)
        choices[size].setCheckable(True)
        group.addAction(choices[size])
    contrast = _add(
        window, menu, "高对比度", "", lambda: window.theme_wanted.emit(CURRENT.size, contrast.isChecked())
    )
    contrast.setCheckable(True)

    def show_what_is_in_force() -> None:
        choices[CURRENT.size].setChecked(True)
        contrast.setChecked(CURRENT.high_contrast)

    menu.aboutToShow.connect(show_what_is_in_force)


def _choose(window: MainWindow, size: str) -> None:
    window.theme_wanted.emit(size, CURRENT.high_contrast)

"""The list of keys, for F1."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.gui.page_parts import label
from desktop_app.gui.theme import CURRENT

Group = tuple[str, tuple[tuple[str, str], ...]]

GROUPS: tuple[Group, ...] = (
    (
        "到处可用",
        (
            ("Ctrl+F", "搜索，扫识别码"),
            ("?", "在列表中：这个期限怎样算"),
            ("Ctrl+1　2　3　4　5", "今日工作台、留言台账、办件详情、时限日历、统计通报"),
            ("Ctrl+Tab", "下一页"),
            ("Ctrl+W", "关闭此页"),
            ("Ctrl+I", "导入留言"),
            ("Ctrl+N", "登记一件"),
            ("Ctrl+Shift+N", "补录旧件"),
            ("Ctrl+D", "发文登记"),
            ("Ctrl+Shift+A", "归档"),
            ("Ctrl+R", "收回文书"),
            ("Ctrl+Shift+R", "扫描件归件"),
            ("Ctrl+U", "单位名册"),
            ("Ctrl+B", "立即备份"),
            ("Ctrl+L", "锁定"),
        ),
    ),
    (
        "文书预览",
        (
            ("PgUp　PgDn　Home　End", "翻页，到首页、末页"),
            ("Ctrl+P", "打印"),
            ("Ctrl+S", "另存为 Word"),
            ("Ctrl++　Ctrl+-　Ctrl+0", "放大、缩小、适合宽度"),
        ),
    ),
    (
        "今日工作台",
        (
            ("↑ ↓", "各组各件"),
            ("Enter", "打开这一件，步骤的表单已经展开；在组的标题上是办这一组"),
            ("← →", "收起、展开一组"),
            ("F9", "全部提醒：登记，出提醒单和电话清单"),
            ("Shift+F9", "全部催办：登记，出催办单和电话清单"),
        ),
    ),
    ("时限日历", (("PgUp　PgDn", "上月、下月"), ("Home", "今天"), ("Enter", "列出这一天的留言"))),
    ("统计通报", (("Enter", "列出这个数包含的件"), ("Esc", "回到表中"))),
    (
        "补录旧件",
        (
            ("Enter　Tab", "采用灰字到下一项、跳过"),
            ("F2", "保留这一项"),
            ("Ctrl+Enter", "登记，录下一件"),
            ("Ctrl+Z", "撤销上一件"),
        ),
    ),
    (
        "留言台账",
        (
            ("↑ ↓ PgUp PgDn Home End", "在列表中移动"),
            ("Ctrl+G", "跳到登记号或日期"),
            ("Enter", "打开"),
            ("空格", "勾选"),
            ("Ctrl+A", "全选"),
            ("Shift、Ctrl", "连选、加选"),
            ("Ctrl+P", "打印勾选各件或当前件的承办单"),
            ("Ctrl+Shift+P", "勾选各件的文书成批存为文件"),
            ("Alt+V", "视图：选一个，或保存现在的"),
            ("Ctrl+E", "导出台账"),
            ("Ctrl+Shift+X", "清除搜索和筛选"),
        ),
    ),
    (
        "办件详情",
        (
            ("Alt+↓　Alt+↑", "下一件、上一件"),
            ("Alt+字母", "按钮；Alt+O 更多步骤"),
            ("Ctrl+Enter", "办理"),
            ("Esc", "离开表单，填的留作草稿"),
            ("?", "展开、收起期限的计算"),
            ("Ctrl+J", "展开、收起证据链"),
            ("Ctrl+K", "与可能重复的件对照"),
        ),
    ),
)


_COLUMNS = ((0, 2), (2, 5), (5, len(GROUPS)))
"""Which groups stand in one column: each about as long as the others."""
_WORDS = 224
"""Pixels for what a key does, at the standard size of text; longer words wrap."""


def show_shortcuts(parent: QWidget) -> None:
    """Open the list beside the work; Esc closes it."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("快捷键")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    lists = QWidget()
    columns = QHBoxLayout(lists)
    columns.setContentsMargins(0, 0, 0, 0)
    columns.setSpacing(32)
    for first, last in _COLUMNS:
        columns.addLayout(_list(GROUPS[first:last]), 1)
    area = QScrollArea()
    area.setWidget(lists)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    buttons = QDialogButtonBox()
    close = buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 16, 24, 16)
    column.addWidget(area)
    column.addSpacing(8)
    column.addWidget(buttons)
    close.setFocus()
    # As large as its lists, as far as the window has room: large text is scrolled.
    wanted = lists.sizeHint() + QSize(64, 112)
    dialog.resize(wanted.boundedTo(parent.window().size() - QSize(32, 32)))
    dialog.open()


def _list(groups: tuple[Group, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    row = 0
    for title, keys in groups:
        grid.addWidget(label(title, "section"), row, 0, 1, 2)
        row += 1
        for key, what in keys:
            grid.addWidget(label(key, "strong", wrap=False), row, 0)
            words = label(what)
            words.setMinimumWidth(CURRENT.px(_WORDS))
            grid.addWidget(words, row, 1)
            row += 1
    grid.setRowStretch(row, 1)
    return grid

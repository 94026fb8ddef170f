"""Settings: copies of the office's data in two places, each proved, and putting one back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import LiuyanError
from desktop_app.gui import frame_jobs
from desktop_app.gui.backup_state import HEADER, last_words, place_words, row_words, size_words
from desktop_app.gui.changes import Changes
from desktop_app.gui.messages import Message, message_of
from desktop_app.gui.page import PageContext
from desktop_app.gui.page_parts import label
from desktop_app.gui.restore_preview import RestorePreview
from desktop_app.gui.rows_of_widgets import row
from desktop_app.gui.while_closed import restoring
from desktop_app.services import backups, restoration
from desktop_app.services.backups import BackedUp, ElsewhereMade, KnownBackup
from desktop_app.services.restoration import Preview
from desktop_app.services.session import Session

_HINT = "每天第一次打开、每次退出窗口时自动备份一次；也可以随时备份。备份是加密的一个文件，恢复时用备份那天的密码。"


class BackupPanel(QWidget):
    """The list of backups; 立即备份, the second place, and 恢复… with a preview in place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._known: tuple[KnownBackup, ...] = ()
        self._elsewhere: ElsewhereMade | None = None
        self._wanted: Path | None = None
        self.last = label("", "section")
        self.now = QPushButton("立即备份")
        self.now.setProperty("role", "primary")
        self.elsewhere = QPushButton("备份到别处…")
        self.place = label("")
        self.choose = QPushButton("选第二处…")
        self.drop = QPushButton("不用第二处")
        self.known = _table()
        self.restore = QPushButton("恢复选中的…")
        self.other = QPushButton("恢复别处的文件…")
        self.outcome = label("", "hint")
        self.preview = RestorePreview()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(label("备份与恢复", "title"))
        column.addWidget(label(_HINT, "hint"))
        column.addLayout(row(self.now, self.elsewhere, self.last, None))
        column.addWidget(self.place)
        column.addLayout(row(self.choose, self.drop, None))
        column.addWidget(self.known, 1)
        column.addLayout(row(self.restore, self.other, None))
        column.addWidget(self.outcome)
        column.addWidget(self.preview)
        self.now.clicked.connect(lambda: self.back_up(None))
        self.elsewhere.clicked.connect(self._choose)
        self.choose.clicked.connect(self._choose_second)
        self.drop.clicked.connect(lambda: self._set_second(None))
        self.known.itemSelectionChanged.connect(self._enable)
        self.known.cellActivated.connect(lambda *_: self._preview_chosen())
        self.restore.clicked.connect(self._preview_chosen)
        self.other.clicked.connect(self._choose_file)
        self.preview.agreed.connect(self._restore)
        self.preview.left.connect(self.known.setFocus)

    # -------------------------------------------------------------- the list

    def refresh(self) -> None:
        operations = self._context.operations
        operations.query(self, "known", backups.known_backups, self._show_known)
        operations.query(self, "elsewhere", backups.made_elsewhere, self._show_elsewhere)
        operations.query(self, "second", backups.second_place, self._show_second)

    def _show_known(self, known: Sequence[KnownBackup]) -> None:
        self._known = tuple(known)
        self.last.setText(last_words(known, self._elsewhere))
        self.known.setRowCount(len(known))
        for line, one in enumerate(known):
            for column, words in enumerate(row_words(one)):
                item = QTableWidgetItem(words)
                item.setToolTip(str(one.file))
                self.known.setItem(line, column, item)
        self._enable()

    def _show_elsewhere(self, made: ElsewhereMade | None) -> None:
        self._elsewhere = made
        self.last.setText(last_words(self._known, made))

    def _show_second(self, place: Path | None) -> None:
        self.place.setText(place_words(place))
        self.drop.setEnabled(place is not None)

    def _enable(self) -> None:
        self.restore.setEnabled(self.chosen is not None)

    @property
    def chosen(self) -> KnownBackup | None:
        """The backup on which the keyboard is."""
        line = self.known.currentRow()
        return self._known[line] if 0 <= line < len(self._known) and self.known.selectedItems() else None

    # -------------------------------------------------------------- backing up

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹")
        if name:
            self.back_up(Path(name))

    def back_up(self, folder: Path | None) -> None:
        """Back up into `folder`, or the data folder's own place and the second one."""
        self.now.setEnabled(False)
        self.outcome.setText("正在备份并核验……")

        def done(made: BackedUp) -> None:
            self.now.setEnabled(True)
            second = f"第二处：{made.second}。" if made.second is not None else ""
            self.outcome.setText(f"{made.file}  {size_words(made.size)}，已打开核验。{second}{made.fault}")
            words = made.fault or "备份好了，并已核验。"
            self._context.show_message(Message(words, "refused" if made.fault else "done"))

        def failed(error: LiuyanError) -> None:
            self.now.setEnabled(True)
            self.outcome.setText(message_of(error).text)

        self._context.operations.change(
            self,
            lambda session: backups.back_up(session, folder),
            done,
            Changes.of("settings", "backups"),
            failed,
        )

    def _choose_second(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "第二处：优盘、共享文件夹或另一块磁盘")
        if name:
            self._set_second(Path(name))

    def _set_second(self, place: Path | None) -> None:
        def act(session: Session) -> None:
            backups.choose_second_place(session, place)

        self._context.operations.change(
            self, act, lambda _: self.outcome.clear(), Changes.of("settings"), self._failed
        )

    def _failed(self, error: LiuyanError) -> None:
        self.restore.setEnabled(self.chosen is not None)
        self.other.setEnabled(True)
        self.outcome.setText(message_of(error).text)

    # -------------------------------------------------------------- restoring

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "恢复哪个备份", "", "备份 (*.backup);;所有文件 (*)")
        if name:
            self.look_at(Path(name))

    def _preview_chosen(self) -> None:
        if self.chosen is not None:
            self.look_at(self.chosen.file)

    def look_at(self, file: Path) -> None:
        """Open a backup, compare all of it, and show what restoring it would do."""
        self._wanted = file
        self.preview.hide()
        self.restore.setEnabled(False)
        self.other.setEnabled(False)
        self.outcome.setText("正在打开备份并逐项核对……")
        self._context.operations.job(
            self, "核对备份", partial(frame_jobs.preview_backup, file), self._show_preview, None, self._failed
        )

    def _show_preview(self, shown: Preview) -> None:
        self.outcome.clear()
        self.other.setEnabled(True)
        self._enable()
        self.preview.show_preview(shown)

    def _restore(self) -> None:
        if self._context.operations.busy:
            self.outcome.setText("还有工作没有做完，等它做完再恢复。")
        elif self._wanted is not None:
            self._context.restore(restoring(restoration.ready(self._context.session, self._wanted)))


def _table() -> QTableWidget:
    made = QTableWidget(0, len(HEADER))
    made.setHorizontalHeaderLabels(list(HEADER))
    made.setAccessibleName("备份")
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    for column in range(len(HEADER)):
        made.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
    return made

"""PySide6 6.12.0 drops references to None on CPython 3.11 until it aborts; the pinned one must not.

Filling item views thousands of times is what a list of cases does all day, so the test does it and looks
whether None lost references. A healthy binding leaves the count where it was, give or take a few dozen.
"""

from __future__ import annotations

import gc
import sys

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QListWidget, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

ROUNDS = 2_000
SLACK = 200

Index = QModelIndex | QPersistentModelIndex


class EmptyTable(QAbstractTableModel):
    """Answers None for every role, as a model does for roles that it has nothing to say about."""

    def rowCount(self, parent: Index | None = None) -> int:
        return 10

    def columnCount(self, parent: Index | None = None) -> int:
        return 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return None


def fill_combo_box() -> None:
    box = QComboBox()
    for _ in range(ROUNDS):
        box.addItem("待签收", None)


def fill_list() -> None:
    view = QListWidget()
    for _ in range(ROUNDS):
        view.addItem("待签收")


def fill_table() -> None:
    table = QTableWidget(ROUNDS, 1)
    for row in range(ROUNDS):
        table.setItem(row, 0, QTableWidgetItem("待签收"))


def fill_standard_model() -> None:
    model = QStandardItemModel()
    for _ in range(ROUNDS):
        model.appendRow(QStandardItem("待签收"))


def read_through_proxy() -> None:
    table = EmptyTable()
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(table)
    index = proxy.index(0, 0)
    for _ in range(ROUNDS):
        proxy.data(index, Qt.ItemDataRole.DecorationRole)


@pytest.mark.parametrize(
    "use", [fill_combo_box, fill_list, fill_table, fill_standard_model, read_through_proxy]
)
def test_item_views_keep_every_reference_to_none(qtbot: QtBot, use) -> None:
    use()  # what Qt and Python cache on the first use is not counted
    # What earlier tests left to be collected holds None, too: it goes now, and not between the two readings.
    gc.collect()
    before = sys.getrefcount(None)
    use()
    assert sys.getrefcount(None) > before - SLACK

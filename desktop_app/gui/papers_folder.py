"""Where papers go on this machine: the folder of the last time, else one among the user's documents."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.gui.window_settings import WindowSettings

PAPERS_FOLDER = "papers/folder"
"""Where papers were saved last, in the window's settings."""


def papers_folder(settings: WindowSettings) -> Path:
    kept = settings.get(PAPERS_FOLDER, "")
    if kept:
        return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "留言办文书"


def show_folder(folder: Path) -> None:
    """Open it in the machine's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

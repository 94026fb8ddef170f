"""How the window looks: one light theme, one with high contrast, three sizes of text.

Contrast of text on its ground is 4.5:1 at least (WCAG 2.1, 1.4.3); a test holds the colours to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app import paths

SIZES: Mapping[str, int] = {"标准": 14, "大": 17, "特大": 20}
"""Size of text, as settings call it, in pixels of the font."""
_STANDARD = "标准"

LIGHT: Mapping[str, str] = {
    "text": "#1f2328",
    "quiet": "#57606a",
    "faint": "#59636e",
    "ground": "#f6f7f8",
    "frame": "#e9ecef",
    "paper": "#ffffff",
    "stripe": "#f6f8fa",
    "hover": "#dde3ea",
    "selected": "#d6e4f5",
    "line": "#d5dade",
    "border": "#8c959f",
    "accent": "#1d5fa8",
    "accent_dark": "#174d89",
    "on_accent": "#ffffff",
    "done": "#e3f1e6",
    "refused": "#fdeceb",
    "warning": "#fff4d6",
    "overdue": "#b42318",
    "due": "#8a4600",
}

CONTRAST: Mapping[str, str] = {
    **LIGHT,
    "text": "#000000",
    "quiet": "#1f2328",
    "faint": "#3d444d",
    "ground": "#ffffff",
    "frame": "#ffffff",
    "stripe": "#ffffff",
    "hover": "#cfe0f5",
    "selected": "#b6d3f5",
    "line": "#000000",
    "border": "#000000",
    "accent": "#003d80",
    "accent_dark": "#002a5c",
    "done": "#ffffff",
    "refused": "#ffffff",
    "warning": "#ffffff",
    "overdue": "#990000",
    "due": "#6b3500",
}

_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "AR PL UKai CN",
)


@dataclass
class Looks:
    """What is in force now, for widgets that paint or measure for themselves."""

    size: str = _STANDARD
    high_contrast: bool = False

    def px(self, length: float) -> int:
        """A length given for the standard size of text, at the size in force."""
        return round(length * SIZES[self.size] / SIZES[_STANDARD])

    def standard(self, pixels: int) -> int:
        """The other way round, and exactly so: what goes through both stays as it was."""
        return round(pixels * SIZES[_STANDARD] / SIZES[self.size])


CURRENT = Looks()


def apply_theme(application: QApplication, size: str = _STANDARD, high_contrast: bool = False) -> None:
    """Give the whole program its looks; may be called again when they are to change."""
    CURRENT.size = size if size in SIZES else _STANDARD
    CURRENT.high_contrast = high_contrast
    colours = CONTRAST if high_contrast else LIGHT
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    application.setPalette(_palette(colours))
    font = QFont(family())
    font.setPixelSize(SIZES[CURRENT.size])
    application.setFont(font)
    application.setStyleSheet(_sheet(colours))


def family() -> str:
    """The system's Chinese sans, as far as one of the usual is there."""
    installed = set(QFontDatabase.families())
    return next((name for name in _FAMILIES if name in installed), QFont().family())


def _sheet(colours: Mapping[str, str]) -> str:
    """The style sheet, its colours and sizes of text filled in, its lengths grown with the text."""
    folder = paths.resources_folder()
    sheet = (folder / "window.qss").read_text(encoding="utf-8")
    pixels = SIZES[CURRENT.size]
    values = {
        **colours,
        "icons": (folder / "icons").as_posix(),
        "large": str(pixels + 3),
        "title": str(pixels + 5),
    }
    sheet = re.sub(r"\b([2-9]|\d\d+)px", lambda found: f"{CURRENT.px(int(found[1]))}px", sheet)
    return re.sub(r"@(\w+)@", lambda found: values[found[1]], sheet)


def _palette(colours: Mapping[str, str]) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, "ground"),
        (role.WindowText, "text"),
        (role.Base, "paper"),
        (role.AlternateBase, "stripe"),
        (role.Text, "text"),
        (role.Button, "paper"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "paper"),
        (role.ToolTipText, "text"),
        (role.Highlight, "selected"),
        (role.HighlightedText, "text"),
        (role.PlaceholderText, "faint"),
        (role.Link, "accent"),
    ):
        palette.setColor(which, QColor(colours[name]))
    return palette

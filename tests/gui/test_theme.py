"""The looks: text that can be read on its ground, three sizes, a sheet with nothing left to fill in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop_app.gui import theme
from desktop_app.gui.theme import CONTRAST, LIGHT, SIZES, apply_theme

TEXT_ON_GROUND = [
    (text, ground)
    for text in ("text", "quiet", "faint", "overdue", "due", "accent")
    for ground in ("ground", "paper", "stripe", "frame", "selected", "hover")
    if not (text == "faint" and ground in ("selected", "hover"))
] + [
    ("text", "done"),
    ("text", "refused"),
    ("text", "warning"),
    ("on_accent", "accent"),
    ("on_accent", "accent_dark"),
]


@pytest.fixture(autouse=True)
def looks_as_before(qapp: QApplication) -> Iterator[None]:
    font, palette = qapp.font(), qapp.palette()
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)
    theme.CURRENT.size, theme.CURRENT.high_contrast = "标准", False


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = QColor(colour).getRgbF()[:3]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, CONTRAST], ids=["light", "high contrast"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


def test_high_contrast_reads_at_seven_to_one() -> None:
    assert (
        min(contrast(CONTRAST[text], CONTRAST["paper"]) for text in ("text", "quiet", "overdue", "due")) >= 7
    )


@pytest.mark.parametrize("size", SIZES)
def test_text_and_lengths_grow_together(qapp: QApplication, size: str) -> None:
    apply_theme(qapp, size)
    assert qapp.font().pixelSize() == SIZES[size]
    assert theme.CURRENT.px(14) == SIZES[size]
    assert "@" not in qapp.styleSheet()


def test_an_unknown_size_is_the_standard_one(qapp: QApplication) -> None:
    apply_theme(qapp, "huge")
    assert qapp.font().pixelSize() == SIZES["标准"]


def test_hair_lines_stay_hair_lines(qapp: QApplication) -> None:
    apply_theme(qapp, "特大")
    assert "1px solid" in qapp.styleSheet()

"""Papers as drawn: by LibreOffice, read back as positions of characters and red ink, in mm."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.documents.office_suite import LIBREOFFICE, installed_suites
from desktop_app.documents.pdf_pages import PageImage

WITH_LIBREOFFICE = pytest.mark.skipif(
    all(suite.name != LIBREOFFICE for suite in installed_suites()),
    reason="LibreOffice is not on this machine: papers cannot be drawn and measured",
)
MM = 25.4 / 72
"""Millimetres of a point."""
DPI = 254  # ten pixels a millimetre


@dataclass(frozen=True)
class Character:
    """One character as drawn; mm from the page's left and upper edge, of its ink."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def characters(file: Path) -> list[list[Character]]:
    """What each page shows, in reading order."""
    document = pypdfium2.PdfDocument(file)
    pages = []
    for page in document:
        words = page.get_textpage()
        height = page.get_height()
        found = []
        for number in range(words.count_chars()):
            text = words.get_text_range(number, 1)
            left, bottom, right, top = words.get_charbox(number)
            if text.strip() and right > left:
                box = (left * MM, (height - top) * MM, right * MM, (height - bottom) * MM)
                found.append(Character(text, *box))
        words.close()
        page.close()
        pages.append(found)
    document.close()
    return pages


def lines(page: list[Character]) -> list[list[Character]]:
    """Lines of body text: characters whose middles lie within 2 mm of each other, from the top down."""
    rows: dict[int, list[Character]] = defaultdict(list)
    pitch = 579 / 1440 * 25.4
    for one in page:
        rows[int(((one.top + one.bottom) / 2 - 37) // pitch)].append(one)
    return [rows[key] for key in sorted(rows)]


def text_of(file: Path) -> list[str]:
    return ["".join(one.text for one in page) for page in characters(file)]


def red_stretches(page: PageImage, x: float) -> list[tuple[float, float]]:
    """Where a vertical line at x mm crosses red ink: top and bottom in mm."""
    column = round(x * 10) * 3
    found: list[tuple[float, float]] = []
    start = None
    for y in range(page.height + 1):
        at = y * page.width * 3 + column
        red = y < page.height and page.pixels[at] > 200 and page.pixels[at + 1] < 100
        if red and start is None:
            start = y
        elif not red and start is not None:
            found.append((start / 10, y / 10))
            start = None
    return found


def red_extent(page: PageImage, top: float, bottom: float) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the red ink between two heights, in mm."""
    xs, ys = [], []
    for y in range(round(top * 10), round(bottom * 10)):
        row = page.pixels[y * page.width * 3 : (y + 1) * page.width * 3]
        red = [x for x in range(page.width) if row[x * 3] > 200 and row[x * 3 + 1] < 100]
        if red:
            ys.append(y)
            xs += (red[0], red[-1])
    return min(xs) / 10, min(ys) / 10, (max(xs) + 1) / 10, (max(ys) + 1) / 10


def rows(page: list[Character]) -> list[list[Character]]:
    """Lines of text wherever they stand, from the top down: a gap of 2 mm between middles parts two."""
    found: list[list[Character]] = []
    last = -10.0
    for one in sorted(page, key=lambda one: (one.top + one.bottom) / 2):
        middle = (one.top + one.bottom) / 2
        if middle - last > 2:
            found.append([])
        found[-1].append(one)
        last = middle
    return [sorted(row, key=lambda one: one.left) for row in found]

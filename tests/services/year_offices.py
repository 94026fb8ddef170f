"""Years of small sample offices for tests: of each regulation shipped, and of the invented third."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from desktop_app.documents.unit_files import read_units
from desktop_app.services import office, regulations, sample_year
from desktop_app.services.sample_office import PASSWORD
from desktop_app.services.sample_year import YearWanted
from desktop_app.services.session import Session
from tests.cli.offices import BOTH, DATA, FIRST
from tests.engines import place

YEAR, END = 2026, date(2026, 12, 31)
THIRD = "yunshan-2026"
ALL_THREE = (*BOTH, THIRD)


@contextmanager
def office_of_a_year(folder: Path, regulation: str, cases: int, seed: int = 2) -> Iterator[Session]:
    """The office of that year, entered on its last day. The third regulation is on hand for so long."""
    with pytest.MonkeyPatch.context() as patch:
        if regulation == THIRD:
            _bring_third(folder, patch)
        units = tuple(read_units(DATA / "units.csv")) if regulation == THIRD else ()
        office_folder = folder / "office"
        sample_year.make(place(office_folder), YearWanted(regulation, YEAR, cases, seed, END, units))
        session = office.enter(office_folder, FIRST, PASSWORD, END)
        yield session
        session.close()
    regulations.load.cache_clear()


def _bring_third(folder: Path, patch: pytest.MonkeyPatch) -> None:
    on_hand = folder / "regulations"
    for one in BOTH:
        shutil.copytree(regulations.folder() / one, on_hand / one)
    shutil.copytree(DATA / "regulations" / THIRD, on_hand / THIRD)
    patch.setattr(regulations, "folder", lambda: on_hand)
    regulations.load.cache_clear()

"""Nobody is let in to work on a file that is not as the program left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.services import office
from desktop_app.storage import keyring
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly
from tests.engines import behind


def test_an_end_of_the_journal_that_does_not_fit_is_told_before_anything_is_written(tmp_path: Path) -> None:
    found_quickly(tmp_path, T)
    key = keyring.unlock(tmp_path, FIRST, PASSWORD)
    with behind(tmp_path, key) as driver:
        driver.execute("UPDATE journal_head SET event_id = event_id + 1")
        before = driver.everything()
    with pytest.raises(StorageProblem) as told:
        office.enter(tmp_path, FIRST, PASSWORD)
    assert told.value.code == "damaged" and "恢复" in str(told.value.remedy)
    with behind(tmp_path, key) as driver:
        assert driver.everything() == before
    office.enter(tmp_path, FIRST, PASSWORD, checked=False).close()

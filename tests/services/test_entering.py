"""Nobody is let in to work on a file that is not as the program left it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.services import office
from desktop_app.storage import keyring
from desktop_app.storage.engine import connect_file
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly


def test_an_end_of_the_journal_that_does_not_fit_is_told_before_anything_is_written(tmp_path: Path) -> None:
    found_quickly(tmp_path, T)
    key = keyring.unlock(tmp_path, FIRST, PASSWORD)
    driver = connect_file(tmp_path / "office.db", key)
    driver.execute("UPDATE journal_head SET event_id = event_id + 1")
    driver.close()
    before = (tmp_path / "office.db").read_bytes()
    with pytest.raises(StorageProblem) as told:
        office.enter(tmp_path, FIRST, PASSWORD)
    assert told.value.code == "damaged" and "恢复" in str(told.value.remedy)
    assert (tmp_path / "office.db").read_bytes() == before
    office.enter(tmp_path, FIRST, PASSWORD, checked=False).close()

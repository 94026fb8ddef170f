"""What is about the file of an office is refused where there is none, in plain words, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.services import data_key, office, recovery, restoration
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

pytestmark = pytest.mark.server_only("a file can be restored, renewed and salvaged")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "seat", T)
    opened = office.enter(tmp_path / "seat", FIRST, PASSWORD)
    yield opened
    opened.close()


def test_each_says_what_to_do_instead(session: Session, tmp_path: Path) -> None:
    file, seat = tmp_path / "a.backup", tmp_path / "seat"
    file.touch()
    before = sorted(path.name for path in seat.iterdir())
    for attempt in (
        lambda: data_key.ready(session),
        lambda: restoration.ready(session, file),
        lambda: restoration.preview_of_own(session, file),
        lambda: restoration.restore(seat, file, FIRST, restoration.with_password(FIRST, PASSWORD)),
        lambda: recovery.recover(seat, tmp_path / "new", FIRST, PASSWORD),
    ):
        with pytest.raises(StorageProblem) as told:
            attempt()
        assert told.value.code == "server_office"
        assert told.value.remedy
    assert sorted(path.name for path in seat.iterdir()) == before
    assert not (tmp_path / "new").exists()

"""`verify --against`: a backup kept elsewhere tells what the data folder itself can tell no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.domain.events import FIRST_LINK
from desktop_app.storage import keyring
from desktop_app.storage.engine import connect_file
from tests.cli.offices import FIRST, PASSWORD, Office


@pytest.fixture
def stick(tongliao: Office, tmp_path: Path) -> Path:
    tongliao.replied()
    file = tmp_path / "优盘.backup"
    tongliao.ok("backup", "-o", str(file))
    return file


def test_whole_data_agree_with_it(tongliao: Office, stick: Path) -> None:
    assert tongliao.ok("verify", "--against", str(stick))["ok"]


def test_a_tail_cut_off_with_every_trace_in_the_folder(tongliao: Office, stick: Path) -> None:
    """Cases, journal, seals and the seal beside the key ring: all as if the last step had never been."""
    key = keyring.unlock(tongliao.folder, FIRST, PASSWORD)
    driver = connect_file(tongliao.folder / "office.db", key)
    for name in ("events_are", "seals_are"):
        for verb in ("changed", "deleted"):
            driver.execute(f"DROP TRIGGER {name}_not_{verb}")
    driver.execute("PRAGMA foreign_keys = OFF")
    (cut,) = driver.execute("SELECT id FROM events WHERE action = 'backup'").fetchone()
    driver.execute("DELETE FROM events WHERE id >= ?", (cut,))
    driver.execute("DELETE FROM protected_words WHERE event_id >= ?", (cut,))
    (last,) = driver.execute("SELECT hash FROM events WHERE id = ?", (cut - 1,)).fetchone() or (FIRST_LINK,)
    driver.execute("UPDATE journal_head SET event_id = ?, hash = ? WHERE place = 1", (cut - 1, last))
    driver.execute("DELETE FROM seals")
    driver.close()
    (tongliao.folder / "last-seal.json").unlink()
    assert tongliao.ok("verify")["ok"], "nothing here tells of it any more"
    answer = tongliao.call("verify", "--against", str(stick))
    assert answer.code == 3
    (problem,) = json.loads(answer.out)["problems"]
    assert (problem["kind"], problem["where"]) == ("event_missing", f"event {cut}")
    assert f"，{FIRST}，备份）缺失" in problem["message"]


def test_what_is_no_backup_is_said(tongliao: Office, tmp_path: Path) -> None:
    assert tongliao.call("verify", "--against", str(tmp_path / "没有.backup")).code == 2
    (tmp_path / "空.backup").write_bytes(b"")
    answer = tongliao.call("verify", "--against", str(tmp_path / "空.backup"))
    assert answer.code == 2
    assert "空.backup" in answer.error["message"]

"""Attacks on the records with the key in hand: each is named by `verify` with its kind and its place.

The attacker has the password, the data folder and SQLCipher, or the server; the triggers are lifted, and what can be
written anew so that it fits is written anew. What the attacker has not is the backup in the second place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.events import FIRST_LINK, digest
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.office_records import Problem
from desktop_app.services import access, backups, coming_and_going, office, registration, sealed_history
from desktop_app.services.session import Session
from desktop_app.services.verification import Verified, verify
from desktop_app.storage import keyring
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly
from tests.engines import Behind, behind, copy_office, put_database

CASES = 5
Attack = Callable[[Behind], object]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Five cases, each looked at; sealed, backed up into the data folder and taken to a second place."""
    folder = tmp_path_factory.mktemp("made") / "office"
    found_quickly(folder, T)
    key = keyring.unlock(folder, FIRST, PASSWORD)
    session = office.enter_with_key(folder, FIRST, key)
    coming_and_going.note_login(session, "window")
    for serial in range(CASES):
        message = Message(
            f"路灯不亮{serial}",
            f"第 {serial} 盏灯不亮。",
            Citizen("杨某", "13900001234"),
            board_number=f"18{serial}",
        )
        given = Registration(T, date(2026, 9, 22), "市长板块", message)
        access.record_view(session, registration.register_one(session, given).number)
    backups.back_up(session, folder.parent / "second.backup")
    session.close()
    return folder, key


@pytest.fixture
def opened(prepared: tuple[Path, bytes], tmp_path: Path) -> Iterator[Session]:
    folder, key = prepared
    copy_office(folder, tmp_path / "office")
    session = office.enter_with_key(tmp_path / "office", FIRST, key)
    yield session
    session.close()


def _attack(session: Session, attack: Attack) -> None:
    with behind(session.folder, session.database.key) as driver:
        driver.disarm()
        attack(driver)


def _found(session: Session, against: bool = False) -> list[tuple[str, str]]:
    return [(one.kind, one.where) for one in _problems(session, against) if one.kind != "projection"]


def _problems(session: Session, against: bool = False) -> tuple[Problem, ...]:
    return _verified(session, against).problems


def _verified(session: Session, against: bool = False) -> Verified:
    second = Path(str(session.folder)).parent / "second.backup"
    copy = sealed_history.EarlierCopy(second, session.database.key) if against else None
    return verify(session, against=copy)


@pytest.fixture
def second(prepared: tuple[Path, bytes], tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared[0].parent / "second.backup", tmp_path / "second.backup"))


def _rewrite(driver: Behind, table: str, place: int, first: int) -> None:
    """Links every entry from `first` on to the one before, and the head: a chain that proves whole."""
    previous = FIRST_LINK
    for number, canonical, link in driver.execute(
        f"SELECT id, canonical, hash FROM {table} ORDER BY id"
    ).fetchall():
        if number >= first:
            told = {**json.loads(canonical), "id": number, "previous": previous}
            canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            link = digest(canonical)
            driver.execute(
                f"UPDATE {table} SET canonical = ?, hash = ? WHERE id = ?", (canonical, link, number)
            )
        previous = link
        driver.execute(
            "UPDATE journal_head SET event_id = ?, hash = ? WHERE place = ?", (number, link, place)
        )


def _drop_words(driver: Behind, table: str, which: str) -> None:
    if table == "events":
        driver.execute(f"DELETE FROM protected_words WHERE event_id {which}")


TABLES = pytest.mark.parametrize(
    ("table", "place", "word"), [("events", 1, "event"), ("access_log", 2, "access")]
)


def test_an_office_that_nobody_touched_is_whole(opened: Session, second: Path) -> None:
    assert _verified(opened, against=True).problems == ()


@TABLES
def test_one_byte_in_a_text(opened: Session, table: str, place: int, word: str) -> None:
    _attack(
        opened,
        lambda one: one.execute(
            f"UPDATE {table} SET canonical = replace(canonical, '2026-', '2027-') WHERE id = 4"
        ),
    )
    assert _found(opened)[0] == ("event_altered", f"{word} 4")


@TABLES
def test_one_byte_in_a_digest(opened: Session, table: str, place: int, word: str) -> None:
    other = "CASE substr(hash, 1, 1) WHEN 'f' THEN '0' ELSE 'f' END || substr(hash, 2)"
    _attack(opened, lambda one: one.execute(f"UPDATE {table} SET hash = {other} WHERE id = 4"))
    problems = _problems(opened)
    assert (problems[0].kind, problems[0].where) == ("event_altered", f"{word} 4")
    assert "校验值" in problems[0].message


@TABLES
def test_one_altered_and_given_a_fitting_digest(
    opened: Session, second: Path, table: str, place: int, word: str
) -> None:
    def attack(driver: Behind) -> None:
        (canonical,) = driver.execute(f"SELECT canonical FROM {table} WHERE id = 4").fetchone()
        forged = canonical.replace(FIRST, "张三")
        driver.execute(f"UPDATE {table} SET canonical = ?, hash = ? WHERE id = 4", (forged, digest(forged)))
        if table == "access_log":
            driver.execute("UPDATE access_log SET by = '张三' WHERE id = 4")

    _attack(opened, attack)
    assert _found(opened)[0] == ("chain_broken", f"{word} 4")
    told = [one.message for one in _problems(opened, against=True) if one.kind == "history_differs"]
    assert told
    assert f"录入人原为“{FIRST}”，现为“张三”" in told[0], "the backup tells which part"


@TABLES
def test_one_taken_out_of_the_middle(opened: Session, table: str, place: int, word: str) -> None:
    def attack(driver: Behind) -> None:
        _drop_words(driver, table, "= 4")
        driver.execute(f"DELETE FROM {table} WHERE id = 4")

    _attack(opened, attack)
    assert _found(opened)[0] == ("event_missing", f"{word} 4")


@TABLES
def test_one_taken_out_and_the_rest_moved_up(opened: Session, table: str, place: int, word: str) -> None:
    def attack(driver: Behind) -> None:
        _drop_words(driver, table, "= 4")
        driver.execute(f"DELETE FROM {table} WHERE id = 4")
        driver.execute(f"UPDATE {table} SET id = id - 1 WHERE id > 4")
        if table == "events":
            driver.execute("UPDATE protected_words SET event_id = event_id - 1 WHERE event_id > 4")
        driver.execute("UPDATE journal_head SET event_id = event_id - 1 WHERE place = ?", (place,))

    _attack(opened, attack)
    assert _found(opened)[0] == ("event_missing", f"{word} 4")


@TABLES
def test_one_put_in(opened: Session, table: str, place: int, word: str) -> None:
    def attack(driver: Behind) -> None:
        found = driver.execute(f"SELECT * FROM {table} ORDER BY id")
        columns = [told[0] for told in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        told = {**json.loads(rows[3]["canonical"]), "previous": rows[2]["hash"], "by": "张三"}
        canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        forged = {**rows[3], "canonical": canonical, "hash": digest(canonical)}
        driver.execute(f"UPDATE {table} SET id = -id WHERE id >= 4")
        driver.execute(f"UPDATE {table} SET id = 1 - id WHERE id < 0")
        marks = ", ".join("?" * len(columns))
        driver.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(forged[name] for name in columns))
        driver.execute("UPDATE journal_head SET event_id = event_id + 1 WHERE place = ?", (place,))

    _attack(opened, attack)
    found = [one for one in _found(opened) if one[1].startswith(word) and one[0] != "words_missing"]
    assert found[0] == ("event_inserted", f"{word} 4")


@TABLES
def test_two_in_each_others_place(opened: Session, table: str, place: int, word: str) -> None:
    def attack(driver: Behind) -> None:
        for old, new in ((3, -1), (5, 3), (-1, 5)):
            driver.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (new, old))

    _attack(opened, attack)
    assert _found(opened)[0] == ("event_altered", f"{word} 3")
    assert ("event_altered", f"{word} 5") in _found(opened)


@TABLES
def test_the_tail_cut_off_with_its_head_rewritten(opened: Session, table: str, place: int, word: str) -> None:
    def attack(driver: Behind) -> None:
        _drop_words(driver, table, "> 4")
        driver.execute(f"DELETE FROM {table} WHERE id > 4")
        _rewrite(driver, table, place, 5)

    _attack(opened, attack)
    assert _found(opened)[0] == ("event_missing", f"{word} 5"), "by the last seal"


@TABLES
def test_the_tail_cut_off_and_all_seals_with_it(
    opened: Session, second: Path, table: str, place: int, word: str
) -> None:
    def attack(driver: Behind) -> None:
        _drop_words(driver, table, "> 4")
        driver.execute(f"DELETE FROM {table} WHERE id > 4")
        driver.execute("DELETE FROM seals")
        _rewrite(driver, table, place, 5)

    _attack(opened, attack)
    assert ("rolled_back", "seal 2") in _found(opened), "by the seal beside the key ring"
    (opened.folder / "last-seal.json").unlink()
    assert _found(opened) == [], "nothing in the data folder tells of it any more"
    assert _found(opened, against=True)[0] == ("event_missing", f"{word} 5"), "the second place does"


@TABLES
def test_everything_written_anew_from_one_entry_on(
    opened: Session, second: Path, table: str, place: int, word: str
) -> None:
    def attack(driver: Behind) -> None:
        driver.execute(f"UPDATE {table} SET canonical = replace(canonical, ?, '张三') WHERE id = 4", (FIRST,))
        if table == "access_log":
            driver.execute("UPDATE access_log SET by = '张三' WHERE id = 4")
        _rewrite(driver, table, place, 4)

    _attack(opened, attack)
    kinds = {kind for kind, _ in _found(opened)}
    assert kinds == {"history_differs"}, "by the seals"
    told = [one for one in _problems(opened, against=True) if "second.backup" in one.message]
    assert [(one.kind, one.where) for one in told] == [("history_differs", f"{word} 4")]
    assert f"录入人原为“{FIRST}”，现为“张三”" in told[0].message


def test_a_seal_written_anew_without_the_key(opened: Session) -> None:
    _attack(
        opened, lambda one: one.execute("UPDATE seals SET canonical = replace(canonical, '2026-', '2025-')")
    )
    assert _found(opened)[0] == ("seal_altered", "seal 1")


def test_a_forged_seal_beside_the_key_ring(opened: Session) -> None:
    path = opened.folder / "last-seal.json"
    told = json.loads(path.read_text())
    path.write_text(json.dumps({**told, "seal": told["seal"].replace("2026-", "2027-")}))
    assert _found(opened) == [("seal_altered", "last-seal.json")]
    path.unlink()
    gone = [] if opened.database.on_server else [("seal_altered", "last-seal.json")]
    assert _found(opened) == gone, "a seat that has just come to a server has none"


def test_the_whole_database_taken_back_to_an_earlier_copy(
    opened: Session, prepared: tuple[Path, bytes]
) -> None:
    access.record_view(opened, "2026-0001")
    coming_and_going.note_leaving(opened, "window")
    opened.close()
    put_database(prepared[0], opened.folder)
    again = office.enter_with_key(opened.folder, FIRST, prepared[1])
    found = _found(again)
    again.close()
    assert found[0] == ("rolled_back", "seal 3")
    assert ("event_missing", "access 7") in found


def test_the_whole_folder_taken_back_is_told_by_a_backup_elsewhere(
    opened: Session, prepared: tuple[Path, bytes], tmp_path: Path
) -> None:
    access.record_view(opened, "2026-0001")
    later = backups.back_up(opened, tmp_path / "later.backup").file
    opened.close()
    shutil.rmtree(opened.folder)
    copy_office(prepared[0], opened.folder)
    again = office.enter_with_key(opened.folder, FIRST, prepared[1])
    assert _found(again) == []
    copy = sealed_history.EarlierCopy(later, prepared[1])
    found = [(one.kind, one.where) for one in verify(again, against=copy).problems]
    again.close()
    assert found == [("event_missing", "event 8"), ("event_missing", "access 7")]


def test_protected_words_altered(opened: Session) -> None:
    _attack(
        opened,
        lambda one: one.execute(
            "UPDATE protected_words SET words = '别的' WHERE event_id = 3 AND key = 'text'"
        ),
    )
    problems = _problems(opened)
    assert (problems[0].kind, problems[0].where) == ("words_altered", "event 3")
    assert "“text”" in problems[0].message
    assert f"，{FIRST}，登记，2026-0002）" in problems[0].message, "day, user, step and case"


def test_a_clock_that_was_set_back_is_a_note_and_no_fault(
    opened: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop_app.services.session.OfficeClock.now", lambda _: "2026-01-02T08:00:00.000+08:00"
    )
    access.record_view(opened, "2026-0001")
    coming_and_going.note_leaving(opened, "window")
    found = _verified(opened)
    assert found.problems == ()
    # What a server with one account can't keep apart is a note of its own.
    notes = [(one.kind, one.where) for one in found.notes if one.where != "server"]
    assert notes == [("clock_went_back", "access 7")]

"""`liuyan restore`: its answers, its exit codes, and that nothing has changed where it refuses."""

from __future__ import annotations

from pathlib import Path

from desktop_app.paths import WINDOW_LOCK
from desktop_app.services import office
from tests.cli.offices import FIRST, PASSWORD, Office


def backed_up(there: Office) -> Path:
    there.message()
    file = Path(there.ok("backup")["file"])
    there.message()
    return file


def test_a_preview_and_a_restore(tongliao: Office) -> None:
    file = backed_up(tongliao)
    now = tongliao.verified()["events"]
    shown = tongliao.ok("restore", file, "--dry-run")
    assert set(shown) == {"file", "made", "cases", "events", "last_event", "problems", "replaces"}
    assert (shown["file"], shown["cases"], shown["problems"]) == (str(file), 1, [])
    assert set(shown["replaces"]) == {"cases", "events", "last_event"}
    assert (shown["replaces"]["cases"], shown["replaces"]["events"]) == (2, now)
    assert "不会删除" in tongliao.call("restore", file, "--dry-run", json_wanted=False).out
    assert tongliao.verified()["events"] == now

    done = tongliao.ok("restore", file)
    assert {"restored", "kept", "cases", "events"} <= set(done)
    assert (done["restored"], done["cases"], done["events"]) == (str(file), 1, shown["events"] + 1)
    assert tongliao.verified()["events"] == done["events"]
    kept = Office(Path(done["kept"]), tongliao.regulation, tongliao.cli, tongliao.password)
    assert kept.verified()["events"] == now
    assert "原样放在" in tongliao.call("restore", file, json_wanted=False).out


def test_to_a_new_machine(tongliao: Office, tmp_path: Path) -> None:
    file = backed_up(tongliao)
    new = Office(tmp_path / "new", tongliao.regulation, tongliao.cli, tongliao.password)
    assert new.ok("restore", file, "--dry-run")["replaces"] is None
    assert not new.folder.exists()
    assert new.ok("restore", file)["kept"] is None
    assert new.verified()["cases"] == 1
    assert new.ok("list", user="周经办")["total"] == 1


def test_over_a_damaged_office(tongliao: Office) -> None:
    file = backed_up(tongliao)
    (tongliao.folder / "office.db").write_bytes(b"rubbish" * 1000)
    assert tongliao.call("list").code == 3
    replaced = tongliao.ok("restore", file, "--dry-run")["replaces"]
    assert replaced == {"cases": None, "events": None, "last_event": None}
    assert "打不开" in tongliao.call("restore", file, "--dry-run", json_wanted=False).out
    assert tongliao.ok("restore", file)["kept"]
    assert tongliao.verified()["cases"] == 1


def test_what_is_wrong_changes_nothing(tongliao: Office, tmp_path: Path) -> None:
    file = backed_up(tongliao)
    wrong = tmp_path / "wrong"
    wrong.write_text("bu-shi-zhe-ge-mi-ma", encoding="utf-8")
    stranger = Office(tongliao.folder, tongliao.regulation, tongliao.cli, wrong)
    spoiled = tmp_path / "spoiled.backup"
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    spoiled.write_bytes(content)
    for more in ((), ("--dry-run",)):
        answer = stranger.call("restore", file, *more)
        assert (answer.code, answer.error["code"]) == (3, "wrong_password")
        answer = tongliao.call("restore", spoiled, *more)
        assert (answer.code, answer.error["code"]) == (3, "damaged")
        answer = tongliao.call("restore", tmp_path / "none", *more)
        assert (answer.code, answer.error["code"]) == (2, "bad_data")
        assert tongliao.refused("restore", file, *more, user="钱领导")[0] == "not_allowed_for_role"
    assert tongliao.call("restore").code == 2
    assert tongliao.ok("list")["total"] == 2
    assert not list(tongliao.folder.glob("before-restore-*"))


def test_not_under_an_open_window_or_another_command(tongliao: Office) -> None:
    from filelock import FileLock

    file = backed_up(tongliao)
    with FileLock(tongliao.folder / WINDOW_LOCK):
        answer = tongliao.call("restore", file)
        assert (answer.code, answer.error["code"]) == (3, "locked")
        tongliao.ok("restore", file, "--dry-run")
    session = office.enter(tongliao.folder, FIRST, PASSWORD)
    assert tongliao.call("restore", file).error["code"] == "locked"
    session.close()
    tongliao.ok("restore", file)


# ------------------------------------------------------------------ recover


def test_what_a_damaged_office_holds_comes_into_a_new_one(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.replied()
    content = bytearray((tongliao.folder / "office.db").read_bytes())
    content[5000] ^= 1
    content[200] ^= 1
    (tongliao.folder / "office.db").write_bytes(content)
    assert tongliao.call("list").code == 3
    done = tongliao.ok("recover", "-o", tmp_path / "new")
    assert set(done) == {"recovered", "lost", "data"}
    assert set(done["recovered"]) == {"cases", "events", "attachments"}
    assert all(set(one) == {"kind", "where", "message"} for one in done["lost"])
    assert done["recovered"]["cases"] == 1 and "2 页损坏" in done["lost"][0]["message"]
    new = Office(tmp_path / "new", tongliao.regulation, tongliao.cli, tongliao.password)
    assert new.verified()["events"] == done["recovered"]["events"]
    assert new.show(number)["status"] == "待审核"
    assert bytes(content) == (tongliao.folder / "office.db").read_bytes()
    again = tongliao.call("recover", "-o", tmp_path / "third", json_wanted=False)
    assert "没有改动" in again.out and "没有救出" in again.out


def test_recover_refuses(tongliao: Office, tmp_path: Path) -> None:
    assert tongliao.refused("recover", "-o", tongliao.folder)[0] == "office_exists"
    assert tongliao.call("recover").code == 2
    nobody = Office(tmp_path / "none", tongliao.regulation, tongliao.cli, tongliao.password)
    answer = nobody.call("recover", "-o", tmp_path / "new")
    assert (answer.code, answer.error["code"]) == (3, "no_office")
    assert not (tmp_path / "none").exists() and not (tmp_path / "new").exists()

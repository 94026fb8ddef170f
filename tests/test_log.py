"""The diary and bug reports: enough to mend the program, nothing of a case."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import log

SECRET = "家住某小区的李女士"


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    yield
    log.set_up(None)


def broken(text: str) -> ValueError:
    try:
        int(text)
    except ValueError as error:
        return error
    raise AssertionError("not reached")


def test_what_the_program_does_is_written_to_the_data_folder(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    logging.getLogger("desktop_app.services.cases").info("case %s dispatched", "2026-0312")
    written = (tmp_path / "logs" / "liuyan.log").read_text("utf-8")
    assert written.rstrip().endswith("case 2026-0312 dispatched")


def test_a_logged_exception_says_where_but_not_what_it_quotes(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    logging.getLogger("desktop_app.gui").error("page failed", exc_info=broken(SECRET))
    written = (tmp_path / "logs" / "liuyan.log").read_text("utf-8")
    assert "in broken" in written
    assert "ValueError" in written
    assert SECRET not in written


def test_libraries_do_not_write_to_the_log(tmp_path: Path) -> None:
    log.set_up(tmp_path, logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").error(SECRET)
    assert (tmp_path / "logs" / "liuyan.log").read_text("utf-8") == ""


def test_times_are_noted_only_where_that_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(folder: str) -> str:
        log.set_up(tmp_path / folder)
        logging.getLogger("desktop_app.gui.operations").debug("rows: 3.0 ms")
        log.set_up(None)
        file = tmp_path / folder / "logs" / "liuyan.log"
        return file.read_text("utf-8") if file.exists() else ""

    monkeypatch.delenv(log.TIMES, raising=False)
    assert "rows" not in written("usually")
    monkeypatch.setenv(log.TIMES, "times")
    assert "rows: 3.0 ms" in written("wanted")


def test_setting_up_twice_writes_each_line_once(tmp_path: Path) -> None:
    log.set_up(tmp_path)
    log.set_up(tmp_path)
    logging.getLogger("desktop_app").info("started")
    assert (tmp_path / "logs" / "liuyan.log").read_text("utf-8").count("started") == 1


def test_a_folder_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    log.set_up(blocked)
    logging.getLogger("desktop_app").info("started")
    assert blocked.read_text("utf-8") == ""


def test_the_log_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_SIZE", 1_000)
    log.set_up(tmp_path)
    for number in range(200):
        logging.getLogger("desktop_app").info("case 2026-%04d received", number)
    files = sorted(file.name for file in (tmp_path / "logs").iterdir())
    assert files == ["liuyan.log", "liuyan.log.1", "liuyan.log.2", "liuyan.log.3"]
    assert all(file.stat().st_size <= 1_000 for file in (tmp_path / "logs").iterdir())


def test_a_bug_report_tells_version_place_and_kind_and_no_case_text(tmp_path: Path) -> None:
    try:
        raise RuntimeError(SECRET) from broken(SECRET)
    except RuntimeError as error:
        report = log.report_bug(error, tmp_path)
    text = report.read_text("utf-8")
    assert report.parent == tmp_path / "bug-reports"
    assert "Python：3." in text
    assert text.index("ValueError") < text.index("RuntimeError")
    assert SECRET not in text


def test_a_bug_report_quotes_what_speaks_of_code_only(tmp_path: Path) -> None:
    text = log.report_bug(AttributeError("'NoneType' object has no attribute 'due'"), tmp_path).read_text(
        "utf-8"
    )
    assert "no attribute 'due'" in text


def test_a_bug_report_is_saved_even_where_the_data_folder_is_gone(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    report = log.report_bug(KeyError(SECRET), blocked)
    try:
        assert "KeyError" in report.read_text("utf-8")
    finally:
        report.unlink()


def test_a_library_that_switched_the_log_off_does_not_silence_it(tmp_path: Path) -> None:
    for name in ("desktop_app", "desktop_app.gui.operations"):
        logging.getLogger(name).disabled = True
    log.set_up(tmp_path)
    logging.getLogger("desktop_app").info("started")
    logging.getLogger("desktop_app.gui.operations").info("asked")
    written = (tmp_path / "logs" / "liuyan.log").read_text("utf-8")
    assert "started" in written and "asked" in written

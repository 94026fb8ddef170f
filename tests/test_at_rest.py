"""No word of a case lies on the disk in clear: not in the data folder, its backups, the second place, nor anywhere else
that the program writes to; before, during and after its work, and after it was killed.

The one place where papers stand in clear while a suite turns them into pages is `temporary/`: this user's alone, and
empty again at the next start.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app.documents.office_suite import can_make_pdf
from desktop_app.private_folder import TEMPORARY_FOLDER
from tests.words_at_rest import LATIN, WORDS, found_below

unix = pytest.mark.skipif(sys.platform == "win32", reason="kills the Unix way")
with_libreoffice = pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")


@dataclass
class Machine:
    """All places that a program of ours may write to, in one folder: home, settings, caches, temporary files, data."""

    place: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.place / "data"

    def environment(self, path: str = "") -> dict[str, str]:
        homes = {
            name: str(self.place / name.lower())
            for name in (
                "HOME",
                "TMPDIR",
                "XDG_CONFIG_HOME",
                "XDG_CACHE_HOME",
                "XDG_DATA_HOME",
                "XDG_STATE_HOME",
            )
        }
        for folder in homes.values():
            Path(folder).mkdir(parents=True, exist_ok=True)
        return {**os.environ, **homes, "PATH": f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]}

    def start(self, stage: str, path: str = "") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.at_rest_stages", stage, str(self.data)],
            env=self.environment(path),
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        """Nothing runs on after a test, however it ended."""
        for process in self.started:
            process.kill()
            process.communicate()

    def found(self) -> list[str]:
        return found_below(self.place)


def reads(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline().strip() == word


def go_on(process: subprocess.Popen[str], word: str = "") -> None:
    """Let it go on, to the end or to the next word."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    if word:
        reads(process, word)


def ends(process: subprocess.Popen[str]) -> None:
    """Let it come to its end, which must be a good one."""
    process.communicate("\n")
    assert process.returncode == 0


def kill(process: subprocess.Popen[str]) -> None:
    """As by the system: at once, with no last word."""
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine with an office, its words in every field; killed in the middle of a large transaction."""
    machine = Machine(tmp_path_factory.mktemp("at-rest") / "machine")
    process = machine.start("fill")
    try:
        reads(process, "ready")
        assert (machine.data / "office.db-wal").stat().st_size > 10_000_000, "nothing of it is on the disk"
        assert machine.found() == []
        kill(process)
    finally:
        machine.end()
    return machine.place


@pytest.fixture
def machine(filled: Path, tmp_path: Path) -> Iterator[Machine]:
    shutil.copytree(filled, tmp_path / "machine")
    made = Machine(tmp_path / "machine")
    yield made
    made.end()


def test_the_search_finds_what_lies_open(tmp_path: Path) -> None:
    from openpyxl import Workbook

    (tmp_path / "plain").write_text(WORDS, encoding="utf-16-le")
    (tmp_path / f"a{LATIN}").touch()
    book = Workbook()
    book.active.append([WORDS])
    book.save(tmp_path / "packed")
    assert len(found_below(tmp_path)) == 3


@unix
def test_nothing_shows_after_a_kill_nor_after_the_next_day_of_work(machine: Machine) -> None:
    assert machine.found() == []
    assert list((machine.data / "backups").iterdir()) and list((machine.place / "stick").iterdir())
    assert list((machine.data / "attachments").iterdir()) and list((machine.data / "bug-reports").iterdir())
    process = machine.start("work_on")
    reads(process, "done")
    assert machine.found() == []
    ends(process)


@unix
def test_nothing_shows_of_an_import_under_way(machine: Machine) -> None:
    process = machine.start("bring_in_many")
    reads(process, "ready")
    assert machine.found() == []
    go_on(process, "ready")
    kill(process)
    assert machine.found() == []


@unix
def test_a_paper_on_its_way_to_the_suite_is_nobody_else_s_and_gone_at_the_next_start(
    machine: Machine, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    suite = tmp_path / "bin" / "soffice"
    suite.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\nexec sleep 1000\n")
    suite.chmod(0o755)
    process = machine.start("convert", str(tmp_path / "bin"))
    while not (tmp_path / "asked").exists():
        assert process.poll() is None
    private = machine.data / TEMPORARY_FOLDER
    found = machine.found()
    assert found and all(path.startswith(f"{private}/") for path in found)
    assert all(one.stat().st_mode & 0o077 == 0 for one in private.iterdir())
    kill(process)
    process = machine.start("work_on")
    reads(process, "done")
    assert machine.found() == [] and list(private.iterdir()) == []
    ends(process)


@unix
@with_libreoffice
def test_the_real_suite_keeps_no_word_of_a_paper_it_has_made(machine: Machine) -> None:
    process = machine.start("preview")
    reads(process, "ready")
    assert (machine.data / TEMPORARY_FOLDER).glob("*/profile/user/registrymodifications.xcu")
    assert machine.found() == []
    go_on(process, "done")
    assert list((machine.data / TEMPORARY_FOLDER).iterdir()) == []
    assert machine.found() == []
    ends(process)


@unix
@pytest.mark.parametrize("killed", [True, False])
def test_the_window_leaves_no_word_typed_shown_or_searched_for(machine: Machine, killed: bool) -> None:
    process = machine.start("window")
    reads(process, "ready")
    assert machine.found() == []
    if killed:
        kill(process)
    else:
        go_on(process, "done")
        ends(process)
    assert machine.found() == []
